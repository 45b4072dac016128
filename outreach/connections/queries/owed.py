"""Whether a reminder that waits in the outbox is still owed to whom it is addressed to."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.associations.models import AssociationContact
from outreach.connections.models import ReportingRound
from outreach.connections.queries.links import in_force
from outreach.connections.queries.progress import association_progress
from outreach.connections.queries.reminders import pauses_of
from outreach.connections.reminder_models import Reminder
from outreach.connections.reminder_rules import NotOwed, ReminderKind, Schedule
from outreach.connections.rules import RoundState
from outreach.days import swedish_day
from outreach.mail.models import OutboxMessage


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A reminder as it was written, with what its round and its contact are now."""

    round_id: int
    association_id: int
    kind: ReminderKind
    recipient: str
    state: RoundState
    reference_date: date
    due_date: date
    opened_at: datetime | None
    email: str | None


def why_not_owed(
    session: Session, message_id: int, *, reach: Reach, at: datetime
) -> NotOwed | None:
    """Why a reminder must not go out any more; None if it is owed, or is no reminder.

    At most six statements, however many associations the round has.
    """
    today = swedish_day(at)
    waiting = _waiting(session, message_id, on=today)
    if waiting is None:
        return None
    if waiting.state is not RoundState.OPEN:
        return NotOwed.ROUND_OVER
    if waiting.email != waiting.recipient:
        return NotOwed.CONTACT_CHANGED
    pauses = pauses_of(session, waiting.round_id)
    if pauses.is_round or waiting.association_id in pauses.associations:
        return NotOwed.PAUSED
    return _why_not_waited_for(session, waiting, reach=reach) or _why_untrue(waiting, today)


def _waiting(session: Session, message_id: int, *, on: date) -> _Waiting | None:
    row = session.execute(
        select(
            Reminder.round_id,
            Reminder.association_id,
            Reminder.kind,
            OutboxMessage.recipient,
            ReportingRound.state,
            ReportingRound.reference_date,
            ReportingRound.due_date,
            ReportingRound.opened_at,
            AssociationContact.email,
        )
        .join(OutboxMessage, OutboxMessage.id == Reminder.message_id)
        .join(ReportingRound, ReportingRound.id == Reminder.round_id)
        .outerjoin(
            AssociationContact, and_(AssociationContact.id == Reminder.contact_id, in_force(on))
        )
        .where(Reminder.message_id == message_id)
    ).one_or_none()
    return _Waiting(*row) if row else None


def _why_not_waited_for(session: Session, waiting: _Waiting, *, reach: Reach) -> NotOwed | None:
    found = association_progress(
        session, waiting.round_id, reach=reach, association_id=waiting.association_id
    )
    if not found:
        return NotOwed.NOT_EXPECTED
    standing = found[0]
    if standing.is_refused:
        return NotOwed.DECLINED
    if not standing.is_waited_for:
        return NotOwed.REPORTED
    if standing.is_returned and waiting.kind is not ReminderKind.RETURNED_WAITING:
        return NotOwed.REPORTED
    if waiting.kind is ReminderKind.RETURNED_WAITING and not standing.is_returned:
        return NotOwed.REPORTED
    return None


def _why_untrue(waiting: _Waiting, today: date) -> NotOwed | None:
    """A message that a mail server kept waiting past the last day speaks of a day to come."""
    opened = swedish_day(waiting.opened_at) if waiting.opened_at else None
    schedule = Schedule(opened or waiting.reference_date, waiting.due_date)
    return None if waiting.kind in schedule.kinds_to_choose(today) else NotOwed.OUT_OF_DATE
