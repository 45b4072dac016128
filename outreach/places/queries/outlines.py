"""Where places lie: outlines of municipalities, and villages as points or areas."""

from dataclasses import dataclass
from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.database.spatial import Shape, loaded, wkb
from outreach.measures.classes import SettlementClass
from outreach.places.models import Municipality, Village, VillageClass
from outreach.places.queries.figures import with_newest
from outreach.places.queries.names import MUNICIPALITY_NAME


@dataclass(frozen=True, slots=True)
class Outline:
    """A municipality's area in SWEREF 99 TM, simplified."""

    code: str
    name: str
    area: BaseGeometry


@dataclass(frozen=True, slots=True)
class VillageDot:
    """Where a village lies, in SWEREF 99 TM, and its class on a day."""

    point: BaseGeometry
    settlement_class: SettlementClass | None


@dataclass(frozen=True, slots=True)
class VillageShape:
    """A village's point and, where one is known, its area, in SWEREF 99 TM."""

    code: str
    name: str
    point: BaseGeometry | None
    area: BaseGeometry | None

    @property
    def middle(self) -> BaseGeometry | None:
        """The point, or else one within the area."""
        return self.point or (None if self.area is None else self.area.point_on_surface())


def municipality_outlines(session: Session, *, county_code: str, metres: float) -> list[Outline]:
    """The municipalities of a county that have borders, by code, without detail under `metres`.

    Neighbours keep their shared borders where the borders stored are shared.
    """
    rows = session.execute(
        select(Municipality.code, MUNICIPALITY_NAME, Municipality.area)
        .where(Municipality.county_code == county_code)
        .order_by(Municipality.code)
    )
    found = [(code, name, loaded(area)) for code, name, area in rows if area is not None]
    areas = shapely.coverage_simplify([area for _, _, area in found], metres)
    return [Outline(code, name, area) for (code, name, _), area in zip(found, areas, strict=True)]


def village_shape(session: Session, village_id: int) -> VillageShape | None:
    """One village's point and area."""
    row = session.execute(
        select(Village.code, Village.name, Village.point, Village.area).where(
            Village.id == village_id
        )
    ).one_or_none()
    return _shape(*row) if row else None


def village_dots(session: Session, *, municipality_code: str, on: date) -> list[VillageDot]:
    """A municipality's villages that have a point, by code."""
    query = with_newest(
        select(wkb(Village.point.expression), VillageClass.settlement_class).select_from(Village),
        on,
    )
    rows = session.execute(
        query.where(
            Village.municipality_code == municipality_code, Village.point.is_not(None)
        ).order_by(Village.code)
    ).all()
    points = shapely.from_wkb([point for point, _ in rows])
    return [VillageDot(point, kind) for point, (_, kind) in zip(points, rows, strict=True)]


def _shape(code: str, name: str, point: Shape | None, area: Shape | None) -> VillageShape:
    return VillageShape(
        code,
        name,
        None if point is None else loaded(point),
        None if area is None else loaded(area),
    )
