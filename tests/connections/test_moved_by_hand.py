"""A village whose service was ended at one association and begun at another the same day."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach, RoleName
from outreach.associations.models import Association, ServedVillage
from outreach.connections.models import ReportVersion
from outreach.connections.queries.review import (
    QueueFilter,
    comparison,
    version_head,
    waiting,
)
from outreach.connections.rules import CountFigures, ReportState
from outreach.places.models import Village
from outreach.web.paging import Paging
from tests import factories
from tests.connections.making import Counts, approved, report, version
from tests.connections.pages import words
from tests.signing_in import sign_in

EARLIER, MOVED = date(2025, 10, 1), date(2026, 3, 1)
STAFF = Reach(1, frozenset({RoleName.REGIONAL_STAFF}), counties=frozenset({"10"}))


@pytest.fixture
def village(session: Session) -> Village:
    return factories.village(session, "Åby", dwellings=100)


@pytest.fixture
def taker(session: Session, village: Village) -> Association:
    """It serves Åby from the day on which another association's service, reported once, ended."""
    giver = factories.association(session, "Gamla Fibern", serving=[village])
    before = factories.reporting_round(session, EARLIER)
    approved(session, giver, before, counts=[(village, Counts(100, 80, 40, 30))])
    giver.served[0].valid_to = MOVED
    made = factories.association(session, "Nya Fibern", serving=[village])
    made.served[0].valid_from = MOVED
    session.flush()
    return made


def _submitted(session: Session, of: Association, village: Village) -> ReportVersion:
    return version(
        session,
        report(session, of, factories.reporting_round(session)),
        counts=[(village, Counts(100, 80, 52, 30))],
        state=ReportState.SUBMITTED,
    )


def _before(session: Session, made: ReportVersion) -> tuple[CountFigures | None, date | None]:
    head = version_head(session, made.id, reach=STAFF)
    assert head is not None
    (row,) = comparison(session, head)
    return row.before, row.before_date


def test_the_reviewer_sees_it_beside_what_the_other_last_said(
    session: Session, village: Village, taker: Association
) -> None:
    made = _submitted(session, taker, village)
    assert _before(session, made) == (CountFigures(100, 80, 40, 30), EARLIER)
    (row,) = waiting(session, QueueFilter(), reach=STAFF, paging=Paging(1, 1))
    assert (row.connected, row.connected_before) == (52, 40)


def test_the_form_is_filled_in_with_what_the_other_last_said(
    session: Session, client: FlaskClient, taker: Association
) -> None:
    factories.reporting_round(session)
    sign_in(
        client, factories.user(session, RoleName.ASSOCIATION_REPORTER, associations=(taker.id,))
    )
    page = words(client.get(f"/reports/{taker.id}/2026-10-01"))
    assert "Oförändrat sedan 1 oktober 2025" in page
    assert "senast 40" in page


def test_its_own_count_counts_before_anothers(
    session: Session, village: Village, taker: Association
) -> None:
    between = factories.reporting_round(session, date(2026, 4, 1))
    approved(session, taker, between, counts=[(village, Counts(100, 80, 45, 30))])
    made = _submitted(session, taker, village)
    assert _before(session, made) == (CountFigures(100, 80, 45, 30), date(2026, 4, 1))


def test_two_that_left_the_same_day_are_put_together(
    session: Session, village: Village, taker: Association
) -> None:
    second = factories.association(session, "Andra Fibern", serving=[village])
    second.served[0].valid_to = MOVED
    april = factories.reporting_round(session, date(2025, 4, 1))
    approved(session, second, april, counts=[(village, Counts(100, 15, 10, 5))])
    made = _submitted(session, taker, village)
    assert _before(session, made) == (CountFigures(100, 95, 50, 35), date(2025, 4, 1))


def test_a_village_left_long_before_has_a_first_figure(
    session: Session, village: Village, taker: Association
) -> None:
    left = session.query(ServedVillage).filter(ServedVillage.valid_to == MOVED).one()
    left.valid_to = date(2026, 1, 1)
    session.flush()
    assert _before(session, _submitted(session, taker, village)) == (None, None)


def test_more_villages_that_moved_take_no_more_statements(
    session: Session,
    village: Village,
    taker: Association,
    statements: Callable[[Callable[[], object]], int],
) -> None:
    made = _submitted(session, taker, village)

    def read() -> None:
        waiting(session, QueueFilter(), reach=STAFF, paging=Paging(1, 50))

    read()
    few = statements(read)
    for number in range(8):
        place = factories.village(session, f"By {number}")
        giver = factories.association(session, f"Från {number}", serving=[place])
        giver.served[0].valid_to = MOVED
        to = factories.association(session, f"Till {number}", serving=[place])
        to.served[0].valid_from = MOVED
        version(
            session,
            report(session, to, made.report.round),
            counts=[(place, Counts(100, 10, 5, 1))],
            state=ReportState.SUBMITTED,
        )
    session.flush()
    assert statements(read) == few
