"""Address points of a file, some at a time, so that a file of any length takes the same memory."""

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import shapely

from outreach.addresses.columns import Layout, layout_of
from outreach.addresses.numbers import Dialect, Numbers, plain_numbers
from outreach.addresses.rules import Refusal
from outreach.files import geopackage
from outreach.files.budget import Budget
from outreach.files.crs import Crs
from outreach.files.csv_rows import DELIMITERS, outside_quotes, stated_delimiter
from outreach.files.faults import FileRefused
from outreach.files.limits import SHEET_WORK_SECONDS
from outreach.files.table import Columns
from outreach.files.text import header
from outreach.files.values import Cell, coordinate_of, count_of, text_of
from outreach.rules import RuleBroken

BLOCK_BYTES = 1024 * 1024
HEADER_BYTES = 64 * 1024
YES = frozenset({"ja", "j", "yes", "y", "x", "true", "sant"})
NO = frozenset({"nej", "n", "no", "false", "falskt"})
FEATURES_A_TIME = 20_000
FEATURES_WORK_SECONDS = 120.0
"""Processor time for a GeoPackage of any length, with the counting of its points."""
Cells: TypeAlias = Sequence[Cell]
_SQLITE, _ZIP = b"SQLite format 3\0", b"PK"


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows as columns of numbers.

    `rows` are their numbers as a spreadsheet counts. `coordinates` are (east, north) or (longitude,
    latitude) in the file's system. A count that is infinite stands for "yes": all its dwellings.
    """

    rows: np.ndarray
    coordinates: Numbers
    counts: Mapping[str, Numbers]
    refused: Sequence[Refusal]
    bytes_read: int


@dataclass(frozen=True, slots=True)
class AddressFile:
    """An opened file: where its columns stand, its coordinate system if it says one."""

    path: Path
    layout: Layout
    crs: Crs | None
    dialect: Dialect | None
    header_bytes: int = 0
    first_row: int = 2

    def batches(self) -> Iterator[Batch]:
        """The rows in the file's order. Raises FileRefused where it can't be read on."""
        return _csv_batches(self) if self.dialect else _feature_batches(self)


def open_addresses(path: Path) -> AddressFile:
    """Find out what a file is and what its columns hold. Raises FileRefused."""
    with path.open("rb") as file:
        start = file.read(HEADER_BYTES)
    if not start.strip():
        raise FileRefused("empty_file")
    if start.startswith(_SQLITE):
        with geopackage.opened(path, budget=Budget(SHEET_WORK_SECONDS)) as layer:
            return AddressFile(path, layout_of(layer.columns, has_points=True), layer.crs, None)
    if start.startswith(_ZIP) or b"\0" in start:
        raise FileRefused("not_an_address_file")
    if b"\r" in start and b"\n" not in start:
        raise FileRefused("line_ends")
    encoding = _encoding(start)
    lines = start.decode("utf-8-sig" if encoding == "utf-8" else encoding, "replace").split("\n")
    at = next(at for at, line in enumerate(lines) if line.strip())
    first = lines[at].strip("\r ")
    stated = stated_delimiter(first)
    if stated and len(lines) > at + 1:
        at += 1
        first = lines[at].rstrip("\r")
    delimiter = stated or max(DELIMITERS, key=lambda sign: outside_quotes(first, sign))
    names = next(csv.reader([first], delimiter=delimiter), [])
    layout = layout_of(Columns.of(names), has_points=False)
    header_bytes = sum(len(line) + 1 for line in start.split(b"\n")[: at + 1])
    dialect = Dialect(delimiter, encoding)
    return AddressFile(path, layout, layout.crs, dialect, header_bytes, first_row=at + 2)


def _encoding(start: bytes) -> str:
    """UTF-8 unless the beginning says otherwise; a letter cut at its end says nothing."""
    try:
        start[: max(start.rfind(b"\n"), 0)].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _csv_batches(file: AddressFile) -> Iterator[Batch]:
    layout, dialect = file.layout, file.dialect
    if dialect is None or layout.east is None or layout.north is None:
        raise FileRefused("not_an_address_file")
    whole = list(layout.counts.values())
    wanted = [layout.east, layout.north, *whole]
    row, read = file.first_row, file.header_bytes
    with file.path.open("rb") as opened:
        opened.seek(file.header_bytes)
        while block := _block(opened):
            read += len(block)
            numbers = plain_numbers(
                block, width=layout.width, dialect=dialect, wanted=wanted, whole=whole
            )
            if numbers is None:
                batch, row = _by_cells(block, layout, dialect, first=row, read=read)
                yield batch
                continue
            rows = np.arange(row, row + len(numbers))
            row += len(numbers)
            counts = {name: numbers[:, at] for at, name in enumerate(layout.counts, start=2)}
            yield Batch(rows, numbers[:, :2], counts, (), read)


def _block(opened: io.BufferedReader) -> bytes:
    """Whole rows: on to the end of the line, and of the cell where a quotation mark is open."""
    block = opened.read(BLOCK_BYTES)
    if block:
        block += opened.readline(HEADER_BYTES)
    while block.count(b'"') % 2 and (line := opened.readline(HEADER_BYTES)):
        block += line
        if len(block) > 2 * BLOCK_BYTES:
            raise FileRefused("quotation_open")
    return block


def _by_cells(
    block: bytes, layout: Layout, dialect: Dialect, *, first: int, read: int
) -> tuple[Batch, int]:
    """A block whose rows are judged one by one, and the number of the row after it."""
    text = io.StringIO(block.decode(dialect.encoding, "replace"), newline="")
    cells_of = csv.reader(text, delimiter=dialect.delimiter, strict=True)
    positions = {"east": layout.east, "north": layout.north, **layout.counts}
    rows: list[int] = []
    values: list[list[float]] = []
    refused: list[Refusal] = []
    number = first - 1
    try:
        for number, cells in enumerate(cells_of, start=first):
            if not "".join(cells).strip():
                continue
            try:
                values.append(_row(cells, positions, layout))
                rows.append(number)
            except RuleBroken as broken:
                refused.append(_refusal(number, broken))
    except csv.Error as error:
        raise FileRefused("csv_broken", row=number + 1) from error
    columns = np.array(values, dtype=np.float64).reshape(len(values), len(positions))
    counts = {name: columns[:, at] for at, name in enumerate(layout.counts, start=2)}
    return Batch(np.array(rows, dtype=np.int64), columns[:, :2], counts, refused, read), number + 1


def _row(cells: Sequence[Cell], positions: Mapping[str, int | None], layout: Layout) -> list[float]:
    """Coordinates and counts of a row. Raises RuleBroken naming the column as written."""
    said = {
        name: cells[at] if at is not None and at < len(cells) else None
        for name, at in positions.items()
    }
    return _numbers(said, layout)


def _numbers(said: Mapping[str, Cell], layout: Layout) -> list[float]:
    """The numbers that cells say by what they tell. Raises RuleBroken naming the column."""
    found = []
    for name, cell in said.items():
        column = layout.written_name(name)
        if name in {"east", "north"}:
            found.append(_coordinate(cell, column))
        else:
            found.append(_whole(cell, column) if name == "dwellings" else _count(cell, column))
    return found


def _coordinate(cell: Cell, column: str) -> float:
    number = coordinate_of(cell, column=column)
    if number is None:
        raise RuleBroken(column, "missing")
    return number


def _count(cell: Cell, column: str) -> float:
    """A count; infinity for "yes", 0 for "no". A blank is neither: it says nothing."""
    word = header(text_of(cell))
    if word in YES | NO:
        return math.inf if word in YES else 0.0
    return _whole(cell, column)


def _whole(cell: Cell, column: str) -> float:
    number = count_of(cell, column=column)
    if number is None:
        raise RuleBroken(column, "missing")
    return float(number)


def _refusal(row: int, broken: RuleBroken) -> Refusal:
    return Refusal(row, broken.code, broken.field or None, broken.facts)


def _feature_batches(file: AddressFile) -> Iterator[Batch]:
    """The points of a GeoPackage, so many at a time."""
    names = [file.layout.written[at] for at in file.layout.counts.values()]
    row = 1
    with geopackage.opened(file.path, budget=Budget(FEATURES_WORK_SECONDS)) as layer:
        found = layer.points(names)
        while features := found.fetchmany(FEATURES_A_TIME):
            rows = np.arange(row, row + len(features))
            row += len(features)
            blobs, *columns = zip(*features, strict=True)
            counts = dict(zip(file.layout.counts, columns, strict=True))
            yield _plain(file, rows, blobs, counts) or _by_features(file, rows, blobs, counts)


def _plain(
    file: AddressFile, rows: np.ndarray, blobs: Sequence[object], counts: Mapping[str, Cells]
) -> Batch | None:
    """Features that are all points with whole numbers, at once; None where one isn't."""
    told = [blob for blob in blobs if isinstance(blob, bytes)]
    if len(told) < len(blobs) or any(
        type(cell) is not int for cells in counts.values() for cell in cells
    ):
        return None
    points = geopackage.plain_points(told)
    if points is None:
        return None
    numbers = {name: np.array(cells, dtype=np.float64) for name, cells in counts.items()}
    return Batch(rows, points, numbers, (), file.path.stat().st_size)


def _by_features(
    file: AddressFile, rows: np.ndarray, blobs: Sequence[object], counts: Mapping[str, Cells]
) -> Batch:
    """Features that are judged one by one."""
    refused: list[Refusal] = []
    kept: list[int] = []
    values: list[list[float]] = []
    for at, number in enumerate(rows.tolist()):
        try:
            shape = geopackage.shape_of(blobs[at])
            if shape is None or shape.geom_type != "Point":
                raise RuleBroken("", "not_a_point")
            said = {name: geopackage.cell_of(cells[at]) for name, cells in counts.items()}
            values.append(
                [*shapely.get_coordinates(shape)[0].tolist(), *_numbers(said, file.layout)]
            )
            kept.append(number)
        except RuleBroken as broken:
            refused.append(_refusal(number, broken))
    columns = np.array(values, dtype=np.float64).reshape(len(values), 2 + len(counts))
    sums = {name: columns[:, at] for at, name in enumerate(counts, start=2)}
    size = file.path.stat().st_size
    return Batch(np.array(kept, dtype=np.int64), columns[:, :2], sums, refused, size)
