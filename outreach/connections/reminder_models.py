"""Reminders that were written for a round, and where they are paused."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from outreach.connections.reminder_rules import ReminderKind
from outreach.database import Base, UtcDateTime, text_enum


class Reminder(Base):
    """One e-mail to one contact about one round; the outbox knows what became of it.

    `bounced_at` is noted by hand: the mail server took the message and it came back later.
    """

    __tablename__ = "reminder"
    __table_args__ = (Index("ix_reminder_round_id_contact_id", "round_id", "contact_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("reporting_round.id"))
    association_id: Mapped[int] = mapped_column(ForeignKey("association.id"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("association_contact.id"))
    kind: Mapped[ReminderKind] = mapped_column(text_enum(ReminderKind, name="kind"))
    message_id: Mapped[int] = mapped_column(ForeignKey("outbox_message.id"), unique=True)
    bounced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ReminderPause(Base):
    """No reminders of a round are written, to one association or, without one, to anybody."""

    __tablename__ = "reminder_pause"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("reporting_round.id"), index=True)
    association_id: Mapped[int | None] = mapped_column(ForeignKey("association.id"))
    paused_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    paused_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
