"""Well-known binary geometries, looked through before GEOS sees them.

GEOS before 3.15 ends the process on deeply nested collections. Only points, polygons and
collections of polygons are taken, which cannot nest, and every length is checked on the way.
"""

import struct

import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from outreach.files.limits import POINTS
from outreach.rules import RuleBroken

_POINT, _POLYGON, _MULTI_POLYGON = 1, 3, 6
_EXTENDED_Z, _EXTENDED_M, _EXTENDED_SRID = 0x80000000, 0x40000000, 0x20000000
_ORDERS = {0: ">", 1: "<"}


class _Cursor:
    """Where the scan stands in the bytes, never past their end."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def skip(self, size: int) -> None:
        if size < 0 or size > len(self.data) - self.at:
            raise RuleBroken("geometry", "geometry_broken")
        self.at += size

    def number(self, order: str) -> int:
        start = self.at
        self.skip(4)
        return int(struct.unpack_from(order + "I", self.data, start)[0])

    def order(self) -> str:
        start = self.at
        self.skip(1)
        if self.data[start] not in _ORDERS:
            raise RuleBroken("geometry", "geometry_broken")
        return _ORDERS[self.data[start]]


def shape_of(data: bytes) -> BaseGeometry:
    """The point, polygon or multipolygon of some bytes, in two dimensions."""
    cursor = _Cursor(data)
    _scan(cursor)
    try:
        shape: BaseGeometry = shapely.force_2d(shapely.from_wkb(data[: cursor.at]))
    except (ShapelyError, ValueError) as error:
        raise RuleBroken("geometry", "geometry_broken") from error
    if shape.is_empty:
        raise RuleBroken("geometry", "geometry_missing")
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        raise RuleBroken("geometry", "geometry_broken")
    return shape


def _scan(cursor: _Cursor) -> None:
    order, kind, dimensions = _head(cursor)
    if kind == _POINT:
        cursor.skip(8 * dimensions)
        return
    if kind == _POLYGON:
        _skip_rings(cursor, order, dimensions)
        return
    if kind != _MULTI_POLYGON:
        raise RuleBroken("geometry", "geometry_kind", facts={"kind": kind})
    for _ in range(cursor.number(order)):
        part_order, part, part_dimensions = _head(cursor)
        if part != _POLYGON:
            raise RuleBroken("geometry", "geometry_broken")
        _skip_rings(cursor, part_order, part_dimensions)


def _head(cursor: _Cursor) -> tuple[str, int, int]:
    """Byte order, kind without its dimension marks, and numbers a point."""
    order = cursor.order()
    kind = cursor.number(order)
    if kind & _EXTENDED_SRID:
        cursor.skip(4)
    extra = bool(kind & _EXTENDED_Z) + bool(kind & _EXTENDED_M)
    kind &= 0x0FFFFFFF
    thousands, kind = divmod(kind, 1000)
    if thousands > 3:
        raise RuleBroken("geometry", "geometry_broken")
    return order, kind, 2 + extra + (0, 1, 1, 2)[thousands]


def _skip_rings(cursor: _Cursor, order: str, dimensions: int) -> None:
    for _ in range(cursor.number(order)):
        points = cursor.number(order)
        if points > POINTS:
            raise RuleBroken("geometry", "too_many_points", facts={"largest": POINTS})
        cursor.skip(points * dimensions * 8)
