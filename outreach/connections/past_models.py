"""What was published before: the rows of `village_status` that have since come to say more."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from outreach.connections.models import StatusColumns
from outreach.database import Base, UtcDateTime, text_enum
from outreach.measures.classes import DwellingType


class PastStatus(StatusColumns, Base):
    """What was published about a village from one moment until another, and is no longer.

    Of one village, reference date and dwelling type no two rows hold at the same time, and none
    of them while the row of `village_status` does. Written when something is published anew, and
    only where it says something else; never changed afterwards.
    """

    __tablename__ = "past_status"
    __table_args__ = (Index("ix_past_status_village_id", "village_id"),)

    reference_date: Mapped[date] = mapped_column(primary_key=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"), primary_key=True)
    dwelling_type: Mapped[DwellingType] = mapped_column(
        text_enum(DwellingType, name="dwelling_type"), primary_key=True
    )
    known_from: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    known_to: Mapped[datetime] = mapped_column(UtcDateTime)
