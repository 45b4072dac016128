"""A village's dated facts as they stand on one date: class, inhabitants, register dwellings.

The newest row dated that day or earlier holds. A village whose first row is later has that row:
figures from before the first delimitation or count would otherwise have no class or denominator.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, ColumnElement, Integer, case, func, select, true
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.selectable import CTE

from outreach.measures.classes import DwellingType
from outreach.places.models import VillageClass, VillageDwellings, VillagePopulation

PERMANENT = DwellingType("permanent")


@dataclass(frozen=True, slots=True)
class Slice:
    """Which rows to work out: one date and dwelling type, for some villages or for all.

    Counts dated before `oldest` are too old to be carried forward to `on`. With `as_if`, a version
    and its report, they are worked out as if that version were the report's approved one. What
    stands for a value that is given later lets one statement serve many slices.
    """

    on: date | BindParameter[date]
    oldest: date | BindParameter[date]
    dwelling_type: DwellingType
    village_ids: Collection[int] | BindParameter[int] | None = None
    as_if: tuple[int, int] | None = None

    def covers(self, village_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        """The condition that a row belongs to the villages asked for."""
        return true() if self.village_ids is None else village_id.in_(self.village_ids)


def _nearest(
    village_id: InstrumentedAttribute[int],
    day: InstrumentedAttribute[date],
    on: date | BindParameter[date],
) -> ColumnElement[int]:
    """1 for the newest row dated `on` or earlier; where there is none, for the earliest after."""
    is_known = day <= on
    return func.row_number(type_=Integer).over(
        partition_by=village_id,
        order_by=[case((is_known, 0), else_=1), case((is_known, day)).desc(), day],
    )


def class_as_of(part: Slice) -> CTE:
    """Each village's settlement class by the delimitation in force."""
    ranked = (
        select(
            VillageClass.village_id,
            VillageClass.settlement_class,
            _nearest(VillageClass.village_id, VillageClass.valid_from, part.on).label("rank"),
        )
        .where(part.covers(VillageClass.village_id))
        .subquery()
    )
    columns = select(ranked.c.village_id, ranked.c.settlement_class)
    return columns.where(ranked.c.rank == 1).cte("class_as_of")


def population_as_of(part: Slice) -> CTE:
    """Each village's inhabitants."""
    rank = _nearest(VillagePopulation.village_id, VillagePopulation.reference_date, part.on)
    ranked = (
        select(VillagePopulation.village_id, VillagePopulation.inhabitants, rank.label("rank"))
        .where(part.covers(VillagePopulation.village_id))
        .subquery()
    )
    columns = select(ranked.c.village_id, ranked.c.inhabitants)
    return columns.where(ranked.c.rank == 1).cte("population_as_of")


def register_as_of(part: Slice) -> CTE:
    """Each village's dwellings of the slice's type in the register."""
    rank = _nearest(VillageDwellings.village_id, VillageDwellings.reference_date, part.on)
    ranked = (
        select(VillageDwellings.village_id, VillageDwellings.dwellings, rank.label("rank"))
        .where(
            VillageDwellings.dwelling_type == part.dwelling_type,
            part.covers(VillageDwellings.village_id),
        )
        .subquery()
    )
    columns = select(ranked.c.village_id, ranked.c.dwellings)
    return columns.where(ranked.c.rank == 1).cte("register_as_of")
