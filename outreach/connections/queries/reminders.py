"""Whom a round's reminders go to now, and where they are paused."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.associations.models import Association
from outreach.connections.models import ReportingRound
from outreach.connections.queries.links import contact_links
from outreach.connections.queries.progress import (
    AssociationProgress,
    association_progress,
    newest_versions,
)
from outreach.connections.queries.recipients import one_of_each_address
from outreach.connections.reminder_models import Reminder, ReminderPause
from outreach.connections.reminder_rules import RETURNED_FOR, ReminderKind, Schedule
from outreach.connections.rules import ReportState, RoundState
from outreach.days import swedish_day
from outreach.mail.models import OutboxMessage


@dataclass(frozen=True, slots=True)
class RoundToRemind:
    """A round with the days that its reminders hang on; nobody is reminded unless it is open."""

    id: int
    reference_date: date
    schedule: Schedule
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class DueReminder:
    """One e-mail that one contact is to get now.

    `occasion` tells apart what may come more than once: the version that was returned.
    """

    kind: ReminderKind
    association_id: int
    association: str
    contact_id: int
    name: str
    email: str
    locale: str
    occasion: str = ""

    def once_key(self, round_id: int) -> str:
        """The key that keeps it from being written twice."""
        return f"reminder:{round_id}:{self.kind}:{self.contact_id}:{self.occasion}"


@dataclass(frozen=True, slots=True)
class _Written:
    once_key: str | None
    kind: ReminderKind
    on: date

    def covers(self, due: DueReminder, today: date) -> bool:
        """Whether the day's own has no place beside it: sent today, or of what comes after.

        Staff may have sent it by hand.
        """
        return self.on == today or self.kind.comes_after(due.kind)


@dataclass(frozen=True, slots=True)
class Pauses:
    """Whether the whole round is paused, and which of its associations are."""

    is_round: bool
    associations: frozenset[int]


def rounds_to_remind(session: Session) -> list[RoundToRemind]:
    """Every open round, by date."""
    return _rounds(session, ReportingRound.state == RoundState.OPEN)


def reminded_round(session: Session, round_id: int) -> RoundToRemind | None:
    """A round that is or was open."""
    found = _rounds(
        session, ReportingRound.id == round_id, ReportingRound.state != RoundState.PLANNED
    )
    return found[0] if found else None


def _rounds(session: Session, *which: ColumnElement[bool]) -> list[RoundToRemind]:
    rows = session.execute(
        select(
            ReportingRound.id,
            ReportingRound.reference_date,
            ReportingRound.due_date,
            ReportingRound.opened_at,
            ReportingRound.state,
        )
        .where(*which)
        .order_by(ReportingRound.reference_date)
    )
    return [
        RoundToRemind(
            row.id,
            row.reference_date,
            Schedule(
                swedish_day(row.opened_at) if row.opened_at else row.reference_date,
                row.due_date,
            ),
            row.state is RoundState.OPEN,
        )
        for row in rows
    ]


def due_reminders(
    session: Session,
    in_round: RoundToRemind,
    *,
    reach: Reach,
    at: datetime,
    kind: ReminderKind | None = None,
) -> list[DueReminder]:
    """What is to be written now and was not yet; eight statements, however many there are.

    Nobody who has reported, has said that they will not, or is paused. `kind` asks for another
    kind than the day's to those who have not reported.
    """
    today = swedish_day(at)
    pauses = pauses_of(session, in_round.id)
    if pauses.is_round or not in_round.is_open:
        return []
    waited_for = [
        row
        for row in association_progress(session, in_round.id, reach=reach)
        if row.is_waited_for and row.association_id not in pauses.associations
    ]
    due = _letters(session, in_round, waited_for, at=at, kind=kind)
    written = _written(session, in_round.id)
    keys = {one.once_key for each in written.values() for one in each}
    return [
        one
        for one in due
        if one.once_key(in_round.id) not in keys
        and (kind or not any(other.covers(one, today) for other in written[one.contact_id]))
    ]


def _letters(
    session: Session,
    in_round: RoundToRemind,
    waited_for: Sequence[AssociationProgress],
    *,
    at: datetime,
    kind: ReminderKind | None,
) -> list[DueReminder]:
    """What the associations' contacts are to be written, whether it was written before or not."""
    today = swedish_day(at)
    ids = [row.association_id for row in waited_for]
    returned = _returned_since(session, in_round.id)
    contacts = contact_links(session, in_round.id, ids, on=today)
    locales = _locales(session, ids)
    found = []
    for row in waited_for:
        what, occasion = _due(row, returned, in_round.schedule, today=today, at=at, kind=kind)
        found += [
            DueReminder(
                kind=what,
                association_id=row.association_id,
                association=row.name,
                contact_id=contact.contact_id,
                name=contact.name,
                email=contact.email,
                locale=locales[row.association_id],
                occasion=occasion,
            )
            for contact in one_of_each_address(contacts.get(row.association_id, []))
            if what is not None and contact.email
        ]
    return found


def pauses_of(session: Session, round_id: int) -> Pauses:
    """Where the round's reminders are paused."""
    paused = session.scalars(
        select(ReminderPause.association_id).where(
            ReminderPause.round_id == round_id, ReminderPause.ended_at.is_(None)
        )
    ).all()
    return Pauses(None in paused, frozenset(key for key in paused if key is not None))


def _due(
    row: AssociationProgress,
    returned: dict[int, tuple[int, datetime]],
    schedule: Schedule,
    *,
    today: date,
    at: datetime,
    kind: ReminderKind | None,
) -> tuple[ReminderKind | None, str]:
    """What one association is written. A returned report has been told of when it was returned."""
    if not row.is_returned:
        return (kind or schedule.kind_on(today), "")
    version_id, since = returned[row.association_id]
    if at - since < RETURNED_FOR or kind not in {None, ReminderKind.RETURNED_WAITING}:
        return (None, "")
    return (ReminderKind.RETURNED_WAITING, str(version_id))


def _returned_since(session: Session, round_id: int) -> dict[int, tuple[int, datetime]]:
    newest = newest_versions(round_id).c
    rows = session.execute(
        select(newest.association_id, newest.id, newest.decided_at, newest.submitted_at).where(
            newest.state == ReportState.RETURNED
        )
    )
    return {row.association_id: (row.id, row.decided_at or row.submitted_at) for row in rows}


def _locales(session: Session, association_ids: list[int]) -> dict[int, str]:
    rows = session.execute(
        select(Association.id, Association.locale).where(Association.id.in_(association_ids))
    )
    return {row.id: row.locale for row in rows}


def _written(session: Session, round_id: int) -> Mapping[int, list[_Written]]:
    """The round's reminders that were not withdrawn, by contact."""
    rows = session.execute(
        select(Reminder.contact_id, OutboxMessage.once_key, Reminder.kind, OutboxMessage.created_at)
        .join(OutboxMessage, OutboxMessage.id == Reminder.message_id)
        .where(Reminder.round_id == round_id, OutboxMessage.once_key.is_not(None))
    )
    found: dict[int, list[_Written]] = defaultdict(list)
    for contact_id, key, kind, at in rows:
        found[contact_id].append(_Written(key, kind, swedish_day(at)))
    return found
