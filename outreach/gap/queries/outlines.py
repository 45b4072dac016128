"""Outlines of villages and municipalities in metres, read as bytes: thousands at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from outreach.database.spatial import Shape, wkb
from outreach.gap.queries.shapes import within_municipalities
from outreach.gap.rules import Area
from outreach.places.models import Municipality, Village
from outreach.places.queries.names import MUNICIPALITY_NAME


@dataclass(frozen=True, slots=True)
class Outline:
    """A place's code, name and geometry: an area, or a point where nothing more is known."""

    code: str
    name: str
    geometry: BaseGeometry


def villages(session: Session, area: Area) -> list[Outline]:
    """The villages of an area that lie somewhere, by code."""
    shape = func.coalesce(
        wkb(cast("ColumnElement[Shape | None]", Village.area)),
        wkb(cast("ColumnElement[Shape | None]", Village.point)),
    )
    rows = session.execute(
        select(Village.code, Village.name, shape)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(within_municipalities(area))
        .order_by(Village.code)
    )
    return _outlines(rows)


def municipalities(session: Session, area: Area) -> list[Outline]:
    """An area's municipalities, and the others of its counties around it, by code."""
    rows = session.execute(
        select(
            Municipality.code,
            MUNICIPALITY_NAME,
            wkb(cast("ColumnElement[Shape | None]", Municipality.area)),
        )
        .where(Municipality.county_code.in_(area.counties))
        .order_by(Municipality.code)
    )
    return _outlines(rows)


def _outlines(rows: Iterable[tuple[str, str, bytes | None]]) -> list[Outline]:
    known = [row for row in rows if row[2] is not None]
    shapes = shapely.from_wkb([shape for _, _, shape in known])
    return [
        Outline(code, name, shape) for (code, name, _), shape in zip(known, shapes, strict=True)
    ]
