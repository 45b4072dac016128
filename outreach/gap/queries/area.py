"""Which rows of what is published belong to an area, and their fine class."""

from sqlalchemy import ColumnElement, and_, true

from outreach.connections.models import VillageStatus
from outreach.gap.rules import Area, AreaKind
from outreach.measures.classes import (
    LARGE_TATORT_INHABITANTS,
    DwellingType,
    FineClass,
    SettlementClass,
    fine_class_of,
)

PERMANENT = DwellingType.permanent

IS_LARGE = VillageStatus.inhabitants >= LARGE_TATORT_INHABITANTS
"""True, false, or NULL where the inhabitants are unknown."""


def within(area: Area) -> ColumnElement[bool]:
    """The rows of permanent dwellings in the area."""
    return and_(VillageStatus.dwelling_type == PERMANENT, _in(area))


def _in(area: Area) -> ColumnElement[bool]:
    if area.kind is AreaKind.COUNTY:
        return VillageStatus.county_code == area.code
    if area.kind is AreaKind.MUNICIPALITY:
        return VillageStatus.municipality_code == area.code
    return true()


def fine_class(settlement_class: SettlementClass | None, *, is_large: bool | None) -> FineClass:
    """The fine class of rows grouped by settlement class and `IS_LARGE`."""
    if is_large is None:
        return fine_class_of(settlement_class, inhabitants=None)
    inhabitants = LARGE_TATORT_INHABITANTS if is_large else 0
    return fine_class_of(settlement_class, inhabitants=inhabitants)
