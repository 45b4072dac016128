"""The sums of what is published, kept beside its rows and written with them."""

from datetime import date

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import Base, text_enum
from outreach.measures.classes import DwellingType, FineClass


class StatusSum(Base):
    """`village_status` summed by date, municipality, fine class and dwelling type: derived.

    Written in the transaction that writes the rows, so that a page of a whole country reads some
    hundred sums a date and no village. Of each measure: the numerators and denominators of the
    villages where both are known, NULL where there is none, and how many these villages are.
    `covered` are the villages with a report, of the date or carried forward. `oldest` is the
    oldest reference date among the figures used.
    """

    __tablename__ = "status_sum"
    __table_args__ = (
        Index("ix_status_sum_county", "dwelling_type", "county_code", "reference_date"),
        Index("ix_status_sum_municipality", "dwelling_type", "municipality_code", "reference_date"),
    )

    reference_date: Mapped[date] = mapped_column(primary_key=True)
    municipality_code: Mapped[str] = mapped_column(String(4), primary_key=True)
    fine_class: Mapped[FineClass] = mapped_column(
        text_enum(FineClass, name="fine_class"), primary_key=True
    )
    dwelling_type: Mapped[DwellingType] = mapped_column(
        text_enum(DwellingType, name="dwelling_type"), primary_key=True
    )
    county_code: Mapped[str] = mapped_column(String(2))
    villages: Mapped[int] = mapped_column()
    covered: Mapped[int] = mapped_column()
    expected: Mapped[int] = mapped_column()
    reported: Mapped[int] = mapped_column()
    register_dwellings: Mapped[int | None] = mapped_column(BigInteger)
    covered_dwellings: Mapped[int | None] = mapped_column(BigInteger)
    oldest: Mapped[date | None] = mapped_column()
    coverage_above: Mapped[int | None] = mapped_column(BigInteger)
    coverage_below: Mapped[int | None] = mapped_column(BigInteger)
    coverage_counted: Mapped[int] = mapped_column()
    connection_rate_above: Mapped[int | None] = mapped_column(BigInteger)
    connection_rate_below: Mapped[int | None] = mapped_column(BigInteger)
    connection_rate_counted: Mapped[int] = mapped_column()
    take_up_above: Mapped[int | None] = mapped_column(BigInteger)
    take_up_below: Mapped[int | None] = mapped_column(BigInteger)
    take_up_counted: Mapped[int] = mapped_column()
    activation_above: Mapped[int | None] = mapped_column(BigInteger)
    activation_below: Mapped[int | None] = mapped_column(BigInteger)
    activation_counted: Mapped[int] = mapped_column()
