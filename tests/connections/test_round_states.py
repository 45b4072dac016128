"""A round's states: each action in each state by each role, and what it leaves behind."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach, RoleName
from outreach.associations.rules import AssociationStatus
from outreach.connections.commands.expecting import Pair, add_pair, remove_pair
from outreach.connections.commands.lateness import (
    OfRound,
    allow_late,
    end_exception,
    note_no_answer,
    withdraw_no_answer,
)
from outreach.connections.commands.rounds import (
    close_round,
    discard_round,
    freeze_round,
    move_due_date,
    open_round,
    plan_round,
    reopen_round,
)
from outreach.connections.models import (
    ExpectedPair,
    LockException,
    ReportingRound,
    RoundRefusal,
    VillageStatus,
)
from outreach.connections.queries.window import reporting_window
from outreach.connections.round_states import (
    OUTCOMES,
    RoundAction,
    RoundActionRefused,
    checked_reason,
    may,
)
from outreach.connections.rounds import RoundEntry
from outreach.connections.rules import RoundState
from outreach.database.audit import AuditEvent
from outreach.days import end_of_day
from outreach.rules import RuleBroken
from tests import factories
from tests.factories import NOW, TODAY

STAFF = Reach(roles=frozenset({RoleName.REGIONAL_STAFF}), counties=frozenset({"10"}))
REPORTER = Reach(roles=frozenset({RoleName.ASSOCIATION_REPORTER}))
REASON = "The treasurer was ill"
PLANNED, OPEN, CLOSED, FROZEN = RoundState
TABLE = {
    RoundAction.OPEN: {PLANNED: OPEN},
    RoundAction.CLOSE: {OPEN: CLOSED},
    RoundAction.REOPEN: {CLOSED: OPEN},
    RoundAction.FREEZE: {CLOSED: FROZEN},
    RoundAction.DISCARD: {PLANNED: None},
    RoundAction.MOVE_DUE_DATE: {PLANNED: PLANNED, OPEN: OPEN},
    RoundAction.EXPECT: {OPEN: OPEN, CLOSED: CLOSED},
    RoundAction.ALLOW_LATE: {CLOSED: CLOSED, FROZEN: FROZEN},
    RoundAction.NOTE_NO_ANSWER: {OPEN: OPEN, CLOSED: CLOSED},
}


class Scene:
    """An association that serves one of two villages, and a round."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.villages = [factories.village(session, name) for name in ("Aby", "Bro")]
        self.association = factories.association(session, serving=self.villages[:1])
        self.round = factories.reporting_round(session)

    def put(self, state: RoundState) -> None:
        """The round as it is in this state."""
        is_done = state in {CLOSED, FROZEN}
        self.round.state = state
        self.round.closed_at = NOW if is_done else None
        self.round.frozen_at = NOW if state is FROZEN else None
        self.session.flush()

    @property
    def of(self) -> OfRound:
        """The association in the round."""
        return OfRound(self.round.id, self.association.id)

    def pair(self, which: int = 0) -> Pair:
        """The association and one of the villages."""
        return Pair(self.round.id, self.association.id, self.villages[which].id)

    def expected(self) -> set[tuple[int, int]]:
        """The pairs of the round."""
        rows = self.session.execute(select(ExpectedPair.association_id, ExpectedPair.village_id))
        return {(association, village) for association, village in rows}

    def actions(self) -> list[str]:
        """What the audit tells of the round, in order."""
        query = select(AuditEvent.action).where(AuditEvent.object_type == "reporting_round")
        return list(self.session.scalars(query.order_by(AuditEvent.id)))

    def do(self, action: RoundAction, by: Reach) -> object:
        """Do it."""
        session, key = self.session, self.round.id
        calls: dict[RoundAction, Callable[[], object]] = {
            RoundAction.OPEN: lambda: open_round(
                session, key, by=by, at=NOW, carry_forward_months=24
            ),
            RoundAction.CLOSE: lambda: close_round(session, key, by=by, at=NOW),
            RoundAction.REOPEN: lambda: reopen_round(session, key, by=by, at=NOW),
            RoundAction.FREEZE: lambda: freeze_round(session, key, by=by, at=NOW),
            RoundAction.DISCARD: lambda: discard_round(session, key, by=by, at=NOW),
            RoundAction.MOVE_DUE_DATE: lambda: move_due_date(
                session, key, due_date=date(2026, 12, 24), by=by, at=NOW
            ),
            RoundAction.EXPECT: lambda: add_pair(
                session, self.pair(1), reason=REASON, by=by, at=NOW
            ),
            RoundAction.ALLOW_LATE: lambda: allow_late(
                session, self.of, reason=REASON, until=TODAY, by=by, at=NOW
            ),
            RoundAction.NOTE_NO_ANSWER: lambda: note_no_answer(
                session, self.of, reason=REASON, by=by, at=NOW
            ),
        }
        return calls[action]()


