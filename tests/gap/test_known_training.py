"""Training reach and digital maturity as they were known on an earlier day, for the staff."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from outreach.connections.models import VillageStatus
from outreach.maturity.models import SurveyRound
from outreach.measures.digcomp import DigCompArea
from outreach.training.commands.sessions import cancel_session, change_session, log_session
from outreach.training.rules import AgeGroup, Counted, SessionState, Sex, Who
from tests import factories
from tests.gap.test_pages import page, words_of
from tests.gap.test_reach import region
from tests.gap.test_skills import region as surveyed_region
from tests.gap.test_why import table
from tests.signing_in import sign_in
from tests.training.held import LAST_YEAR
from tests.training.logging import entry, logger_of

PUBLISHED = datetime(2025, 10, 15, tzinfo=UTC)
LOGGED = datetime(2025, 11, 15, tzinfo=UTC)
CORRECTED = datetime(2025, 12, 1, 23, 30, tzinfo=UTC)
"""Half past midnight on 2 December in Sweden."""
BEFORE, AFTER = "as_known_on=2025-12-01", "as_known_on=2025-12-02"


def published(session: Session) -> None:
    """What is published of connections was so before anything of these tests."""
    session.execute(update(VillageStatus).values(known_from=PUBLISHED))


@pytest.fixture
def staff(session: Session, client: FlaskClient) -> FlaskClient:
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    return client


@pytest.fixture
def corrected(session: Session) -> None:
    """Twelve learners in town, corrected to thirty in the village 11 km away; one called off."""
    villages, organisation = region(session), factories.organisation(session)
    by = replace(logger_of(session, organisation), at=LOGGED)

    def counted(people: int, age: AgeGroup) -> tuple[Counted, ...]:
        return (Counted(Who.LEARNERS, age, Sex.ALL, people),)

    first = entry(
        organisation.id,
        villages["Staden"].code,
        day=LAST_YEAR,
        head_count=12,
        topics=(DigCompArea.SAFETY,),
        counted=counted(12, AgeGroup.FROM_65),
    )
    second = replace(
        first,
        village_code=villages["Långt"].code,
        head_count=30,
        topics=(DigCompArea.CONTENT,),
        counted=counted(30, AgeGroup.FROM_80),
    )
    made = log_session(session, first, key=str(uuid4()), by=by)
    later = replace(by, at=CORRECTED)
    change_session(session, made.id, second, version=made.version, by=later)
    log_session(session, replace(first, head_count=40), key=str(uuid4()), by=later)
    published(session)


def areas(client: FlaskClient, query: str) -> dict[str, tuple[str, str, str]]:
    """Who is within reach, and what was held, in the countryside and in town."""
    rows = {row["code"]: row for row in table(client, f"/gap/reach/areas.csv?{query}")}
    return {
        code: (rows[code]["within"], rows[code]["sessions"], rows[code]["participants"])
        for code in ("pts_rural", "pts_urban")
    }


@pytest.mark.usefixtures("corrected")
def test_a_session_corrected_afterwards_shows_the_old_figure_for_the_old_day(
    staff: FlaskClient,
) -> None:
    assert areas(staff, BEFORE) == {
        "pts_rural": ("100", "0", ""),
        "pts_urban": ("4000", "1", "12"),
    }
    now = {"pts_rural": ("200", "1", "30"), "pts_urban": ("4000", "1", "40")}
    assert areas(staff, AFTER) == now
    assert areas(staff, "view=internal") == now
    text = words_of(page(staff, f"/gap/reach?{BEFORE}"))
    assert "Som det var känt 1 december 2025" in text
    assert "har 50,0 % av dem på landsbygden och 100,0 % av dem i tätorter haft" in text
    for query, within in ((BEFORE, "100"), (AFTER, "200")):
        (gap,) = table(staff, f"/gap/gaps.csv?measure=reach&{query}")
        assert (gap["rural_numerator"], gap["rural_denominator"]) == (within, "200")


@pytest.mark.usefixtures("corrected")
def test_topics_and_ages_are_those_that_were_known(staff: FlaskClient) -> None:
    def told(query: str) -> tuple[dict[str, str], dict[str, str]]:
        topics = table(staff, f"/gap/reach/topics.csv?{query}")
        ages = table(staff, f"/gap/reach/ages.csv?{query}")
        return (
            {row["digcomp_area"]: row["sessions"] for row in topics if row["sessions"] != "0"},
            {row["age"]: row["learners"] for row in ages if row["learners"] not in {"", "0"}},
        )

    assert told(BEFORE) == ({"safety": "1"}, {"65_79": "12"})
    assert told(AFTER) == ({"safety": "1", "content": "1"}, {"65_79": "12", "80_on": "30"})


def test_what_was_called_off_since_was_held_until_then(
    session: Session, staff: FlaskClient
) -> None:
    villages, organisation = region(session), factories.organisation(session)
    by = replace(logger_of(session, organisation), at=LOGGED)
    planned = entry(organisation.id, villages["Staden"].code, day=LAST_YEAR)
    held = log_session(session, planned, key=str(uuid4()), by=by)
    later = replace(by, at=CORRECTED)
    undone = replace(planned, state=SessionState.PLANNED, head_count=None)
    change_session(session, held.id, undone, version=1, by=later)
    cancel_session(session, held.id, version=2, by=later)
    published(session)
    assert areas(staff, BEFORE)["pts_urban"] == ("4000", "1", "7")
    assert areas(staff, AFTER)["pts_urban"][1] == "0"


def test_a_round_closed_since_is_not_known_yet(session: Session, staff: FlaskClient) -> None:
    surveyed_region(session)
    session.execute(update(SurveyRound).values(closed_at=CORRECTED))
    published(session)
    assert "44 av 80" in words_of(page(staff, f"/gap?measure=maturity&{AFTER}"))
    assert "44 av 80" not in words_of(page(staff, f"/gap?measure=maturity&{BEFORE}"))
    assert table(staff, f"/gap/maturity/sides.csv?{BEFORE}") == []
    known = table(staff, f"/gap/maturity/sides.csv?{AFTER}")
    assert known[0]["rural_answers"] == "80"
    assert "Som det var känt 2 december 2025" in words_of(page(staff, f"/gap/maturity?{AFTER}"))


@pytest.mark.parametrize("room", ["reach", "maturity"])
def test_nobody_else_is_shown_them(session: Session, client: FlaskClient, room: str) -> None:
    surveyed_region(session)
    published(session)
    name = "areas" if room == "reach" else "sides"
    for address in (f"/gap/{room}", f"/gap/{room}/{name}.csv"):
        assert client.get(f"{address}?{BEFORE}").status_code == 403
