"""Write reminders to the outbox, pause them, and note those that came back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from outreach.associations.models import Association
from outreach.connections.commands.links import Maker
from outreach.connections.queries.reminders import DueReminder
from outreach.connections.reminder_models import Reminder, ReminderPause
from outreach.database.audit import record
from outreach.mail.commands import enqueue
from outreach.mail.rules import TO_MANY, NewMessage
from outreach.mail.texts import MailText


class AlreadyWritten(Exception):
    """Another worker wrote this reminder at the same moment."""


@dataclass(frozen=True, slots=True)
class Paused:
    """What is paused: a round, or one association in it."""

    round_id: int
    association_id: int | None = None


def write_reminder(
    session: Session, round_id: int, due: DueReminder, *, text: MailText, now: datetime
) -> None:
    """Put one reminder in the outbox. Its text holds a secret link and is removed when sent.

    Raises AlreadyWritten, on which the caller rolls back the link's key as well.
    """
    message = NewMessage(
        kind=f"{TO_MANY}{due.kind}",
        recipient=due.email,
        subject=text.subject,
        body=text.body,
        is_secret=True,
        once_key=due.once_key(round_id),
    )
    queued = enqueue(session, message, now=now)
    if queued is None:
        raise AlreadyWritten(message.once_key)
    session.add(
        Reminder(
            round_id=round_id,
            association_id=due.association_id,
            contact_id=due.contact_id,
            kind=due.kind,
            message_id=queued.id,
        )
    )
    session.flush()


def pause(session: Session, what: Paused, *, by: Maker) -> None:
    """Write no more reminders; what waits in the outbox is withdrawn when its turn comes."""
    standing = select(ReminderPause.id).where(*_same(what), ReminderPause.ended_at.is_(None))
    if session.scalar(standing) is not None:
        return
    session.add(
        ReminderPause(
            round_id=what.round_id,
            association_id=what.association_id,
            paused_by_id=by.user_id,
            paused_at=by.at,
        )
    )
    _note(session, "reminders_paused", what, by=by)


def resume(session: Session, what: Paused, *, by: Maker) -> None:
    """Write reminders again, from the one that is due now."""
    session.execute(
        update(ReminderPause)
        .where(*_same(what), ReminderPause.ended_at.is_(None))
        .values(ended_at=by.at),
        execution_options={"synchronize_session": False},
    )
    _note(session, "reminders_resumed", what, by=by)


def note_bounce(session: Session, reminder_id: int, *, by: Maker) -> None:
    """Note that a message came back although the mail server had taken it."""
    session.execute(
        update(Reminder)
        .where(Reminder.id == reminder_id, Reminder.bounced_at.is_(None))
        .values(bounced_at=by.at),
        execution_options={"synchronize_session": False},
    )
    record(session, "bounced", of=("reminder", reminder_id), user_id=by.user_id, at=by.at)


def set_language(session: Session, association_id: int, locale: str, *, by: Maker) -> None:
    """Write to the association's contacts in this language from now on."""
    held = session.get_one(Association, association_id)
    before, held.locale = held.locale, locale
    session.flush()
    record(
        session,
        "changed",
        of=("association", association_id),
        user_id=by.user_id,
        at=by.at,
        before={"locale": before},
        after={"locale": locale},
    )


def _same(what: Paused) -> tuple[ColumnElement[bool], ...]:
    is_same: ColumnElement[bool] = (
        ReminderPause.association_id.is_(None)
        if what.association_id is None
        else ReminderPause.association_id == what.association_id
    )
    return ReminderPause.round_id == what.round_id, is_same


def _note(session: Session, action: str, what: Paused, *, by: Maker) -> None:
    record(
        session,
        action,
        of=("reporting_round", what.round_id),
        user_id=by.user_id,
        at=by.at,
        after={} if what.association_id is None else {"association": what.association_id},
    )