@pytest.fixture
def scene(session: Session) -> Scene:
    return Scene(session)


@pytest.mark.parametrize("role", RoleName)
@pytest.mark.parametrize("state", RoundState)
@pytest.mark.parametrize("action", RoundAction)
def test_each_role_may_do_in_each_state_what_the_table_says(
    role: RoleName, state: RoundState, action: RoundAction
) -> None:
    keeps = role in {RoleName.ADMINISTRATOR, RoleName.REGIONAL_STAFF}
    assert may(state, action, roles={role}) == (keeps and state in TABLE[action])
    assert OUTCOMES.get((state, action)) == TABLE[action].get(state)


@pytest.mark.parametrize("state", RoundState)
@pytest.mark.parametrize("action", RoundAction)
def test_each_action_in_each_state_is_done_and_noted_or_changes_nothing(
    scene: Scene, state: RoundState, action: RoundAction
) -> None:
    scene.put(state)
    if state not in TABLE[action]:
        with pytest.raises(RoundActionRefused):
            scene.do(action, STAFF)
        assert (scene.round.state, scene.actions()) == (state, [])
        return
    scene.do(action, STAFF)
    left = scene.session.scalar(select(ReportingRound.state))
    assert left == TABLE[action][state]
    assert len(scene.actions()) == 1


@pytest.mark.parametrize("action", RoundAction)
def test_a_reporter_does_nothing_to_a_round(scene: Scene, action: RoundAction) -> None:
    scene.put(next(iter(TABLE[action])))
    with pytest.raises(RoundActionRefused):
        scene.do(action, REPORTER)


def test_a_planned_round_expects_and_publishes_nothing_until_it_is_opened(session: Session) -> None:
    village = factories.village(session)
    of = factories.association(session, serving=[village])
    entry = RoundEntry(date(2027, 4, 1), date(2027, 6, 1))
    made = plan_round(session, entry, by=STAFF, at=NOW)
    assert session.scalar(select(ExpectedPair.id)) is None
    open_round(session, made.id, by=STAFF, at=NOW, carry_forward_months=24)
    pairs = session.execute(select(ExpectedPair.association_id, ExpectedPair.village_id)).all()
    assert pairs == [(of.id, village.id)]
    assert session.scalars(select(VillageStatus.reference_date)).all() == [date(2027, 4, 1)]


def test_opening_expects_who_serves_on_the_date_and_still_exists(scene: Scene) -> None:
    session, village = scene.session, scene.villages[0]
    factories.association(session, "Senare", serving=[village], since=date(2026, 10, 2))
    merged = factories.association(session, "Gamla", serving=[village])
    merged.status = AssociationStatus.MERGED
    scene.put(PLANNED)
    scene.do(RoundAction.OPEN, STAFF)
    assert scene.expected() == {(scene.association.id, village.id)}


