"""Messages waiting to be sent, and what became of them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import Base, UtcDateTime, text_enum


class MessageState(StrEnum):
    """Where a message stands. A claimed message is never sent by a second worker."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"


class OutboxMessage(Base):
    """One e-mail to one address, written in the transaction of the event that it tells of.

    `once_key` makes a message unique for its event, so that a repeated event sends no second one.
    The body of a message that holds a secret link is removed when the message is sent.
    `withdrawn_for` says of a failed one why it was not to go out any more (`outreach.mail.checks`).
    """

    __tablename__ = "outbox_message"
    __table_args__ = (
        Index("ix_outbox_message_waiting", "state", "not_before"),
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    once_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    recipient: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(255))
    body: Mapped[str | None] = mapped_column(Text)
    is_secret: Mapped[bool] = mapped_column()
    state: Mapped[MessageState] = mapped_column(text_enum(MessageState, name="state"))
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    not_before: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str | None] = mapped_column(Text)
    withdrawn_for: Mapped[str | None] = mapped_column(String(40))
