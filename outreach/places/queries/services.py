"""Service points and strategic nodes as they stand on a day: in lists, and where they lie."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import shapely
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from outreach.database.ordering import contains, swedish_order
from outreach.database.spatial import wkb
from outreach.places.models import Municipality
from outreach.places.queries.names import MUNICIPALITY_NAME
from outreach.places.service_models import ServicePoint, StrategicNode
from outreach.places.service_rules import NodeProperty, ServiceKind, has_full_range
from outreach.web.paging import Paging


@dataclass(frozen=True, slots=True)
class ServiceFilter:
    """What a list is narrowed down to; blank and None leave everything in."""

    text: str = ""
    municipality_code: str = ""
    kind: ServiceKind | None = None


@dataclass(frozen=True, slots=True)
class ServicePointRow:
    """A service point; `east` and `north` are metres in SWEREF 99 TM."""

    id: int
    code: str
    name: str
    municipality_code: str
    municipality_name: str
    kind: ServiceKind
    opened: date | None
    closed: date | None
    east: float
    north: float
    source: str

    @property
    def version(self) -> int:
        """What an edit is begun on."""
        return _version(self)


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A strategic node by its newest assessment of the day."""

    id: int
    code: str
    name: str
    municipality_code: str
    municipality_name: str
    assessed_on: date
    properties: Sequence[bool | None]
    east: float
    north: float
    source: str

    @property
    def has_full_range(self) -> bool | None:
        """Whether at least four of the six are there."""
        return has_full_range(self.properties)

    @property
    def present(self) -> int:
        """How many of the six are known to be there."""
        return sum(one is True for one in self.properties)

    @property
    def version(self) -> int:
        """What an edit is begun on."""
        return _version(self)


def _version(row: ServicePointRow | NodeRow) -> int:
    """Stands for all that a row says, as files write these rows too and count no versions."""
    return zlib.crc32(repr(row).encode()) % 10**9


def service_points(
    session: Session,
    wanted: ServiceFilter,
    *,
    paging: Paging | None = None,
    on: date | None = None,
    within: ColumnElement[bool] | None = None,
    only: int | None = None,
) -> list[ServicePointRow]:
    """The points that the filter finds, closed ones as well, by name.

    `on` leaves only those open on that day; `within` is a condition on the municipality; `only` is
    the id of one.
    """
    query = service_points_query(wanted, on, within).with_only_columns(
        ServicePoint.id,
        ServicePoint.code,
        ServicePoint.name,
        ServicePoint.municipality_code,
        MUNICIPALITY_NAME,
        ServicePoint.kind,
        ServicePoint.opened,
        ServicePoint.closed,
        wkb(ServicePoint.point.expression),
        ServicePoint.source,
    )
    query = query.order_by(
        swedish_order(ServicePoint.name.expression), ServicePoint.kind, ServicePoint.code
    )
    if only is not None:
        query = query.where(ServicePoint.id == only)
    if paging is not None:
        query = query.limit(paging.size).offset(paging.offset)
    return [
        ServicePointRow(
            key, code, name, municipality, called, kind, opened, closed, *_at(point), source
        )
        for key, code, name, municipality, called, kind, opened, closed, point, source in (
            session.execute(query)
        )
    ]


def count_service_points(session: Session, wanted: ServiceFilter) -> int:
    """How many points the filter finds."""
    found = service_points_query(wanted, None, None).with_only_columns(func.count())
    return session.scalars(found).one()


def nodes(
    session: Session,
    wanted: ServiceFilter,
    *,
    on: date,
    paging: Paging | None = None,
    within: ColumnElement[bool] | None = None,
    only: int | None = None,
) -> list[NodeRow]:
    """The nodes that were assessed on the day or before, each by its newest assessment.

    `only` is the id of one of those assessments.
    """
    query = nodes_query(wanted, on, within).with_only_columns(
        StrategicNode.id,
        StrategicNode.node,
        StrategicNode.name,
        StrategicNode.municipality_code,
        MUNICIPALITY_NAME,
        StrategicNode.assessed_on,
        wkb(StrategicNode.point.expression),
        StrategicNode.source,
        *(getattr(StrategicNode, one.value) for one in NodeProperty),
    )
    query = query.order_by(swedish_order(StrategicNode.name.expression), StrategicNode.node)
    if only is not None:
        query = query.where(StrategicNode.id == only)
    if paging is not None:
        query = query.limit(paging.size).offset(paging.offset)
    return [
        NodeRow(key, code, name, municipality, called, day, tuple(properties), *_at(point), source)
        for key, code, name, municipality, called, day, point, source, *properties in (
            session.execute(query)
        )
    ]


def count_nodes(session: Session, wanted: ServiceFilter, *, on: date) -> int:
    """How many nodes the filter finds."""
    return session.scalars(nodes_query(wanted, on, None).with_only_columns(func.count())).one()


def municipalities_served(session: Session) -> list[tuple[str, str]]:
    """The municipalities that have a service point or a node, in Swedish order."""
    query = (
        select(Municipality.code, MUNICIPALITY_NAME)
        .where(
            or_(
                Municipality.code.in_(select(ServicePoint.municipality_code)),
                Municipality.code.in_(select(StrategicNode.municipality_code)),
            )
        )
        .order_by(swedish_order(Municipality.name), Municipality.code)
    )
    return [(code, name) for code, name in session.execute(query)]


def service_points_query(
    wanted: ServiceFilter, on: date | None, within: ColumnElement[bool] | None
) -> Select[int]:
    """The points of `service_points`, each with its municipality, for any columns of both."""
    point = ServicePoint
    query = (
        select(point.id)
        .join(Municipality, Municipality.code == point.municipality_code)
        .where(*_narrowed(wanted, point.name.expression, within))
    )
    if wanted.kind is not None:
        query = query.where(point.kind == wanted.kind)
    if on is not None:
        query = query.where(
            or_(point.opened.is_(None), point.opened <= on),
            or_(point.closed.is_(None), point.closed > on),
        )
    return query


def nodes_query(wanted: ServiceFilter, on: date, within: ColumnElement[bool] | None) -> Select[int]:
    """The nodes of `nodes`, each with its municipality, for any columns of both."""
    newest = (
        select(StrategicNode.node, func.max(StrategicNode.assessed_on).label("day"))
        .where(StrategicNode.assessed_on <= on)
        .group_by(StrategicNode.node)
        .subquery()
    )
    return (
        select(StrategicNode.id)
        .join(
            newest,
            (newest.c.node == StrategicNode.node) & (newest.c.day == StrategicNode.assessed_on),
        )
        .join(Municipality, Municipality.code == StrategicNode.municipality_code)
        .where(*_narrowed(wanted, StrategicNode.name.expression, within))
    )


def _narrowed(
    wanted: ServiceFilter, name: ColumnElement[str], within: ColumnElement[bool] | None
) -> list[ColumnElement[bool]]:
    conditions = [] if within is None else [within]
    if wanted.text:
        conditions.append(contains(name, wanted.text))
    if wanted.municipality_code:
        conditions.append(Municipality.code == wanted.municipality_code)
    return conditions


def _at(point: bytes | None) -> tuple[float, float]:
    shape = shapely.from_wkb(point)
    return shapely.get_x(shape).item(), shapely.get_y(shape).item()
