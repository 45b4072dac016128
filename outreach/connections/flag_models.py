"""Reported values that a reviewer wants followed up."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from outreach.connections.rules import CountField
from outreach.database import Base, UtcDateTime, text_enum
from outreach.measures.classes import DwellingType


class ValueFlag(Base):
    """One value of one report version, to be followed up until somebody notes what came of it."""

    __tablename__ = "value_flag"
    __table_args__ = (
        CheckConstraint("(resolved_at IS NULL) = (resolution IS NULL)", name="resolved_with_note"),
        Index("ix_value_flag_resolved_at", "resolved_at"),
        Index("ix_value_flag_version_id", "version_id"),
        Index("ix_value_flag_village_id", "village_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("report_version.id"))
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    dwelling_type: Mapped[DwellingType] = mapped_column(
        text_enum(DwellingType, name="dwelling_type")
    )
    field: Mapped[CountField] = mapped_column(text_enum(CountField, name="field"))
    note: Mapped[str] = mapped_column(Text)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    raised_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    resolution: Mapped[str | None] = mapped_column(Text)
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
