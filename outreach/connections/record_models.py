"""What a frozen round was, stored for good, and what later corrections changed of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import Base, UtcDateTime


class RoundRecord(Base):
    """One county's figures of a round as they were when it was frozen; never written again.

    `content` is canonical JSON, given out byte for byte, and `sha256` is the hash of those bytes.
    It holds names and codes as text, so that nothing changed later is seen through it.
    """

    __tablename__ = "round_record"
    __table_args__ = (UniqueConstraint("round_id", "county_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("reporting_round.id"))
    county_code: Mapped[str] = mapped_column(String(2))
    content: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RoundCorrection(Base):
    """How an approved version moved what is published for the date of a round frozen before.

    The sums are of permanent homes in the villages whose figures changed; empty where one of them
    is unknown. The round's record stays as it is.
    """

    __tablename__ = "round_correction"
    __table_args__ = (UniqueConstraint("round_id", "version_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("reporting_round.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("report_version.id"), index=True)
    villages: Mapped[int] = mapped_column()
    homes_passed_before: Mapped[int | None] = mapped_column()
    homes_passed_after: Mapped[int | None] = mapped_column()
    connected_before: Mapped[int | None] = mapped_column()
    connected_after: Mapped[int | None] = mapped_column()
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
