"""Which rows and which sums of what is published belong to an area."""

from sqlalchemy import ColumnElement, and_, true

from outreach.connections.models import VillageStatus
from outreach.connections.sum_models import StatusSum
from outreach.gap.rules import Area, AreaKind
from outreach.measures.classes import DwellingType

PERMANENT = DwellingType.permanent


def within(
    area: Area, table: type[VillageStatus] | type[StatusSum], dwellings: DwellingType = PERMANENT
) -> ColumnElement[bool]:
    """The rows of one type of dwellings in the area; every village has one of permanent ones."""
    return and_(table.dwelling_type == dwellings, _in(area, table))


def _in(area: Area, table: type[VillageStatus] | type[StatusSum]) -> ColumnElement[bool]:
    if area.kind is AreaKind.COUNTY:
        return table.county_code == area.code
    if area.kind is AreaKind.MUNICIPALITY:
        return table.municipality_code == area.code
    return true()
