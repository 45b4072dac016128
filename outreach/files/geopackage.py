"""GeoPackages: a SQLite file from a stranger, opened so that it can run and change nothing."""

import sqlite3
import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
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
_WKB_HEAD = 5
_POINT_HEADS = frozenset(struct.pack("<BI", 1, kind) for kind in (1, 1001, 2001, 3001))
"""What stands before a point's numbers with the least byte first, in all dimensions."""
_LONGEST_POINT, _LONGEST_NUMBER = 200, 60
"""Bytes of a blob and signs of a text that no point and no number comes near."""
_EMPTY, _EXTENDED = 0b10000, 0b100000
_STANDARD_TRIGGERS = (
    "rtree_",
    "trigger_insert_feature_count_",
    "trigger_delete_feature_count_",
    "gpkg_",
)


@dataclass(frozen=True, slots=True)
class Layer:
    """The file's only layer of features, while it is open; `crs` is None where it is undefined."""

    database: sqlite3.Connection
    table: str
    geometry: str
    crs: Crs | None
    columns: Columns
    flags: frozenset[str]
    """The columns of yes and no, whose 1 and 0 are read as such and not as numbers."""

    def features(self) -> sqlite3.Cursor:
        """Each feature's geometry as its blob, and all its columns, in the file's order."""
        return self._select(map(self._cell, (self.geometry, *self.columns.written)))

    def points(self, names: Sequence[str]) -> sqlite3.Cursor:
        """The same of some columns, for points with numbers.

        What is longer than any is cut off, so that many features may be held at once.
        """
        return self._select(_short(self._cell(name)) for name in (self.geometry, *names))

    def _cell(self, name: str) -> str:
        column = _quoted(name)
        if name not in self.flags:
            return column
        return f"CASE {column} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE {column} END"

    def _select(self, columns: Iterable[str]) -> sqlite3.Cursor:
        return self.database.execute(
            f"SELECT {', '.join(columns)} FROM {_quoted(self.table)} ORDER BY rowid"
        )


@contextmanager
def opened(path: Path, *, budget: Budget) -> Iterator[Layer]:
    """The file's layer, for as long as the caller reads from it. Raises FileRefused."""
    if path.stat().st_size > GEOPACKAGE_BYTES:
        raise FileRefused("too_large_file", megabytes=GEOPACKAGE_BYTES // MEGABYTE)
    try:
        with _opened(path, budget) as database:
            _check(database)
            yield _layer(database)
    except sqlite3.OperationalError as error:
        code = "too_slow" if "interrupt" in str(error) else "geopackage_broken"
        raise FileRefused(code) from error
    except (sqlite3.Error, UnicodeDecodeError, OverflowError) as error:
        raise FileRefused("geopackage_broken") from error


def read(path: Path, *, budget: Budget) -> Table:
    """The features of the file's only layer of features; the first is row 1."""
    with opened(path, budget=budget) as layer:
        return _table(layer, budget)


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


def _layer(database: sqlite3.Connection) -> Layer:
    found = database.execute(
        "SELECT c.table_name, g.column_name, s.organization, s.organization_coordsys_id,"
        " s.definition FROM gpkg_contents c JOIN gpkg_geometry_columns g USING (table_name)"
        " LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id"
        " WHERE c.data_type = 'features' ORDER BY c.table_name LIMIT 5"
    ).fetchall()
    if len(found) != 1:
        listed = ", ".join(str(row[0])[:40] for row in found)
        raise FileRefused("geopackage_layers", count=len(found), names=listed)
    table, geometry = str(found[0][0]), str(found[0][1])
    organisation, code, definition = found[0][2:]
    schema = database.execute(
        "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,)
    ).fetchone()
    if schema is None or not str(schema[0]).upper().startswith("CREATE TABLE"):
        raise FileRefused("geopackage_broken")
    declared = {
        str(row[1]): str(row[2]).upper()
        for row in database.execute(f"PRAGMA table_info({_quoted(table)})")
        if str(row[1]).casefold() != geometry.casefold()
    }
    crs = _crs(str(organisation), code, str(definition))
    flags = frozenset(name for name, kind in declared.items() if kind == "BOOLEAN")
    return Layer(database, table, geometry, crs, Columns.of(list(declared)), flags)


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


def _table(layer: Layer, budget: Budget) -> Table:
    names = layer.columns.written
    rows: list[Row] = []
    refused: list[Fault] = []
    points = 0
    for number, (blob, *values) in enumerate(layer.features(), start=1):
        budget.check()
        points += len(blob or b"") // _POINT_BYTES
        _check_size(number, len(names), points)
        try:
            rows.append(Row(number, [cell_of(value) for value in values], shape_of(blob)))
        except RuleBroken as error:
            refused.append(fault(number, error))
    return Table(
        kind=FileKind.GEOPACKAGE,
        columns=layer.columns,
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


def cell_of(value: object) -> Cell:
    """What stands in a column. Raises RuleBroken."""
    if isinstance(value, str):
        if len(value) > CELL_CHARACTERS or "\0" in value:
            raise RuleBroken("", "cell_unreadable")
        return value
    return value if isinstance(value, int | float) else None


def shape_of(blob: object) -> BaseGeometry | None:
    """The geometry behind the GeoPackage's own header; None where there is none.

    Raises RuleBroken.
    """
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


def plain_points(blobs: Sequence[bytes]) -> NDArray[np.float64] | None:
    """Rows of (x, y) where all blobs are points written alike, with heights or not; else None."""
    if len(blobs[0]) < _BLOB_HEADER + _WKB_HEAD + _POINT_BYTES or blobs[0][:2] != b"GP":
        return None
    if blobs[0][3] & (_EMPTY | _EXTENDED) or (blobs[0][3] >> 1) & 0b111 >= len(_ENVELOPE_BYTES):
        return None
    at = _BLOB_HEADER + _ENVELOPE_BYTES[(blobs[0][3] >> 1) & 0b111]
    head = blobs[0][at : at + _WKB_HEAD]
    if head not in _POINT_HEADS or len({len(blob) for blob in blobs}) != 1:
        return None
    signs = np.frombuffer(b"".join(blobs), dtype=np.uint8).reshape(len(blobs), -1)
    alike = signs[:, [*range(_BLOB_HEADER), *range(at, at + _WKB_HEAD)]]
    found = signs[:, at + _WKB_HEAD : at + _WKB_HEAD + _POINT_BYTES].copy().view("<f8")
    return found if (alike == alike[0]).all() and np.isfinite(found).all() else None


def _short(column: str) -> str:
    return (
        f"CASE typeof({column}) WHEN 'blob' THEN substr({column}, 1, {_LONGEST_POINT})"
        f" WHEN 'text' THEN substr({column}, 1, {_LONGEST_NUMBER}) ELSE {column} END"
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
