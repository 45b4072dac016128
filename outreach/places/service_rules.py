"""Service points and strategic nodes: their closed sets and the entries they are stored from.

Both are places that people go to, and public. A technical node of a telecommunications network is
neither, and no column here describes one.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

FULL_RANGE_LEAST = 4
"""So many of the six make a full range of services (fullskaligt utbud)."""


class ServiceKind(StrEnum):
    """What a service point offers. A shop that hands out parcels is two, of one name."""

    GROCERY = "grocery"
    FUEL = "fuel"
    PARCEL = "parcel"
    PHARMACY = "pharmacy"
    CASH = "cash"
    LIBRARY = "library"
    SCHOOL = "school"
    OTHER = "other"


class NodeProperty(StrEnum):
    """What a strategic node has or lacks."""

    BASIC_SERVICE = "basic_service"
    PUBLIC_SERVICE = "public_service"
    CULTURE = "culture"
    PUBLIC_TRANSPORT = "public_transport"
    JOBS = "jobs"
    BROADBAND = "broadband"


Told: TypeAlias = Mapping[str, date | bool | None]
"""Columns that the file has, by their stored names; a blank cell is None and counts as told."""


def has_full_range(properties: Collection[bool | None]) -> bool | None:
    """Whether at least four of the six are there; None while the unknown ones decide."""
    there = sum(one is True for one in properties)
    unknown = sum(one is None for one in properties)
    if there >= FULL_RANGE_LEAST:
        return True
    return None if there + unknown >= FULL_RANGE_LEAST else False


@dataclass(frozen=True, slots=True)
class ServicePointEntry:
    """A service point to be stored; its place, a point, is well-known binary in SWEREF 99 TM."""

    row: int
    code: str
    municipality_code: str
    name: str
    kind: ServiceKind
    source: str
    shape: bytes | None
    told: Told


@dataclass(frozen=True, slots=True)
class NodeEntry:
    """What is known of a strategic node on one day."""

    row: int
    node: str
    municipality_code: str
    name: str
    assessed_on: date
    source: str
    shape: bytes | None
    told: Told

    @property
    def code(self) -> str:
        """The node and the day: a new day adds a row and overwrites none."""
        return f"{self.node} {self.assessed_on.isoformat()}"