def test_a_pair_is_added_and_removed_once_each_with_its_reason(scene: Scene) -> None:
    session = scene.session
    assert add_pair(session, scene.pair(1), reason=REASON, by=STAFF, at=NOW)
    assert not add_pair(session, scene.pair(1), reason=REASON, by=STAFF, at=NOW)
    assert scene.expected() == {(scene.association.id, scene.villages[1].id)}
    assert remove_pair(session, scene.pair(1), reason="Sold in May", by=STAFF, at=NOW)
    assert not remove_pair(session, scene.pair(1), reason="Sold in May", by=STAFF, at=NOW)
    assert scene.expected() == set()
    assert scene.actions() == ["expected_pair_added", "expected_pair_removed"]
    last = session.scalars(select(AuditEvent.after).order_by(AuditEvent.id.desc())).first()
    assert last is not None
    assert "Sold in May" in last


def test_a_village_that_does_not_exist_is_not_expected(scene: Scene) -> None:
    unknown = Pair(scene.round.id, scene.association.id, 2_000_000)
    with pytest.raises(RuleBroken):
        add_pair(scene.session, unknown, reason=REASON, by=STAFF, at=NOW)


def test_a_new_exception_takes_the_place_of_the_one_in_force(scene: Scene) -> None:
    scene.put(CLOSED)
    scene.do(RoundAction.ALLOW_LATE, STAFF)
    later = TODAY + timedelta(days=3)
    allow_late(scene.session, scene.of, reason=REASON, until=later, by=STAFF, at=NOW)
    window = reporting_window(scene.session, scene.round.id, scene.association.id, at=NOW)
    assert window.until == end_of_day(later)
    assert end_exception(scene.session, scene.of, by=STAFF, at=NOW)
    assert not end_exception(scene.session, scene.of, by=STAFF, at=NOW)
    ended = scene.session.scalars(select(LockException.ended_at)).all()
    assert ended == [NOW, NOW]


@pytest.mark.parametrize(("days", "code"), [(-1, "until_has_passed"), (367, "until_too_late")])
def test_an_exception_ends_from_today_to_a_year_from_now(
    scene: Scene, days: int, code: str
) -> None:
    scene.put(CLOSED)
    until = TODAY + timedelta(days=days)
    with pytest.raises(RuleBroken) as broken:
        allow_late(scene.session, scene.of, reason=REASON, until=until, by=STAFF, at=NOW)
    assert (broken.value.field, broken.value.code) == ("until", code)


def test_who_will_not_answer_is_noted_once_and_can_be_withdrawn(scene: Scene) -> None:
    scene.do(RoundAction.NOTE_NO_ANSWER, STAFF)
    assert scene.do(RoundAction.NOTE_NO_ANSWER, STAFF) is False
    assert withdraw_no_answer(scene.session, scene.of, by=STAFF, at=NOW)
    assert not withdraw_no_answer(scene.session, scene.of, by=STAFF, at=NOW)
    assert scene.session.scalars(select(RoundRefusal.withdrawn_at)).all() == [NOW]
    assert scene.do(RoundAction.NOTE_NO_ANSWER, STAFF) is True


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" \n ", "reason_missing"),
        ("x" * 501, "text_too_long"),
        ("ring 19811218-9876", "personal_number"),
    ],
)
def test_a_reason_says_something_short_and_no_personal_number(text: str, code: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        checked_reason(text)
    assert broken.value.code == code


@pytest.mark.parametrize(
    ("due", "code"),
    [(date(2026, 9, 1), "due_before_reference"), (date.max, "due_too_late")],
)
def test_a_due_date_before_the_reference_date_or_years_after_it_is_refused(
    scene: Scene, due: date, code: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        move_due_date(scene.session, scene.round.id, due_date=due, by=STAFF, at=NOW)
    assert broken.value.code == code


def test_a_round_of_another_century_is_refused() -> None:
    with pytest.raises(RuleBroken) as broken:
        RoundEntry(date(9999, 10, 1), date(9999, 12, 1))
    assert broken.value.code == "date_too_late"
