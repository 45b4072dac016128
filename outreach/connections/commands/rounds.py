"""Take a reporting round through its states: planned, open, closed, frozen."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.connections.commands.expecting import expect_served
from outreach.connections.commands.holding import held_round
from outreach.connections.commands.publish import rebuild
from outreach.connections.listeners import RoundFrozen
from outreach.connections.models import ReportingRound
from outreach.connections.round_states import OUTCOMES, RoundAction
from outreach.connections.rounds import RoundEntry
from outreach.connections.rules import RoundState
from outreach.database.audit import record
from outreach.rules import RuleBroken


def plan_round(session: Session, entry: RoundEntry, *, by: Reach, at: datetime) -> ReportingRound:
    """Add a round that nobody reports in before it is opened.

    Raises RuleBroken where there is a round for the date already.
    """
    taken = select(ReportingRound.id).where(ReportingRound.reference_date == entry.reference_date)
    if session.scalar(taken) is not None:
        raise RuleBroken("reference_date", "round_exists")
    made = ReportingRound(
        reference_date=entry.reference_date, due_date=entry.due_date, state=RoundState.PLANNED
    )
    session.add(made)
    session.flush()
    record(
        session,
        "planned",
        of=("reporting_round", made.id),
        user_id=by.user_id,
        at=at,
        after={
            "reference_date": entry.reference_date.isoformat(),
            "due_date": entry.due_date.isoformat(),
        },
    )
    return made


def open_round(
    session: Session, round_id: int, *, by: Reach, at: datetime, carry_forward_months: int
) -> None:
    """Let associations report: each village served on the date is expected from now on.

    What is known is carried forward to the date at once. Raises RoundActionRefused.
    """
    found = held_round(session, round_id, RoundAction.OPEN, by=by)
    found.state, found.opened_at = RoundState.OPEN, at
    session.flush()
    expected = expect_served(session, found.id, at=at)
    _record_state(
        session, found, RoundAction.OPEN, by=by, at=at, before=RoundState.PLANNED, pairs=expected
    )
    rebuild(session, since=found.reference_date, carry_forward_months=carry_forward_months, at=at)


def close_round(session: Session, round_id: int, *, by: Reach, at: datetime) -> None:
    """Take no more reports, but for lock exceptions. Raises RoundActionRefused."""
    found = held_round(session, round_id, RoundAction.CLOSE, by=by)
    found.state, found.closed_at = RoundState.CLOSED, at
    _record_state(session, found, RoundAction.CLOSE, by=by, at=at, before=RoundState.OPEN)


def reopen_round(session: Session, round_id: int, *, by: Reach, at: datetime) -> None:
    """Undo the closing. Raises RoundActionRefused."""
    found = held_round(session, round_id, RoundAction.REOPEN, by=by)
    found.state, found.closed_at = RoundState.OPEN, None
    _record_state(session, found, RoundAction.REOPEN, by=by, at=at, before=RoundState.CLOSED)


def freeze_round(session: Session, round_id: int, *, by: Reach, at: datetime) -> RoundFrozen:
    """Make a closed round a record, for good; the caller tells the listeners of what it gives.

    Raises RoundActionRefused.
    """
    found = held_round(session, round_id, RoundAction.FREEZE, by=by)
    found.state, found.frozen_at = RoundState.FROZEN, at
    _record_state(session, found, RoundAction.FREEZE, by=by, at=at, before=RoundState.CLOSED)
    return RoundFrozen(found.id, found.reference_date, by.user_id, at)


def discard_round(session: Session, round_id: int, *, by: Reach, at: datetime) -> None:
    """Remove a round that was only planned. Raises RoundActionRefused."""
    found = held_round(session, round_id, RoundAction.DISCARD, by=by)
    session.delete(found)
    session.flush()
    record(
        session,
        "discard",
        of=("reporting_round", round_id),
        user_id=by.user_id,
        at=at,
        before={
            "reference_date": found.reference_date.isoformat(),
            "due_date": found.due_date.isoformat(),
        },
    )


def move_due_date(
    session: Session, round_id: int, *, due_date: date, by: Reach, at: datetime
) -> None:
    """Set another last day to report. Raises RoundActionRefused, or RuleBroken for the day."""
    found = held_round(session, round_id, RoundAction.MOVE_DUE_DATE, by=by)
    entry = RoundEntry(found.reference_date, due_date)
    before, found.due_date = found.due_date, entry.due_date
    session.flush()
    record(
        session,
        "move_due_date",
        of=("reporting_round", round_id),
        user_id=by.user_id,
        at=at,
        before={"due_date": before.isoformat()},
        after={"due_date": entry.due_date.isoformat()},
    )


def _record_state(
    session: Session,
    found: ReportingRound,
    action: RoundAction,
    *,
    by: Reach,
    at: datetime,
    before: RoundState,
    pairs: int | None = None,
) -> None:
    """Flush and note the change of state, with the number of pairs expected where some were."""
    session.flush()
    after = OUTCOMES[before, action]
    record(
        session,
        action.value,
        of=("reporting_round", found.id),
        user_id=by.user_id,
        at=at,
        before={"state": before.value},
        after={"state": str(after)} | ({} if pairs is None else {"expected": pairs}),
    )
