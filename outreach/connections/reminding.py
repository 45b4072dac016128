"""Write the reminders that are due: the worker's job, and the button of staff."""

from datetime import date, datetime

from flask import current_app
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach, RoleName
from outreach.connections.commands.links import LinkFor, Maker, give_key
from outreach.connections.commands.reminders import AlreadyWritten, write_reminder
from outreach.connections.mailing import personal_address
from outreach.connections.queries.owed import why_not_owed
from outreach.connections.queries.reminders import (
    DueReminder,
    RoundToRemind,
    due_reminders,
    rounds_to_remind,
)
from outreach.connections.reminder_rules import ReminderKind
from outreach.database import transaction
from outreach.mail.rules import NotAnAddress
from outreach.mail.texts import MailText, mail_text
from outreach.settings import settings_of

EVERYBODY = Reach(roles=frozenset({RoleName.ADMINISTRATOR}))


def remind_all(session: Session, *, now: datetime) -> int:
    """Write what is due in every open round; how many.

    May be run as often as one likes and by several workers at once: each reminder is a transaction
    of its own and its key is unique, so one that was written is never written again, and one that
    was not when a worker died is written by the next.
    """
    return sum(write_due(session, one, now=now) for one in rounds_to_remind(session))


def why_withdrawn(session: Session, message_id: int, now: datetime) -> str | None:
    """Why a reminder in the outbox is not to go out any more; asked just before it is sent."""
    return why_not_owed(session, message_id, reach=EVERYBODY, at=now)


def write_due(
    session: Session,
    in_round: RoundToRemind,
    *,
    now: datetime,
    by: Maker | None = None,
    reach: Reach = EVERYBODY,
    kind: ReminderKind | None = None,
) -> int:
    """Write what is due in one round; how many."""
    with transaction(session):
        due = due_reminders(session, in_round, reach=reach, at=now, kind=kind)
    return sum(_write(session, in_round, one, by=by or Maker(None, now)) for one in due)


def text_of(due: DueReminder, *, reference_date: date, due_date: date, link: str) -> MailText:
    """A reminder as its reader gets it, in the association's language."""
    return mail_text(
        "reminder",
        locale=due.locale,
        kind=due.kind.value,
        name=due.name,
        association=due.association,
        reference_date=reference_date,
        due_date=due_date,
        link=link,
        contact=settings_of(current_app).contact_email,
    )


def _write(session: Session, in_round: RoundToRemind, due: DueReminder, *, by: Maker) -> bool:
    wanted = LinkFor(
        round_id=in_round.id,
        due_date=in_round.schedule.due,
        association_id=due.association_id,
        contact_id=due.contact_id,
        contact_name=due.name,
    )
    try:
        with transaction(session):
            link = personal_address(give_key(session, wanted, by=by))
            text = text_of(
                due,
                reference_date=in_round.reference_date,
                due_date=in_round.schedule.due,
                link=link,
            )
            write_reminder(session, in_round.id, due, text=text, now=by.at)
    except (AlreadyWritten, NotAnAddress):
        return False
    return True
