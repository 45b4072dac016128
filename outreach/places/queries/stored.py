"""Places as an import needs to see them: all that it could touch, a set at a time."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from outreach.database.spatial import loaded, wkb
from outreach.measures.classes import DwellingType, SettlementClass
from outreach.places.differences import Population, StoredVillage
from outreach.places.models import (
    County,
    Municipality,
    Village,
    VillageClass,
    VillageDwellings,
    VillagePopulation,
)
from outreach.places.shapes import to_bytes

_AT_A_TIME = 1_000
"""Values in one statement: databases limit them."""


@dataclass(frozen=True, slots=True)
class StoredArea:
    """A county or municipality: its name and its area as well-known binary."""

    name: str
    area: bytes | None


@dataclass(frozen=True, slots=True)
class KnownArea:
    """A municipality whose borders are known, to hold points against."""

    code: str
    name: str
    area: BaseGeometry


@dataclass(frozen=True, slots=True)
class NamedVillage:
    """A village by its code and name."""

    code: str
    name: str


def counties(session: Session) -> dict[str, StoredArea]:
    """All counties by code."""
    rows = session.execute(select(County.code, County.name, wkb(County.area.expression)))
    return {code: StoredArea(name, _bytes(area)) for code, name, area in rows}


def municipalities(session: Session) -> dict[str, StoredArea]:
    """All municipalities by code."""
    area = wkb(Municipality.area.expression)
    rows = session.execute(select(Municipality.code, Municipality.name, area))
    return {code: StoredArea(name, _bytes(area)) for code, name, area in rows}


def known_areas(session: Session) -> list[KnownArea]:
    """The municipalities with borders, by code."""
    query = (
        select(Municipality.code, Municipality.name, Municipality.area)
        .where(Municipality.area.is_not(None))
        .order_by(Municipality.code)
    )
    rows = session.execute(query)
    return [KnownArea(code, name, loaded(area)) for code, name, area in rows if area is not None]


def municipality_codes(session: Session) -> frozenset[str]:
    """The codes of all municipalities."""
    return frozenset(session.scalars(select(Municipality.code)))


def villages(session: Session, codes: Sequence[str]) -> dict[str, StoredVillage]:
    """The villages with these codes, with their classes and figures of all dates."""
    found: dict[str, StoredVillage] = {}
    for some in _portions(codes):
        query = select(
            Village.code,
            Village.id,
            Village.name,
            wkb(Village.point.expression),
            wkb(Village.area.expression),
        )
        rows = session.execute(query.where(Village.code.in_(some))).all()
        ids = [row.id for row in rows]
        classes, populations = _classes(session, ids), _populations(session, ids)
        dwellings = _dwellings(session, ids)
        for code, key, name, point, area in rows:
            found[code] = StoredVillage(
                key,
                name,
                _bytes(point),
                _bytes(area),
                classes[key],
                populations[key],
                dwellings[key],
            )
    return found


def village_ids(session: Session, codes: Sequence[str]) -> dict[str, int]:
    """The ids of the villages with these codes."""
    found: dict[str, int] = {}
    for some in _portions(codes):
        rows = session.execute(select(Village.code, Village.id).where(Village.code.in_(some)))
        found.update((code, key) for code, key in rows)
    return found


def points_by(
    session: Session, table: Table, key: Sequence[str], values: Sequence[str]
) -> dict[tuple[object, ...], Mapping[str, object]]:
    """Whole rows of a table of points by `key`, where its first column has one of the values."""
    columns = [wkb(one).label("point") if one.name == "point" else one for one in table.c]
    found: dict[tuple[object, ...], Mapping[str, object]] = {}
    for some in _portions(sorted(set(values))):
        query = select(*columns).where(table.c[key[0]].in_(some))
        for row in session.execute(query).mappings():
            known = dict(row) | {"point": _bytes(row["point"])}
            found[tuple(known[name] for name in key)] = known
    return found


def localities_not_among(
    session: Session, codes: Collection[str], *, municipalities: Collection[str], letters: str
) -> list[NamedVillage]:
    """The stored localities of these municipalities whose codes aren't given, by code.

    `letters` are the kinds of locality looked at: T for tätorter, S for småorter.
    """
    query = (
        select(Village.code, Village.name)
        .where(Village.municipality_code.in_(sorted(municipalities)))
        .order_by(Village.code)
    )
    return [
        NamedVillage(code, name)
        for code, name in session.execute(query)
        if code[4:5] in letters and code not in codes
    ]


def _classes(session: Session, ids: Sequence[int]) -> dict[int, dict[int, SettlementClass]]:
    found: dict[int, dict[int, SettlementClass]] = defaultdict(dict)
    query = select(
        VillageClass.village_id, VillageClass.delimitation_year, VillageClass.settlement_class
    ).where(VillageClass.village_id.in_(ids))
    for key, year, settlement_class in session.execute(query):
        found[key][year] = settlement_class
    return found


def _populations(session: Session, ids: Sequence[int]) -> dict[int, dict[date, Population]]:
    found: dict[int, dict[date, Population]] = defaultdict(dict)
    query = select(
        VillagePopulation.village_id,
        VillagePopulation.reference_date,
        VillagePopulation.inhabitants,
        VillagePopulation.area_hectares,
    ).where(VillagePopulation.village_id.in_(ids))
    for key, day, inhabitants, area in session.execute(query):
        found[key][day] = Population(inhabitants, area)
    return found


def _dwellings(
    session: Session, ids: Sequence[int]
) -> dict[int, dict[tuple[date, DwellingType], int]]:
    found: dict[int, dict[tuple[date, DwellingType], int]] = defaultdict(dict)
    query = select(
        VillageDwellings.village_id,
        VillageDwellings.reference_date,
        VillageDwellings.dwelling_type,
        VillageDwellings.dwellings,
    ).where(VillageDwellings.village_id.in_(ids))
    for key, day, kind, count in session.execute(query):
        found[key][day, kind] = count
    return found


def _bytes(shape: bytes | None) -> bytes | None:
    """In the one form that entries have, as databases choose the order of bytes."""
    return None if shape is None else to_bytes(shapely.from_wkb(shape))


def _portions(codes: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(codes), _AT_A_TIME):
        yield codes[start : start + _AT_A_TIME]
