"""Counties, municipalities and villages with their dated class and figures."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from outreach.database import Base, text_enum
from outreach.database.spatial import Shape, multipolygon_type, point_type
from outreach.measures.classes import DwellingType, SettlementClass


class County(Base):
    """A county (län), known by SCB's two-digit code."""

    __tablename__ = "county"
    __table_args__ = (CheckConstraint("length(code) = 2", name="code_length"),)

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    area: Mapped[Shape | None] = mapped_column(multipolygon_type())

    municipalities: Mapped[list["Municipality"]] = relationship(back_populates="county")


class Municipality(Base):
    """A municipality (kommun), known by SCB's four-digit code that starts with its county's."""

    __tablename__ = "municipality"
    __table_args__ = (
        CheckConstraint("length(code) = 4", name="code_length"),
        CheckConstraint("substr(code, 1, 2) = county_code", name="code_in_county"),
    )

    code: Mapped[str] = mapped_column(String(4), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    county_code: Mapped[str] = mapped_column(ForeignKey("county.code"), index=True)
    area: Mapped[Shape | None] = mapped_column(multipolygon_type())

    county: Mapped[County] = relationship(back_populates="municipalities")
    villages: Mapped[list["Village"]] = relationship(back_populates="municipality")


class Village(Base):
    """A place that counts are reported for: a tätort, a småort, or a named place outside both.

    `code` is SCB's where there is one, else `<municipality>-<name>` in ASCII; it stands in
    addresses and files and never changes.
    """

    __tablename__ = "village"
    __table_args__ = (Index("ix_village_municipality_code_name", "municipality_code", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120), index=True)
    municipality_code: Mapped[str] = mapped_column(ForeignKey("municipality.code"))
    point: Mapped[Shape | None] = mapped_column(point_type())
    area: Mapped[Shape | None] = mapped_column(multipolygon_type())
    source: Mapped[str] = mapped_column(String(120))

    municipality: Mapped[Municipality] = relationship(back_populates="villages")


class VillageClass(Base):
    """The settlement class that one delimitation gives a village; a new one adds a row.

    It holds from `valid_from` (the delimitation's own date) until the next row of the village.
    """

    __tablename__ = "village_class"
    __table_args__ = (UniqueConstraint("village_id", "delimitation_year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    delimitation_year: Mapped[int] = mapped_column()
    valid_from: Mapped[date] = mapped_column()
    settlement_class: Mapped[SettlementClass] = mapped_column(
        text_enum(SettlementClass, name="settlement_class")
    )
    source: Mapped[str] = mapped_column(String(120))


class VillageDwellings(Base):
    """A village's dwellings of one type on one date, from a register (the default denominator)."""

    __tablename__ = "village_dwellings"
    __table_args__ = (
        UniqueConstraint("village_id", "reference_date", "dwelling_type"),
        CheckConstraint("dwellings >= 0", name="dwellings_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    reference_date: Mapped[date] = mapped_column()
    dwelling_type: Mapped[DwellingType] = mapped_column(
        text_enum(DwellingType, name="dwelling_type")
    )
    dwellings: Mapped[int] = mapped_column()
    source: Mapped[str] = mapped_column(String(120))


class VillagePopulation(Base):
    """A village's inhabitants on one date, as published."""

    __tablename__ = "village_population"
    __table_args__ = (
        UniqueConstraint("village_id", "reference_date"),
        CheckConstraint("inhabitants >= 0", name="inhabitants_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    reference_date: Mapped[date] = mapped_column()
    inhabitants: Mapped[int] = mapped_column()
    area_hectares: Mapped[int | None] = mapped_column()
    source: Mapped[str] = mapped_column(String(120))
