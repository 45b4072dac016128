"""Where villages and municipalities lie, as GeoJSON geometries in WGS 84."""

from dataclasses import dataclass
from typing import cast

from shapely.geometry.base import BaseGeometry
from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from outreach.database.spatial import geojson, loaded, simplified
from outreach.gap.rules import Area, AreaKind
from outreach.places.models import Municipality, Village
from outreach.places.queries.names import MUNICIPALITY_NAME

VILLAGE_METRES = 15.0
MUNICIPALITY_METRES = 60.0
# A mapped attribute is a column element, which its type does not say.
_VILLAGE_AREA = cast("ColumnElement[object]", Village.area)
_VILLAGE_POINT = cast("ColumnElement[object]", Village.point)
_MUNICIPALITY_AREA = cast("ColumnElement[object]", Municipality.area)
WIDE_FACTOR = 4.0
"""Of every county together, the map is looked at from further away."""
DIGITS, WIDE_DIGITS = 6, 5
"""A tenth of a metre, and a metre, of outlines simplified to fifteen and to sixty."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A place's code, name and geometry; None where nothing but the name is known.

    Villages are polygons where one is known and points otherwise.
    """

    code: str
    name: str
    geometry: str | None


def village_shapes(session: Session, area: Area) -> list[Shape]:
    """The villages of an area by code, with detail left out that a map does not show."""
    metres = VILLAGE_METRES * _factor(area)
    digits = _digits(area)
    geometry = func.coalesce(
        geojson(simplified(_VILLAGE_AREA, metres=metres), digits=digits),
        geojson(_VILLAGE_POINT, digits=digits),
    )
    rows = session.execute(
        select(Village.code, Village.name, geometry)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(within_municipalities(area))
        .order_by(Village.code)
    )
    return [Shape(code, name, text) for code, name, text in rows]


def municipality_shapes(session: Session, area: Area) -> list[Shape]:
    """The outlines of an area's municipalities, and of the others of its counties around it."""
    metres = MUNICIPALITY_METRES * _factor(area)
    rows = session.execute(
        select(
            Municipality.code,
            MUNICIPALITY_NAME,
            geojson(simplified(_MUNICIPALITY_AREA, metres=metres), digits=_digits(area)),
        )
        .where(Municipality.county_code.in_(area.counties))
        .order_by(Municipality.code)
    )
    return [Shape(code, name, text) for code, name, text in rows]


def within_municipalities(area: Area) -> ColumnElement[bool]:
    """The municipalities of an area."""
    if area.kind is AreaKind.COUNTY:
        return Municipality.county_code == area.code
    if area.kind is AreaKind.MUNICIPALITY:
        return Municipality.code == area.code
    return true()


def _factor(area: Area) -> float:
    return WIDE_FACTOR if area.kind is AreaKind.ALL else 1.0


def _digits(area: Area) -> int:
    return WIDE_DIGITS if area.kind is AreaKind.ALL else DIGITS


def village_outlines(session: Session, area: Area) -> dict[str, BaseGeometry]:
    """Where each village of an area lies, by code, in metres east and north (SWEREF 99 TM)."""
    rows = session.execute(
        select(Village.code, Village.area, Village.point)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(within_municipalities(area))
    )
    return {
        code: loaded(shape)
        for code, polygon, point in rows
        if (shape := point if polygon is None else polygon) is not None
    }


def municipality_outlines(session: Session, area: Area) -> dict[str, BaseGeometry]:
    """The outlines of an area's municipalities by name, in metres east and north."""
    rows = session.execute(
        select(MUNICIPALITY_NAME, Municipality.area)
        .where(within_municipalities(area), Municipality.county_code.in_(area.counties))
        .order_by(Municipality.code)
    )
    return {name: loaded(shape) for name, shape in rows if shape is not None}
