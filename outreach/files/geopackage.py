"""GeoPackages: a SQLite file from a stranger, opened so that it can run and change nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from outreach.files import wkb
from outreach.files.budget import Budget
from outreach.files.crs import Crs, from_code, from_wkt
from outreach.files.faults import Fault, FileRefused, fault
from outreach.files.limits import (
    CELL_CHARACTERS,
    CELLS,
    GEOPACKAGE_BYTES,
    LONGEST_VALUE_BYTES,
    MEGABYTE,
    POINTS,
    ROWS,
)
from outreach.files.table import Columns, FileKind, Row, Table
from outreach.files.values import Cell
from outreach.rules import RuleBroken

_INSTRUCTIONS_BETWEEN_LOOKS = 50_000
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
_POINT_BYTES = 16
_BLOB_HEADER = 8
_EMPTY, _EXTENDED = 0b10000, 0b100000
_STANDARD_TRIGGERS = (
    "rtree_",
    "trigger_insert_feature_count_",
    "trigger_delete_feature_count_",
    "gpkg_",
)


@dataclass(frozen=True, slots=True)
class _Layer:
    table: str
    geometry: str
    crs: Crs | None


def read(path: Path, *, budget: Budget) -> Table:
    """The features of the file's only layer of features; the first is row 1."""
    if path.stat().st_size > GEOPACKAGE_BYTES:
        raise FileRefused("too_large_file", megabytes=GEOPACKAGE_BYTES // MEGABYTE)
    try:
        with _opened(path, budget) as database:
            _check(database)
            return _table(database, _layer(database), budget)
    except sqlite3.OperationalError as error:
        code = "too_slow" if "interrupt" in str(error) else "geopackage_broken"
        raise FileRefused(code) from error
    except (sqlite3.Error, UnicodeDecodeError, OverflowError) as error:
        raise FileRefused("geopackage_broken") from error


@contextmanager
def _opened(path: Path, budget: Budget) -> Iterator[sqlite3.Connection]:
    """Read-only and immutable; nothing in the schema is trusted; stopped after the budget."""
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as database:
        database.set_progress_handler(lambda: budget.is_spent, _INSTRUCTIONS_BETWEEN_LOOKS)
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE_BYTES)
        database.execute("PRAGMA trusted_schema = OFF")
        database.execute("PRAGMA query_only = ON")
        database.execute("PRAGMA cell_size_check = ON")
        yield database


def _check(database: sqlite3.Connection) -> None:
    """Refuse what isn't plain tables before anything is read from them.

    A view could run any query in place of a table. Triggers can't run in a file that isn't written
    to, and every GeoPackage has the standard's own; others have no business here.
    """
    if database.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise FileRefused("geopackage_broken")
    for kind, name in database.execute(
        "SELECT type, name FROM sqlite_schema WHERE type IN ('view', 'trigger')"
    ):
        if kind == "view" or not str(name).startswith(_STANDARD_TRIGGERS):
            raise FileRefused("geopackage_view", name=str(name)[:80])


def _layer(database: sqlite3.Connection) -> _Layer:
    found = database.execute(
        "SELECT c.table_name, g.column_name, s.organization, s.organization_coordsys_id,"
        " s.definition FROM gpkg_contents c JOIN gpkg_geometry_columns g USING (table_name)"
        " LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id"
        " WHERE c.data_type = 'features' ORDER BY c.table_name LIMIT 5"
    ).fetchall()
    if len(found) != 1:
        names = ", ".join(str(row[0])[:40] for row in found)
        raise FileRefused("geopackage_layers", count=len(found), names=names)
    table, geometry, organisation, code, definition = found[0]
    schema = database.execute(
        "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,)
    ).fetchone()
    if schema is None or not str(schema[0]).upper().startswith("CREATE TABLE"):
        raise FileRefused("geopackage_broken")
    return _Layer(str(table), str(geometry), _crs(str(organisation), code, str(definition)))


def _crs(organisation: str, code: object, definition: str) -> Crs | None:
    if organisation.upper() == "EPSG" and isinstance(code, int):
        found = from_code(code)
    elif definition.casefold() in {"undefined", "none", ""}:
        return None
    else:
        found = from_wkt(definition)
    if found is None:
        raise FileRefused("crs_unknown", name=f"{organisation}:{code}"[:80])
    return found


def _table(database: sqlite3.Connection, layer: _Layer, budget: Budget) -> Table:
    names = [
        str(row[1])
        for row in database.execute(f"PRAGMA table_info({_quoted(layer.table)})")
        if str(row[1]).casefold() != layer.geometry.casefold()
    ]
    columns = Columns.of(names)
    listed = ", ".join(_quoted(name) for name in (layer.geometry, *names))
    rows: list[Row] = []
    refused: list[Fault] = []
    points = 0
    found = database.execute(f"SELECT {listed} FROM {_quoted(layer.table)} ORDER BY rowid")
    for number, (blob, *values) in enumerate(found, start=1):
        budget.check()
        points += len(blob or b"") // _POINT_BYTES
        _check_size(number, len(names), points)
        try:
            rows.append(Row(number, [_cell(value) for value in values], _shape(blob)))
        except RuleBroken as error:
            refused.append(fault(number, error))
    return Table(
        kind=FileKind.GEOPACKAGE,
        columns=columns,
        rows=rows,
        encoding="utf-8",
        crs=layer.crs,
        refused=tuple(refused),
    )


def _check_size(rows: int, columns: int, points: int) -> None:
    if rows > ROWS or rows * columns > CELLS:
        raise FileRefused("too_many_rows", largest=ROWS)
    if points > POINTS:
        raise FileRefused("too_many_points", largest=POINTS)


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        if len(value) > CELL_CHARACTERS or "\0" in value:
            raise RuleBroken("", "cell_unreadable")
        return value
    return value if isinstance(value, int | float) else None


def _shape(blob: object) -> BaseGeometry | None:
    """The geometry behind the GeoPackage's own header; None where there is none."""
    if blob is None:
        return None
    if not isinstance(blob, bytes) or len(blob) < _BLOB_HEADER or blob[:2] != b"GP":
        raise RuleBroken("geometry", "geometry_broken")
    flags = blob[3]
    envelope = (flags >> 1) & 0b111
    if flags & _EXTENDED or envelope >= len(_ENVELOPE_BYTES):
        raise RuleBroken("geometry", "geometry_broken")
    if flags & _EMPTY:
        return None
    return wkb.shape_of(blob[_BLOB_HEADER + _ENVELOPE_BYTES[envelope] :])


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
