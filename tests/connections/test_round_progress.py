"""How far a round has come: distinct expected pairs, received, on time and approved."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach, RoleName
from outreach.connections.models import ReportDraft, RoundRefusal
from outreach.connections.queries.progress import AssociationProgress, association_progress
from outreach.connections.rules import DwellingsSource, ReportState
from tests import factories
from tests.connections.making import HOLIDAY, Counts, expected, report, version
from tests.factories import NOW

EVERYTHING = Reach(roles=frozenset({RoleName.ADMINISTRATOR}))
FULL = Counts(100, 80, 60, 40)
LAST_MINUTE = datetime(2026, 12, 1, 22, 59, tzinfo=UTC)
MIDNIGHT = datetime(2026, 12, 1, 23, tzinfo=UTC)


class Scene:
    """An association with two villages in a round that is due on 1 December."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.villages = [factories.village(session, name) for name in ("Aby", "Bro")]
        self.association = factories.association(session, serving=self.villages)
        self.round = factories.reporting_round(session, due=date(2026, 12, 1))
        expected(session, self.association, self.round, *self.villages)

    def reported(
        self,
        *counts: Counts,
        state: ReportState = ReportState.SUBMITTED,
        number: int = 1,
        at: datetime = NOW,
    ) -> None:
        """A version with these counts for the first villages."""
        of = report(self.session, self.association, self.round)
        stated = list(zip(self.villages, counts, strict=False))
        version(self.session, of, counts=stated, state=state, number=number, at=at)

    @property
    def progress(self) -> AssociationProgress:
        """The association's row."""
        return association_progress(self.session, self.round.id, reach=EVERYTHING)[0]

    @property
    def counted(self) -> tuple[int, int, int, int]:
        """Expected, received, on time, approved."""
        row = self.progress
        return row.expected, row.received, row.on_time, row.approved


@pytest.fixture
def scene(session: Session) -> Scene:
    return Scene(session)


def test_before_any_report_two_are_expected_and_none_received(scene: Scene) -> None:
    assert scene.counted == (2, 0, 0, 0)
    assert scene.progress.municipality_codes == ("1080",)
    assert scene.progress.is_waited_for


def test_a_submitted_village_is_received_and_an_approved_one_is_approved_too(scene: Scene) -> None:
    scene.reported(FULL)
    assert scene.counted == (2, 1, 1, 0)
    scene.reported(FULL, FULL, state=ReportState.APPROVED, number=2)
    assert scene.counted == (2, 2, 2, 2)
    assert not scene.progress.is_waited_for


def test_two_versions_and_two_dwelling_types_are_one_pair(scene: Scene) -> None:
    scene.reported(FULL, state=ReportState.APPROVED)
    of = report(scene.session, scene.association, scene.round)
    village = scene.villages[0]
    both = [(village, FULL), (village, Counts(9, 8, 7, dwelling_type=HOLIDAY))]
    version(scene.session, of, counts=both, state=ReportState.SUBMITTED, number=2)
    assert scene.counted == (2, 1, 1, 1)


def test_what_is_reported_and_not_expected_does_not_raise_the_share(scene: Scene) -> None:
    extra = factories.village(scene.session, "Ceda")
    scene.villages.append(extra)
    scene.reported(FULL, FULL, FULL)
    assert scene.counted == (2, 2, 2, 0)


@pytest.mark.parametrize(
    ("counts", "received"),
    [
        (Counts(), 0),
        (Counts(100, source=DwellingsSource.REGISTER), 0),
        (Counts(100, source=DwellingsSource.REPORTER), 1),
        (Counts(connected=0), 1),
        (Counts(100, source=DwellingsSource.REGISTER, is_unchanged=True), 1),
    ],
    ids=["nothing", "only the register", "own dwellings", "a zero", "unchanged"],
)
def test_an_empty_row_is_no_report_and_unchanged_is_one(
    scene: Scene, counts: Counts, received: int
) -> None:
    scene.reported(counts)
    assert scene.progress.received == received


@pytest.mark.parametrize(("at", "on_time"), [(LAST_MINUTE, 1), (MIDNIGHT, 0)])
def test_the_last_day_ends_at_midnight_in_sweden(scene: Scene, at: datetime, on_time: int) -> None:
    scene.reported(FULL, at=at)
    assert scene.counted == (2, 1, on_time, 0)


def test_a_correction_after_the_last_day_does_not_make_the_report_late(scene: Scene) -> None:
    scene.reported(FULL, state=ReportState.SUPERSEDED)
    scene.reported(FULL, number=2, at=MIDNIGHT)
    assert scene.counted == (2, 1, 1, 0)
    assert scene.progress.latest_submitted_at == MIDNIGHT


def test_a_returned_report_is_not_received_and_waits_for_the_association(scene: Scene) -> None:
    scene.reported(FULL, FULL, state=ReportState.RETURNED)
    assert scene.counted == (2, 0, 0, 0)
    assert scene.progress.is_returned
    scene.reported(FULL, FULL, number=2, at=MIDNIGHT)
    assert scene.counted == (2, 2, 2, 0)
    assert not scene.progress.is_returned


def test_a_draft_and_a_refusal_are_seen_until_the_refusal_is_withdrawn(scene: Scene) -> None:
    user = factories.user(scene.session)
    scene.session.add(
        ReportDraft(
            user_id=user.id,
            association_id=scene.association.id,
            round_id=scene.round.id,
            base_number=0,
            typed="{}",
            saved_at=NOW,
        )
    )
    refusal = RoundRefusal(
        round_id=scene.round.id, association_id=scene.association.id, reason="no", noted_at=NOW
    )
    scene.session.add(refusal)
    scene.session.flush()
    row = scene.progress
    assert (row.has_draft, row.is_refused, row.is_waited_for) == (True, True, False)
    refusal.withdrawn_at = NOW
    scene.session.flush()
    assert not scene.progress.is_refused


def test_staff_see_the_associations_of_their_counties_only(scene: Scene) -> None:
    kronoberg = Reach(roles=frozenset({RoleName.REGIONAL_STAFF}), counties=frozenset({"07"}))
    assert association_progress(scene.session, scene.round.id, reach=kronoberg) == []


def test_the_statements_do_not_grow_with_the_associations(
    scene: Scene, statements: Callable[[Callable[[], object]], int]
) -> None:
    def read() -> list[AssociationProgress]:
        return association_progress(scene.session, scene.round.id, reach=EVERYTHING)

    for_one = statements(read)
    for number in range(8):
        other = factories.association(scene.session, f"Förening {number}", serving=scene.villages)
        expected(scene.session, other, scene.round, *scene.villages)
    assert statements(read) == for_one
    assert len(read()) == 9
