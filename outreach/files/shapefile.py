"""Shapefiles: points and polygons of a .shp beside the table of its .dbf.

Read here rather than by GDAL (ADR 13): every length is checked before it is used, a web process
stays small, and row numbers and letters are ours to keep right.
"""

import struct

import numpy as np
from shapely.geometry.base import BaseGeometry

from outreach.files import dbf, rings
from outreach.files.budget import Budget
from outreach.files.crs import Crs, from_wkt
from outreach.files.faults import Fault, FileRefused, fault
from outreach.files.limits import POINTS, RINGS, ROWS
from outreach.files.table import Columns, FileKind, Row, Table
from outreach.rules import RuleBroken

_HEADER, _RECORD_HEADER = 100, 8
_POINT_BYTES = 16
_FILE_CODE = 9994
_NULL = 0
_POINTS = frozenset({1, 11, 21})
_POLYGONS = frozenset({5, 15, 25})


def read(
    shp: bytes,
    table: bytes,
    *,
    budget: Budget,
    prj: str | None,
    cpg: str | None = None,
    encoding: str | None = None,
) -> Table:
    """The features; the first is row 1. Rows deleted in the table are left out but counted."""
    attributes = dbf.read(table, cpg=cpg, encoding=encoding)
    contents = _contents(shp)
    if len(contents) != len(attributes.rows):
        raise FileRefused("shapefile_uneven", shapes=len(contents), table_rows=len(attributes.rows))
    if len(shp) // _POINT_BYTES > POINTS or sum(map(_ring_count, contents)) > RINGS:
        raise FileRefused("too_many_points", largest=POINTS)
    rows: list[Row] = []
    refused: list[Fault] = []
    for number, (content, cells) in enumerate(zip(contents, attributes.rows, strict=True), start=1):
        if cells is None:
            continue
        budget.check()
        try:
            rows.append(Row(number, cells, _shape(content)))
        except RuleBroken as error:
            refused.append(fault(number, error))
    columns = Columns.of(attributes.names)
    return Table(
        kind=FileKind.SHAPEFILE,
        columns=columns,
        rows=rows,
        encoding=attributes.encoding,
        crs=_crs(prj),
        refused=tuple(refused),
    )


def _crs(prj: str | None) -> Crs | None:
    if prj is None or not prj.strip():
        return None
    found = from_wkt(prj)
    if found is None:
        raise FileRefused("crs_unknown", name=prj.strip()[:80])
    return found


def _contents(shp: bytes) -> list[bytes]:
    """The bytes of each record, in the file's order."""
    if len(shp) < _HEADER or struct.unpack_from(">i", shp)[0] != _FILE_CODE:
        raise FileRefused("shp_broken")
    contents: list[bytes] = []
    at = _HEADER
    while at + _RECORD_HEADER <= len(shp):
        size = 2 * struct.unpack_from(">i", shp, at + 4)[0]
        start = at + _RECORD_HEADER
        if size < 4 or start + size > len(shp):
            raise FileRefused("shp_broken")
        contents.append(shp[start : start + size])
        if len(contents) > ROWS:
            raise FileRefused("too_many_rows", largest=ROWS)
        at = start + size
    return contents


def _shape(content: bytes) -> BaseGeometry | None:
    kind = struct.unpack_from("<i", content)[0]
    if kind == _NULL:
        return None
    try:
        if kind in _POINTS:
            return rings.point(*struct.unpack_from("<dd", content, 4))
        if kind in _POLYGONS:
            return rings.assembled(_rings(content))
    except struct.error as error:
        raise RuleBroken("geometry", "geometry_broken") from error
    raise RuleBroken("geometry", "geometry_kind", facts={"kind": kind})


def _ring_count(content: bytes) -> int:
    """What a polygon's record says; a record that is none says nothing."""
    is_polygon = len(content) >= 44 and struct.unpack_from("<i", content)[0] in _POLYGONS
    return max(0, int(struct.unpack_from("<i", content, 36)[0])) if is_polygon else 0


def _rings(content: bytes) -> list[rings.Ring]:
    parts, points = struct.unpack_from("<ii", content, 36)
    start = 44 + 4 * parts
    if parts < 1 or points < 1 or start + 16 * points > len(content):
        raise RuleBroken("geometry", "geometry_broken")
    starts = np.frombuffer(content, "<i4", parts, 44)
    ends = np.append(starts[1:], points)
    if starts[0] != 0 or (ends <= starts).any():
        raise RuleBroken("geometry", "geometry_broken")
    coordinates = np.frombuffer(content, "<f8", 2 * points, start).reshape(points, 2)
    return [coordinates[begin:end] for begin, end in zip(starts, ends, strict=True)]
