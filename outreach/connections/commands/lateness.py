"""Let an association be late, or note that it was asked and will not answer."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.connections.commands.holding import held_round
from outreach.connections.models import LockException, RoundRefusal
from outreach.connections.round_states import RoundAction, checked_reason
from outreach.database.audit import Facts, record
from outreach.days import end_of_day, swedish_day
from outreach.rules import RuleBroken

LONGEST_DAYS = 366
"""An exception is for those who are late, and is not forgotten."""


@dataclass(frozen=True, slots=True)
class OfRound:
    """An association in a round; the caller has found it within the person's reach."""

    round_id: int
    association_id: int


def allow_late(
    session: Session, of: OfRound, *, reason: str, until: date, by: Reach, at: datetime
) -> LockException:
    """Let the association report in a closed or frozen round to the end of a day.

    Takes the place of an exception that is in force. Raises RoundActionRefused or RuleBroken.
    """
    because = checked_reason(reason)
    today = swedish_day(at)
    if until < today:
        raise RuleBroken("until", "until_has_passed")
    if until > today + timedelta(days=LONGEST_DAYS):
        raise RuleBroken("until", "until_too_late", facts={"days": LONGEST_DAYS})
    held_round(session, of.round_id, RoundAction.ALLOW_LATE, by=by)
    _end(session, of, at=at)
    made = LockException(
        round_id=of.round_id,
        association_id=of.association_id,
        reason=because,
        granted_by_id=by.user_id,
        granted_at=at,
        until=end_of_day(until),
    )
    session.add(made)
    session.flush()
    after = {"reason": because, "until": until.isoformat()}
    _record(session, "lock_exception_granted", of, by=by, at=at, after=after)
    return made


def end_exception(session: Session, of: OfRound, *, by: Reach, at: datetime) -> bool:
    """Let the association be late no more; False where it was not. Raises RoundActionRefused."""
    held_round(session, of.round_id, RoundAction.ALLOW_LATE, by=by)
    if not _end(session, of, at=at):
        return False
    _record(session, "lock_exception_ended", of, by=by, at=at)
    return True


def note_no_answer(session: Session, of: OfRound, *, reason: str, by: Reach, at: datetime) -> bool:
    """Note that the association was asked and will not answer; False where that is noted already.

    It may still report, and is reminded no more. Raises RoundActionRefused or RuleBroken.
    """
    because = checked_reason(reason)
    held_round(session, of.round_id, RoundAction.NOTE_NO_ANSWER, by=by)
    standing = select(RoundRefusal.id).where(
        RoundRefusal.round_id == of.round_id,
        RoundRefusal.association_id == of.association_id,
        RoundRefusal.withdrawn_at.is_(None),
    )
    if session.scalar(standing) is not None:
        return False
    session.add(
        RoundRefusal(
            round_id=of.round_id,
            association_id=of.association_id,
            reason=because,
            noted_by_id=by.user_id,
            noted_at=at,
        )
    )
    session.flush()
    _record(session, "no_answer_noted", of, by=by, at=at, after={"reason": because})
    return True


def withdraw_no_answer(session: Session, of: OfRound, *, by: Reach, at: datetime) -> bool:
    """Wait for the association's answer again; False where it was. Raises RoundActionRefused."""
    held_round(session, of.round_id, RoundAction.NOTE_NO_ANSWER, by=by)
    changed = session.scalars(
        update(RoundRefusal)
        .where(
            RoundRefusal.round_id == of.round_id,
            RoundRefusal.association_id == of.association_id,
            RoundRefusal.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=at)
        .returning(RoundRefusal.id),
        execution_options={"synchronize_session": False},
    ).all()
    if changed:
        _record(session, "no_answer_withdrawn", of, by=by, at=at)
    return bool(changed)


def _end(session: Session, of: OfRound, *, at: datetime) -> bool:
    """End what is in force; whether there was anything."""
    ended = session.scalars(
        update(LockException)
        .where(
            LockException.round_id == of.round_id,
            LockException.association_id == of.association_id,
            LockException.ended_at.is_(None),
            LockException.until > at,
        )
        .values(ended_at=at)
        .returning(LockException.id),
        execution_options={"synchronize_session": False},
    ).all()
    session.expire_all()
    return bool(ended)


def _record(
    session: Session,
    action: str,
    of: OfRound,
    *,
    by: Reach,
    at: datetime,
    after: Facts | None = None,
) -> None:
    record(
        session,
        action,
        of=("reporting_round", of.round_id),
        user_id=by.user_id,
        at=at,
        after={"association_id": of.association_id, **(after or {})},
    )
