"""What an entry would change about a village as it is stored; no database here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

import shapely

from outreach.files.areas import hectares
from outreach.measures.classes import DwellingType, SettlementClass
from outreach.places.rules import VillageEntry
from outreach.places.shapes import to_bytes

Fact: TypeAlias = str | int | float | bool | None
Counted: TypeAlias = tuple[tuple[DwellingType, int], ...]


@dataclass(frozen=True, slots=True)
class Population:
    """A village's inhabitants on one date, and its hectares where they are published."""

    inhabitants: int
    area_hectares: int | None


@dataclass(frozen=True, slots=True)
class StoredVillage:
    """A village with everything dated that an import could touch."""

    id: int
    name: str | None
    point: bytes | None = None
    area: bytes | None = None
    classes: Mapping[int, SettlementClass] = field(default_factory=dict)
    populations: Mapping[date, Population] = field(default_factory=dict)
    dwellings: Mapping[tuple[date, DwellingType], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """What is to be written for one entry; None and empty say that nothing is."""

    entry: VillageEntry
    stored: StoredVillage | None
    name: str | None
    point: bytes | None
    area: bytes | None
    settlement_class: SettlementClass | None
    population: Population | None
    dwellings: Counted

    @property
    def is_empty(self) -> bool:
        """Whether the village is stored exactly so already."""
        own = (self.name, self.point, self.area, self.settlement_class, self.population)
        return self.stored is not None and not self.dwellings and own == (None,) * len(own)


def difference(entry: VillageEntry, stored: StoredVillage | None) -> Difference:
    """Compare an entry with what is stored, None for a village that isn't yet.

    Name and geometry have no date of their own. A file of an older delimitation than the newest
    one stored therefore adds its dated rows and leaves them alone.
    """
    known = stored or StoredVillage(0, None)
    newest = max(known.classes, default=0)
    is_newest = not entry.delimitation_year or entry.delimitation_year >= newest
    point = _point(entry, known)
    return Difference(
        entry=entry,
        stored=stored,
        name=entry.name if is_newest and entry.name != known.name else None,
        point=point if is_newest and point != known.point else None,
        area=entry.area if is_newest and entry.area != known.area else None,
        settlement_class=_class(entry, known),
        population=_population(entry, known),
        dwellings=_dwellings(entry, known),
    )


def facts(found: Difference) -> tuple[dict[str, Fact], dict[str, Fact]]:
    """What was and what will be, for the record; geometries by their size or place."""
    known, entry = found.stored or StoredVillage(0, None), found.entry
    before: dict[str, Fact] = {}
    after: dict[str, Fact] = {}
    if found.name is not None:
        before["name"], after["name"] = known.name, found.name
    if found.point is not None:
        before["point"], after["point"] = place(known.point), place(found.point)
    if found.area is not None:
        before["hectares"], after["hectares"] = _size(known.area), _size(found.area)
    if found.settlement_class is not None and entry.delimitation_year is not None:
        name = f"class {entry.delimitation_year}"
        before[name] = known.classes.get(entry.delimitation_year)
        after[name] = found.settlement_class
    if entry.reference_date is None:
        return before, after
    if found.population is not None:
        stored = known.populations.get(entry.reference_date)
        name = f"inhabitants {entry.reference_date}"
        before[name] = stored.inhabitants if stored else None
        after[name] = found.population.inhabitants
    for kind, count in found.dwellings:
        name = f"{kind.value} dwellings {entry.reference_date}"
        before[name], after[name] = known.dwellings.get((entry.reference_date, kind)), count
    return before, after


def _point(entry: VillageEntry, known: StoredVillage) -> bytes | None:
    """The stated point; else, for an area without any, a point that surely lies on it."""
    if entry.point is None and known.point is None and entry.area is not None:
        return to_bytes(shapely.point_on_surface(shapely.from_wkb(entry.area)))
    return entry.point or known.point


def _class(entry: VillageEntry, known: StoredVillage) -> SettlementClass | None:
    if entry.settlement_class is None or entry.delimitation_year is None:
        return None
    stored = known.classes.get(entry.delimitation_year)
    return None if stored is entry.settlement_class else entry.settlement_class


def _population(entry: VillageEntry, known: StoredVillage) -> Population | None:
    """The figures of the date; hectares that the file doesn't tell stay as they are."""
    if entry.inhabitants is None or entry.reference_date is None:
        return None
    stored = known.populations.get(entry.reference_date)
    area = entry.area_hectares
    if area is None and stored is not None:
        area = stored.area_hectares
    found = Population(entry.inhabitants, area)
    return None if stored == found else found


def _dwellings(entry: VillageEntry, known: StoredVillage) -> Counted:
    if entry.reference_date is None:
        return ()
    return tuple(
        (kind, count)
        for kind, count in entry.dwellings
        if known.dwellings.get((entry.reference_date, kind)) != count
    )


def place(point: bytes | None) -> str | None:
    """A point for the record: metres east and north."""
    if point is None:
        return None
    east, north = shapely.get_coordinates(shapely.from_wkb(point))[0]
    return f"{east:.1f} {north:.1f}"


def _size(area: bytes | None) -> float | None:
    return None if area is None else round(hectares(shapely.from_wkb(area)), 2)
