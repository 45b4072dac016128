"""What can lie on the map besides villages: associations' areas, service points and nodes."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from outreach.associations.models import Association, ServedVillage
from outreach.database.ordering import swedish_order
from outreach.database.spatial import Shape, wkb
from outreach.gap.marks import Mark, Overlay, Sign
from outreach.gap.queries.shapes import within_municipalities
from outreach.gap.rules import Area
from outreach.places.models import Municipality, Village
from outreach.places.queries.services import ServiceFilter, nodes, service_points
from outreach.places.service_rules import ServiceKind

AROUND_METRES = 700.0
"""How far an association's area is drawn around the villages it serves."""


@dataclass(frozen=True, slots=True)
class ServedArea:
    """An association and the ground around the villages it serves, in metres east and north."""

    association_id: int
    name: str
    shape: BaseGeometry

    @property
    def rings(self) -> list[list[tuple[float, float]]]:
        """The outlines."""
        parts = getattr(self.shape, "geoms", None) or [self.shape]
        return [[(x, y) for x, y in part.exterior.coords] for part in parts]


def served_areas(session: Session, area: Area, *, on: date) -> list[ServedArea]:
    """The associations that serve a village of the area on a date, by name.

    The area is drawn from the served villages: nobody has told where the network itself lies.
    """
    served = ServedVillage
    rows = session.execute(
        select(Association.id, Association.name, _wkb(Village.area), _wkb(Village.point))
        .join(served, served.association_id == Association.id)
        .join(Village, Village.id == served.village_id)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(
            within_municipalities(area),
            served.valid_from <= on,
            or_(served.valid_to.is_(None), served.valid_to > on),
        )
        .order_by(swedish_order(Association.name), Association.id)
    )
    names: dict[int, str] = {}
    shapes: Mapping[int, list[bytes]] = defaultdict(list)
    for number, name, polygon, point in rows:
        names[number] = name
        if (shape := polygon or point) is not None:
            shapes[number].append(shape)
    return [ServedArea(number, names[number], _around(found)) for number, found in shapes.items()]


def marks(session: Session, area: Area, overlays: Collection[Overlay], *, on: date) -> list[Mark]:
    """The service points open on a date and the nodes known on it, nodes last and so on top.

    What one name offers in one place is one sign.
    """
    within = within_municipalities(area)
    found: list[Mark] = []
    if Overlay.SERVICES in overlays:
        together: dict[tuple[str, float, float], list[ServiceKind]] = defaultdict(list)
        for point in service_points(session, ServiceFilter(), on=on, within=within):
            together[point.name, point.east, point.north].append(point.kind)
        found += [
            Mark(Sign.SERVICE, name, kinds, (east, north))
            for (name, east, north), kinds in together.items()
        ]
    if Overlay.NODES in overlays:
        found += [
            Mark(
                Sign.FULL_NODE if node.has_full_range else Sign.NODE,
                node.name,
                (),
                (node.east, node.north),
            )
            for node in nodes(session, ServiceFilter(), on=on, within=within)
        ]
    return found


def _wkb(column: object) -> ColumnElement[bytes | None]:
    # A mapped attribute is a column element, which its type does not say.
    return wkb(cast("ColumnElement[Shape | None]", column))


def _around(shapes: Sequence[bytes]) -> BaseGeometry:
    together = shapely.union_all(shapely.from_wkb(list(shapes)))
    return shapely.simplify(shapely.buffer(shapely.convex_hull(together), AROUND_METRES), 60)
