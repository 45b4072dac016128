"""Reads of the outbox for those who keep the installation."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.mail.models import MessageState, OutboxMessage
from outreach.web.paging import Paging


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One line of the outbox."""

    id: int
    kind: str
    recipient: str
    subject: str
    state: MessageState
    attempts: int
    created_at: datetime
    not_before: datetime
    sent_at: datetime | None
    last_error: str | None
    withdrawn_for: str | None


@dataclass(frozen=True, slots=True)
class MessageText:
    """One message with its text, which is gone from secret ones that were sent."""

    id: int
    recipient: str
    subject: str
    state: MessageState
    body: str | None
    is_secret: bool
    created_at: datetime
    sent_at: datetime | None
    last_error: str | None
    withdrawn_for: str | None


_LINE = (
    OutboxMessage.id,
    OutboxMessage.kind,
    OutboxMessage.recipient,
    OutboxMessage.subject,
    OutboxMessage.state,
    OutboxMessage.attempts,
    OutboxMessage.created_at,
    OutboxMessage.not_before,
    OutboxMessage.sent_at,
    OutboxMessage.last_error,
    OutboxMessage.withdrawn_for,
)


def count(session: Session, *, state: MessageState | None) -> int:
    """How many messages there are, in all or in one state."""
    statement = select(func.count()).select_from(OutboxMessage)
    if state is not None:
        statement = statement.where(OutboxMessage.state == state)
    return session.scalar(statement) or 0


def messages(session: Session, *, state: MessageState | None, paging: Paging) -> list[MessageRow]:
    """One page of messages, the newest first."""
    where = [] if state is None else [OutboxMessage.state == state]
    rows = session.execute(
        select(*_LINE)
        .where(*where)
        .order_by(OutboxMessage.id.desc())
        .limit(paging.size)
        .offset(paging.offset)
    )
    return [MessageRow(**row) for row in rows.mappings()]


def message(session: Session, message_id: int) -> MessageText | None:
    """One message with its text."""
    row = (
        session.execute(
            select(
                OutboxMessage.id,
                OutboxMessage.recipient,
                OutboxMessage.subject,
                OutboxMessage.state,
                OutboxMessage.body,
                OutboxMessage.is_secret,
                OutboxMessage.created_at,
                OutboxMessage.sent_at,
                OutboxMessage.last_error,
                OutboxMessage.withdrawn_for,
            ).where(OutboxMessage.id == message_id)
        )
        .mappings()
        .one_or_none()
    )
    return None if row is None else MessageText(**row)
