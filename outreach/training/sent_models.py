"""Changes that devices sent, each known by its key; of those that met another, what they said."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import Base, UtcDateTime, text_enum
from outreach.training.sent_rules import ChangeState


class SentChange(Base):
    """One change of a session.

    A change that was begun on an older version than the one stored is held with its fields, as
    JSON, until a person picks; then they go, and the record of changes tells what was picked.
    `stored_version` is the version that the change made.
    """

    __tablename__ = "sent_change"
    __table_args__ = (
        UniqueConstraint("user_id", "key"),
        CheckConstraint("(state = 'held') = (fields IS NOT NULL)", name="held_with_fields"),
        CheckConstraint(
            "(state = 'settled') = (settled_at IS NOT NULL)", name="settled_with_moment"
        ),
        Index("ix_sent_change_session_id_state", "session_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    key: Mapped[str] = mapped_column(String(36))
    content_hash: Mapped[str] = mapped_column(String(64))
    session_id: Mapped[int] = mapped_column(ForeignKey("training_session.id"))
    base_version: Mapped[int] = mapped_column()
    stored_version: Mapped[int | None] = mapped_column()
    state: Mapped[ChangeState] = mapped_column(text_enum(ChangeState, name="state"))
    fields: Mapped[str | None] = mapped_column(Text)
    base: Mapped[str | None] = mapped_column(Text)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
