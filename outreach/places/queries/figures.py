"""Villages with the class and register figures that hold on a day."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import Row, ScalarSelect, Select, select
from sqlalchemy.orm import Session

from outreach.measures.classes import DwellingType, SettlementClass
from outreach.places.models import (
    Municipality,
    Village,
    VillageClass,
    VillageDwellings,
    VillagePopulation,
)
from outreach.places.queries.names import MUNICIPALITY_NAME

Q = TypeVar("Q", bound=Select[*tuple[object, ...]])


@dataclass(frozen=True, slots=True)
class VillageFigures:
    """A village with what its registers say; each figure with the day it is of, or None."""

    id: int
    code: str
    name: str
    municipality_code: str
    municipality_name: str
    county_code: str
    settlement_class: SettlementClass | None
    delimitation_year: int | None
    inhabitants: int | None
    inhabitants_on: date | None
    dwellings: int | None
    dwellings_on: date | None


def villages_as_of(session: Session, *, county_code: str, on: date) -> list[VillageFigures]:
    """Every village of a county with the newest class and figures of that day or before, by code.

    Dwellings are permanent ones. One statement, however many villages there are.
    """
    query = figures_query(on).where(Municipality.county_code == county_code).order_by(Village.code)
    return [village_figures(row) for row in session.execute(query)]


def figures_query(on: date) -> Select[*tuple[object, ...]]:
    """The columns of `village_figures` for all villages, to be filtered and ordered.

    Where it filters or orders by a figure, the mapped classes name it: one row of each is joined.
    """
    return with_newest(
        select(
            Village.id,
            Village.code,
            Village.name,
            Village.municipality_code,
            MUNICIPALITY_NAME.label("municipality_name"),
            Municipality.county_code,
            VillageClass.settlement_class,
            VillageClass.delimitation_year,
            VillagePopulation.inhabitants,
            VillagePopulation.reference_date.label("inhabitants_on"),
            VillageDwellings.dwellings,
            VillageDwellings.reference_date.label("dwellings_on"),
        ).select_from(Village),
        on,
    ).join(Municipality, Municipality.code == Village.municipality_code)


def with_newest(query: Q, on: date) -> Q:
    """Join each village of a query with its newest class, inhabitants and permanent dwellings.

    Each is found by the index on village and date and joined by its key. Ranking or grouping whole
    tables reads shorter, but one database or the other then joins set to set row by row.
    """
    newest_class = (
        select(VillageClass.id)
        .where(VillageClass.village_id == Village.id, VillageClass.valid_from <= on)
        .order_by(VillageClass.delimitation_year.desc())
    )
    newest_population = (
        select(VillagePopulation.id)
        .where(VillagePopulation.village_id == Village.id, VillagePopulation.reference_date <= on)
        .order_by(VillagePopulation.reference_date.desc())
    )
    newest_dwellings = (
        select(VillageDwellings.id)
        .where(
            VillageDwellings.village_id == Village.id,
            VillageDwellings.dwelling_type == DwellingType.permanent,
            VillageDwellings.reference_date <= on,
        )
        .order_by(VillageDwellings.reference_date.desc())
    )
    return (
        query.outerjoin(VillageClass, VillageClass.id == _first(newest_class))
        .outerjoin(VillagePopulation, VillagePopulation.id == _first(newest_population))
        .outerjoin(VillageDwellings, VillageDwellings.id == _first(newest_dwellings))
    )


def village_figures(row: Row[*tuple[object, ...]]) -> VillageFigures:
    """The figures of a row of `figures_query`."""
    return VillageFigures(**row._asdict())


def _first(query: Select[int]) -> ScalarSelect[int]:
    """The key of a village's newest row, looked up for each village of the query around it."""
    return query.limit(1).correlate(Village).scalar_subquery()
