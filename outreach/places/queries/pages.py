"""What the page of one village and the page of one municipality say from the registers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.measures.classes import DwellingType, SettlementClass
from outreach.places.models import (
    County,
    Municipality,
    Village,
    VillageClass,
    VillageDwellings,
    VillagePopulation,
)
from outreach.places.queries.figures import with_newest
from outreach.places.queries.names import MUNICIPALITY_NAME
from outreach.places.rules import MunicipalityPlace, VillagePlace


@dataclass(frozen=True, slots=True)
class ClassRow:
    """The class that one delimitation gave."""

    delimitation_year: int
    valid_from: date
    settlement_class: SettlementClass
    source: str


@dataclass(frozen=True, slots=True)
class PopulationRow:
    """A village's inhabitants on one day, and its area where it is published."""

    on: date
    inhabitants: int
    area_hectares: int | None
    source: str


@dataclass(frozen=True, slots=True)
class DwellingsRow:
    """A village's dwellings on one day, of the types that the register counts."""

    on: date
    counts: Mapping[DwellingType, int]
    source: str


@dataclass(frozen=True, slots=True)
class ClassSums:
    """The villages of one class in a municipality: how many, and their newest figures summed.

    Each sum says how many of the villages it is of; a sum of none is None.
    """

    settlement_class: SettlementClass | None
    villages: int
    inhabitants: int | None
    with_inhabitants: int
    dwellings: int | None
    with_dwellings: int


def village_place(session: Session, code: str) -> VillagePlace | None:
    """The village with this code."""
    row = session.execute(
        select(
            Village.id,
            Village.code,
            Village.name,
            Village.municipality_code,
            MUNICIPALITY_NAME,
            Municipality.county_code,
        )
        .join(Municipality)
        .where(Village.code == code)
    ).one_or_none()
    return VillagePlace(*row) if row else None


def municipality_place(session: Session, code: str) -> MunicipalityPlace | None:
    """The municipality with this code."""
    row = session.execute(
        select(Municipality.code, MUNICIPALITY_NAME, Municipality.county_code, County.name)
        .join(County)
        .where(Municipality.code == code)
    ).one_or_none()
    return MunicipalityPlace(*row) if row else None


def class_history(session: Session, village_id: int) -> list[ClassRow]:
    """The village's classes, newest first."""
    query = (
        select(
            VillageClass.delimitation_year,
            VillageClass.valid_from,
            VillageClass.settlement_class,
            VillageClass.source,
        )
        .where(VillageClass.village_id == village_id)
        .order_by(VillageClass.valid_from.desc(), VillageClass.delimitation_year.desc())
    )
    return [ClassRow(*row) for row in session.execute(query)]


def population_history(session: Session, village_id: int) -> list[PopulationRow]:
    """The village's inhabitants by day, newest first."""
    query = (
        select(
            VillagePopulation.reference_date,
            VillagePopulation.inhabitants,
            VillagePopulation.area_hectares,
            VillagePopulation.source,
        )
        .where(VillagePopulation.village_id == village_id)
        .order_by(VillagePopulation.reference_date.desc())
    )
    return [PopulationRow(*row) for row in session.execute(query)]


def dwellings_history(session: Session, village_id: int) -> list[DwellingsRow]:
    """The village's dwellings by day, newest first."""
    query = (
        select(
            VillageDwellings.reference_date,
            VillageDwellings.dwelling_type,
            VillageDwellings.dwellings,
            VillageDwellings.source,
        )
        .where(VillageDwellings.village_id == village_id)
        .order_by(VillageDwellings.reference_date.desc(), VillageDwellings.dwelling_type)
    )
    found: list[DwellingsRow] = []
    for day, rows in groupby(session.execute(query), key=itemgetter(0)):
        of_day = list(rows)
        sources = sorted({source for _, _, _, source in of_day})
        counts = {kind: count for _, kind, count, _ in of_day}
        found.append(DwellingsRow(day, counts, ", ".join(sources)))
    return found


def class_sums(session: Session, municipality_code: str, *, on: date) -> list[ClassSums]:
    """A municipality's villages by class, with the newest figures of that day or before summed."""
    query = with_newest(
        select(
            VillageClass.settlement_class,
            func.count(),
            func.sum(VillagePopulation.inhabitants),
            func.count(VillagePopulation.inhabitants),
            func.sum(VillageDwellings.dwellings),
            func.count(VillageDwellings.dwellings),
        ).select_from(Village),
        on,
    )
    query = query.where(Village.municipality_code == municipality_code)
    query = query.group_by(VillageClass.settlement_class)
    found = {row[0]: ClassSums(*row) for row in session.execute(query)}
    return [found[one] for one in (*SettlementClass, None) if one in found]


@dataclass(frozen=True, slots=True)
class DatedCount:
    """A count and the day it is of."""

    count: int
    on: date


@dataclass(frozen=True, slots=True)
class NewestFigures:
    """The newest figure of each kind, each with its own day; None where there is none."""

    inhabitants: DatedCount | None
    area_hectares: DatedCount | None
    dwellings: Mapping[DwellingType, DatedCount]


def newest_figures(
    populations: Sequence[PopulationRow], dwellings: Sequence[DwellingsRow], *, on: date
) -> NewestFigures:
    """The newest figures up to a day, from histories that begin with the newest."""
    known = [row for row in populations if row.on <= on]
    inhabitants = (DatedCount(row.inhabitants, row.on) for row in known)
    areas = (
        DatedCount(row.area_hectares, row.on) for row in known if row.area_hectares is not None
    )
    counts: dict[DwellingType, DatedCount] = {}
    for row in dwellings:
        if row.on <= on:
            for kind, count in row.counts.items():
                counts.setdefault(kind, DatedCount(count, row.on))
    return NewestFigures(next(inhabitants, None), next(areas, None), counts)
