"""GeoJSON, feature by feature: points, polygons and multipolygons with their properties.

RFC 7946 says WGS 84; the older member `crs`, as map services write it, is believed when present.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from shapely.geometry.base import BaseGeometry

from outreach.files import rings
from outreach.files.budget import Budget
from outreach.files.crs import WGS84, Crs, from_name
from outreach.files.faults import Fault, FileRefused, fault
from outreach.files.json_cursor import Json, JsonCursor
from outreach.files.limits import COLUMNS, FEATURES, GEOJSON_BYTES, MEGABYTE, POINTS
from outreach.files.table import Columns, FileKind, Row, Table
from outreach.files.text import decode, header
from outreach.files.values import Cell, yes_or_no
from outreach.rules import RuleBroken


class _Reader:
    """Collects features, so that no more than one is held as parsed JSON at a time."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.names: dict[str, str] = {}
        self.rows: list[tuple[int, Mapping[str, Cell], BaseGeometry | None]] = []
        self.refused: list[Fault] = []
        self.points = 0

    def take(self, number: int, feature: Json) -> None:
        self.budget.check()
        if number > FEATURES:
            raise FileRefused("too_many_rows", largest=FEATURES)
        if not isinstance(feature, Mapping) or feature.get("type") != "Feature":
            self.refused.append(Fault("not_a_feature", number))
            return
        properties = feature.get("properties")
        cells = _cells(properties if isinstance(properties, Mapping) else {})
        for name in cells:
            self.names.setdefault(header(name), name)
        if len(self.names) > COLUMNS:
            raise FileRefused("too_many_columns", largest=COLUMNS)
        try:
            shape, points = _shape(feature.get("geometry"))
        except RuleBroken as error:
            self.refused.append(fault(number, error))
            return
        self.points += points
        if self.points > POINTS:
            raise FileRefused("too_many_points", largest=POINTS)
        self.rows.append((number, {header(name): value for name, value in cells.items()}, shape))

    def table(self, crs: Crs | None, encoding: str) -> Table:
        columns = Columns.of(list(self.names.values()))
        keys = list(self.names)
        rows = [
            Row(number, [cells.get(key) for key in keys], shape)
            for number, cells, shape in self.rows
        ]
        return Table(
            kind=FileKind.GEOJSON,
            columns=columns,
            rows=rows,
            encoding=encoding,
            crs=crs,
            refused=tuple(self.refused),
        )


def read(data: bytes, *, budget: Budget) -> Table:
    """The features of a FeatureCollection; the first feature is row 1."""
    if len(data) > GEOJSON_BYTES:
        raise FileRefused("too_large_file", megabytes=GEOJSON_BYTES // MEGABYTE)
    decoded = decode(data)
    reader = _Reader(budget)
    members = _members(decoded.text, reader)
    if members.get("type") != "FeatureCollection" or "features" not in members:
        raise FileRefused("not_a_feature_collection")
    return reader.table(_crs(members.get("crs")), decoded.encoding)


def _members(text: str, reader: _Reader) -> dict[str, Json]:
    """The members of the outermost object; those of `features` go to the reader one by one."""
    members: dict[str, Json] = {}
    cursor = JsonCursor(text)
    for name in cursor.names():
        if name in members:
            raise FileRefused("json_broken")
        if name == "features":
            if not cursor.is_at("["):
                raise FileRefused("not_a_feature_collection")
            members[name] = None
            for number, feature in enumerate(cursor.items(), start=1):
                reader.take(number, feature)
        else:
            members[name] = cursor.value()
    cursor.end()
    return members


def _crs(member: Json) -> Crs | None:
    if member is None:
        return WGS84
    properties = member.get("properties") if isinstance(member, Mapping) else None
    name = properties.get("name") if isinstance(properties, Mapping) else None
    found = from_name(name) if isinstance(name, str) else None
    if found is None:
        raise FileRefused("crs_unknown", name=str(name)[:80])
    return found


def _cells(properties: Mapping[str, Json]) -> dict[str, Cell]:
    return {
        name: yes_or_no(value) if isinstance(value, bool) else value
        for name, value in properties.items()
        if isinstance(value, str | int | float | None)
    }


def _shape(geometry: Json) -> tuple[BaseGeometry | None, int]:
    """The geometry and how many points it has; None for a feature without one."""
    if geometry is None:
        return None, 0
    if not isinstance(geometry, Mapping):
        raise RuleBroken("geometry", "geometry_broken")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    try:
        if kind == "Point":
            east, north = _ring([coordinates])[0]
            return rings.point(float(east), float(north)), 1
        if kind in {"Polygon", "MultiPolygon"}:
            parts = [
                [_ring(ring) for ring in _list(part)]
                for part in _list([coordinates] if kind == "Polygon" else coordinates)
            ]
            return rings.polygons(parts), sum(len(ring) for part in parts for ring in part)
    except (TypeError, ValueError, OverflowError) as error:
        if isinstance(error, RuleBroken):
            raise
        raise RuleBroken("geometry", "geometry_broken") from error
    raise RuleBroken("geometry", "geometry_kind", facts={"kind": str(kind)[:40]})


def _list(value: Json) -> Sequence[Json]:
    if not isinstance(value, list):
        raise RuleBroken("geometry", "geometry_broken")
    return value


def _ring(positions: Json) -> rings.Ring:
    """Positions as rows of two numbers; a height is left out."""
    flat = [number for position in _list(positions) for number in _list(position)[:2]]
    if not all(type(number) in (int, float) for number in flat):
        raise RuleBroken("geometry", "geometry_broken")
    return np.array(flat, dtype=np.float64).reshape(len(_list(positions)), 2)
