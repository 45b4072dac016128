"""The reminders that were written for a round, and what became of each."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.associations.models import Association, AssociationContact
from outreach.associations.queries.conditions import staffed_by
from outreach.connections.reminder_models import Reminder
from outreach.connections.reminder_rules import Delivery, NotOwed, ReminderKind
from outreach.mail.models import MessageState, OutboxMessage


@dataclass(frozen=True, slots=True)
class WrittenReminder:
    """One reminder and what became of it; `not_before` is when it is tried next, if it waits."""

    id: int
    association_id: int
    association: str
    name: str
    recipient: str
    kind: ReminderKind
    state: MessageState
    created_at: datetime
    sent_at: datetime | None
    attempts: int
    not_before: datetime
    last_error: str | None
    withdrawn_for: NotOwed | None
    bounced_at: datetime | None

    @property
    def delivery(self) -> Delivery:
        """How it went."""
        return _delivery(
            self.state,
            was_tried=self.attempts > 0,
            is_withdrawn=self.withdrawn_for is not None,
            has_bounced=self.bounced_at is not None,
        )


def written_reminders(session: Session, round_id: int, *, reach: Reach) -> list[WrittenReminder]:
    """All reminders of a round within reach: those to do something about first, then the newest."""
    rows = session.execute(
        select(
            Reminder.id,
            Reminder.association_id,
            Association.name.label("association"),
            AssociationContact.name,
            OutboxMessage.recipient,
            Reminder.kind,
            OutboxMessage.state,
            OutboxMessage.created_at,
            OutboxMessage.sent_at,
            OutboxMessage.attempts,
            OutboxMessage.not_before,
            OutboxMessage.last_error,
            OutboxMessage.withdrawn_for,
            Reminder.bounced_at,
        )
        .join(Association, Association.id == Reminder.association_id)
        .join(AssociationContact, AssociationContact.id == Reminder.contact_id)
        .join(OutboxMessage, OutboxMessage.id == Reminder.message_id)
        .where(Reminder.round_id == round_id, staffed_by(reach))
        .order_by(Reminder.id.desc())
    )
    found = [
        WrittenReminder(**{**row, "withdrawn_for": why and NotOwed(why)})
        for row in rows.mappings()
        for why in [row["withdrawn_for"]]
    ]
    return sorted(found, key=lambda row: not row.delivery.is_trouble)


def deliveries(session: Session, round_id: int, *, reach: Reach) -> dict[Delivery, int]:
    """How many reminders of a round within reach went how; one statement."""
    what = (
        OutboxMessage.state,
        OutboxMessage.attempts > 0,
        OutboxMessage.withdrawn_for.is_not(None),
        Reminder.bounced_at.is_not(None),
    )
    rows = session.execute(
        select(*what, func.count())
        .select_from(Reminder)
        .join(Association, Association.id == Reminder.association_id)
        .join(OutboxMessage, OutboxMessage.id == Reminder.message_id)
        .where(Reminder.round_id == round_id, staffed_by(reach))
        .group_by(*what)
    )
    counted: Counter[Delivery] = Counter()
    for state, tried, withdrawn, bounced, number in rows:
        how = _delivery(state, was_tried=tried, is_withdrawn=withdrawn, has_bounced=bounced)
        counted[how] += number
    return {how: counted[how] for how in Delivery if counted[how]}


def _delivery(
    state: MessageState, *, was_tried: bool, is_withdrawn: bool, has_bounced: bool
) -> Delivery:
    if is_withdrawn:
        return Delivery.WITHDRAWN
    if has_bounced:
        return Delivery.CAME_BACK
    if state is MessageState.SENT:
        return Delivery.SENT
    if state is MessageState.FAILED:
        return Delivery.NOT_DELIVERED
    return Delivery.TRIED_AGAIN if was_tried and state is MessageState.QUEUED else Delivery.WAITING
