"""Spatial types and functions, written once for SpatiaLite and PostGIS."""

from typing import TypeAlias, cast

from geoalchemy2 import Geometry, WKBElement, WKTElement
from geoalchemy2.shape import from_shape, to_shape
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Boolean, ColumnElement, Float, LargeBinary, String, bindparam, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import NullType, TypeEngine

SWEREF99_TM = 3006
WGS84 = 4326

Shape: TypeAlias = WKBElement | WKTElement


def point_type() -> Geometry:
    """A point in SWEREF 99 TM, metres east and north."""
    return Geometry("POINT", srid=SWEREF99_TM)


def multipolygon_type() -> Geometry:
    """An area of one or more polygons in SWEREF 99 TM."""
    return Geometry("MULTIPOLYGON", srid=SWEREF99_TM)


def stored(shape: BaseGeometry) -> Shape:
    """A Shapely geometry in SWEREF 99 TM as a value for a geometry column."""
    return from_shape(shape, srid=SWEREF99_TM)


def loaded(value: Shape) -> BaseGeometry:
    """The Shapely geometry of a value read from a geometry column."""
    return to_shape(value)


def wkb(
    column: ColumnElement[Shape | None] | ColumnElement[Shape],
) -> ColumnElement[bytes | None]:
    """The geometry as well-known binary: far quicker to read in numbers than the mapped value."""
    return func.ST_AsBinary(column, type_=LargeBinary)


def of_wkb(parameter: str) -> ColumnElement[Shape | None]:
    """A geometry in SWEREF 99 TM from well-known binary that is bound under this name."""
    return func.ST_GeomFromWKB(bindparam(parameter, type_=LargeBinary), SWEREF99_TM)


def geojson(column: ColumnElement[object], *, digits: int = 6) -> ColumnElement[str]:
    """The geometry as GeoJSON text in WGS 84, longitude before latitude (RFC 7946)."""
    return func.ST_AsGeoJSON(func.ST_Transform(column, WGS84), digits, type_=String)


def simplified(column: ColumnElement[object], *, metres: float) -> ColumnElement[object]:
    """The geometry with detail under `metres` left out, still valid."""
    return func.ST_SimplifyPreserveTopology(column, metres)


def distance(
    a: ColumnElement[Shape] | ColumnElement[Shape | None],
    b: ColumnElement[Shape] | ColumnElement[Shape | None],
) -> ColumnElement[float]:
    """Metres between two geometries."""
    return func.ST_Distance(a, b, type_=Float)


class within_distance(GenericFunction[bool]):
    """True where two geometries are at most so many metres apart: `within_distance(a, b, metres)`.

    PostGIS answers from the spatial index; SpatiaLite has no ST_DWithin and measures.
    """

    type = Boolean()
    inherit_cache = True
    name = "within_distance"


@compiles(within_distance, "postgresql")
def _within_distance_postgis(element: within_distance, compiler: SQLCompiler, **kw: object) -> str:
    return f"ST_DWithin({compiler.process(element.clauses, **kw)})"


@compiles(within_distance, "sqlite")
def _within_distance_spatialite(
    element: within_distance, compiler: SQLCompiler, **kw: object
) -> str:
    a, b, metres = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"(ST_Distance({a}, {b}) <= {metres})"


class near_point(GenericFunction[bool]):
    """True where an indexed point column is at most so many metres from another point.

    `near_point(indexed, other, metres)`. Both databases look in the spatial index of the first;
    in metres of one plane, so that no distance on a globe is worked out for thousands of pairs.
    """

    # Of no type, as SQLAlchemy would write "= 1" after a boolean on SQLite and so hide the index.
    type = cast("TypeEngine[bool]", NullType())
    inherit_cache = True
    name = "near_point"


@compiles(near_point, "postgresql")
def _near_point_postgis(element: near_point, compiler: SQLCompiler, **kw: object) -> str:
    return f"ST_DWithin({compiler.process(element.clauses, **kw)})"


@compiles(near_point, "sqlite")
def _near_point_spatialite(element: near_point, compiler: SQLCompiler, **kw: object) -> str:
    indexed, *_ = element.clauses
    a, b, far = (compiler.process(clause, **kw) for clause in element.clauses)
    alias, _, column = a.rpartition(".")
    name = getattr(indexed.table, "element", indexed.table).name
    return (
        f"({alias}.ROWID IN (SELECT ROWID FROM SpatialIndex WHERE f_table_name = '{name}'"
        f" AND f_geometry_column = '{column}' AND search_frame = ST_Expand({b}, {far}))"
        f" AND ST_Distance({a}, {b}) <= {far})"
    )
