"""Official figures as published; a revised one is a new row and the earlier one stays."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Float, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import Base, UtcDateTime


class OfficialFigure(Base):
    """One percentage of one area and year; the newest row of these is the one in force."""

    __tablename__ = "official_figure"
    __table_args__ = (
        CheckConstraint("percent >= 0 AND percent <= 100", name="percent_in_range"),
        Index("ix_official_figure_series_area_code_year", "series", "area_code", "year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[str] = mapped_column(String(40))
    area_code: Mapped[str] = mapped_column(String(4))
    year: Mapped[int] = mapped_column()
    percent: Mapped[float] = mapped_column(Float)
    source: Mapped[str] = mapped_column(String(120))
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
