"""The open service points and the strategic node that lie nearest to a place, on a day."""

from dataclasses import dataclass
from datetime import date

from shapely.geometry.base import BaseGeometry
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.database.spatial import distance, of_wkb
from outreach.places.queries.names import MUNICIPALITY_NAME
from outreach.places.queries.services import ServiceFilter, nodes_query, service_points_query
from outreach.places.service_models import ServicePoint, StrategicNode
from outreach.places.service_rules import ServiceKind
from outreach.places.shapes import to_bytes

_ALL = ServiceFilter()
_HERE = "here"


@dataclass(frozen=True, slots=True)
class Nearest:
    """A service point or, where the kind is None, a strategic node; metres as the crow flies."""

    kind: ServiceKind | None
    name: str
    municipality_name: str
    metres: float


def nearest(session: Session, place: BaseGeometry, *, on: date) -> list[Nearest]:
    """The nearest point of each kind, in the order of the kinds, and then the nearest node."""
    here = {_HERE: to_bytes(place)}
    metres = distance(ServicePoint.point.expression, of_wkb(_HERE))
    ranked = (
        service_points_query(_ALL, on, None)
        .with_only_columns(
            ServicePoint.kind,
            ServicePoint.name,
            MUNICIPALITY_NAME.label("municipality_name"),
            metres.label("metres"),
            func.row_number()
            .over(partition_by=ServicePoint.kind, order_by=(metres, ServicePoint.code))
            .label("place"),
        )
        .subquery()
    )
    of_kinds = select(
        ranked.c.kind, ranked.c.name, ranked.c.municipality_name, ranked.c.metres
    ).where(ranked.c.place == 1)
    found = {kind: Nearest(kind, *rest) for kind, *rest in session.execute(of_kinds, here)}
    far = distance(StrategicNode.point.expression, of_wkb(_HERE))
    node = session.execute(
        nodes_query(_ALL, on, None)
        .with_only_columns(StrategicNode.name, MUNICIPALITY_NAME, far)
        .order_by(far, StrategicNode.node)
        .limit(1),
        here,
    ).one_or_none()
    services = [found[kind] for kind in ServiceKind if kind in found]
    return services if node is None else [*services, Nearest(None, *node)]
