"""The searchable list of villages, and the municipalities to filter it by."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, Select, UnaryExpression, case, func, select
from sqlalchemy.orm import Session

from outreach.database.ordering import contains, swedish_order
from outreach.database.snapshot import in_portions
from outreach.measures.classes import SettlementClass
from outreach.places.models import (
    Municipality,
    Village,
    VillageClass,
    VillageDwellings,
    VillagePopulation,
)
from outreach.places.queries.figures import (
    VillageFigures,
    figures_query,
    village_figures,
    with_newest,
)
from outreach.places.queries.names import MUNICIPALITY_NAME
from outreach.web.paging import Paging
from outreach.web.tables import Sorting

_Key: TypeAlias = ColumnElement[str] | ColumnElement[int] | UnaryExpression[object]
BY_NAME = Sorting("name")
_CLASS_ORDER = {SettlementClass.tatort: 1, SettlementClass.smaort: 2, SettlementClass.outside: 3}


@dataclass(frozen=True, slots=True)
class VillageFilter:
    """What the list is narrowed down to; blank and None leave everything in."""

    text: str = ""
    municipality_code: str = ""
    settlement_class: SettlementClass | None = None


class MunicipalityChoice(NamedTuple):
    """A municipality to filter by."""

    code: str
    name: str


def count_villages(session: Session, wanted: VillageFilter, *, on: date) -> int:
    """How many villages the filter finds."""
    query = with_newest(select(func.count()).select_from(Village), on)
    return session.scalars(query.where(*_conditions(wanted))).one()


def villages(
    session: Session,
    wanted: VillageFilter,
    *,
    on: date,
    sorting: Sorting = BY_NAME,
    paging: Paging | None = None,
) -> list[VillageFigures]:
    """The villages that the filter finds, in Swedish order of what they are sorted by.

    What is unknown comes last either way; names, then codes settle what is equal.
    """
    query = _found(wanted, on, sorting)
    if paging is not None:
        query = query.limit(paging.size).offset(paging.offset)
    return [village_figures(row) for row in session.execute(query)]


def all_villages(
    session: Session, wanted: VillageFilter, *, on: date, sorting: Sorting = BY_NAME
) -> Iterator[VillageFigures]:
    """The same, every one, as they are read."""
    return in_portions(
        session, lambda _, rows: [village_figures(row) for row in rows], _found(wanted, on, sorting)
    )


def municipality_choices(session: Session) -> list[MunicipalityChoice]:
    """The municipalities that have villages, in Swedish order."""
    query = (
        select(Municipality.code, MUNICIPALITY_NAME)
        .where(select(Village.id).where(Village.municipality_code == Municipality.code).exists())
        .order_by(swedish_order(Municipality.name), Municipality.code)
    )
    return [MunicipalityChoice(code, name) for code, name in session.execute(query)]


def _found(wanted: VillageFilter, on: date, sorting: Sorting) -> Select[*tuple[object, ...]]:
    return figures_query(on).where(*_conditions(wanted)).order_by(*_order(sorting))


def _conditions(wanted: VillageFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.text:
        conditions.append(contains(Village.name.expression, wanted.text))
    if wanted.municipality_code:
        conditions.append(Village.municipality_code == wanted.municipality_code)
    if wanted.settlement_class is not None:
        conditions.append(VillageClass.settlement_class == wanted.settlement_class)
    return conditions


def _order(sorting: Sorting) -> list[_Key]:
    keys: dict[str, _Key] = {
        "name": swedish_order(Village.name.expression),
        "municipality": swedish_order(Municipality.name.expression),
        "class": case(
            *((VillageClass.settlement_class == one, rank) for one, rank in _CLASS_ORDER.items()),
            else_=None,
        ),
        "inhabitants": VillagePopulation.inhabitants.expression,
        "dwellings": VillageDwellings.dwellings.expression,
    }
    key = keys[sorting.key]
    chosen = key.desc().nulls_last() if sorting.is_descending else key.asc().nulls_last()
    return [chosen, swedish_order(Village.name.expression), Village.code.expression]
