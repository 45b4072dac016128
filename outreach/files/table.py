"""A file's rows, whatever kind of file they came from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from shapely.geometry.base import BaseGeometry

from outreach.files.crs import Crs
from outreach.files.faults import Fault, FileRefused
from outreach.files.limits import COLUMNS
from outreach.files.text import header
from outreach.files.values import Cell


class FileKind(StrEnum):
    """What a file was found to be, by its first bytes and not by its name."""

    CSV = "csv"
    GEOJSON = "geojson"
    GEOPACKAGE = "geopackage"
    SHAPEFILE = "shapefile"


@dataclass(frozen=True, slots=True)
class Columns:
    """The header row: how each column is written and where it stands."""

    written: tuple[str, ...]
    positions: Mapping[str, int]

    @classmethod
    def of(cls, names: Sequence[str]) -> "Columns":
        """Columns by their names as compared; the same name twice is refused."""
        if len(names) > COLUMNS:
            raise FileRefused("too_many_columns", largest=COLUMNS)
        positions: dict[str, int] = {}
        for position, name in enumerate(names):
            compared = header(name)
            if compared in positions and compared:
                raise FileRefused("column_twice", column=name)
            positions.setdefault(compared, position)
        return cls(tuple(names), positions)

    def first_of(self, synonyms: Sequence[str]) -> str | None:
        """The first of these names that the file has, as compared."""
        return next((name for name in synonyms if name in self.positions), None)

    def as_written(self, name: str) -> str:
        """A column's name as the file writes it."""
        return self.written[self.positions[name]].strip()

    def quoted(self, row: "Row", written: str) -> Cell:
        """What stands in a row under a column by its written name; None where it has no such."""
        name = header(written)
        return row.cell(self, name) if name in self.positions else None


@dataclass(frozen=True, slots=True)
class Row:
    """One row or feature: its number, its cells in the file's order, its geometry as read."""

    number: int
    cells: Sequence[Cell]
    shape: BaseGeometry | None = None

    def cell(self, columns: Columns, name: str) -> Cell:
        """The content under a column; None where the row is shorter."""
        position = columns.positions[name]
        return self.cells[position] if position < len(self.cells) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Everything read from a file. `refused` are rows that couldn't be read at all.

    Shapes are in the file's own coordinates; `crs` is what the file says they are, None where it
    says nothing.
    """

    kind: FileKind
    columns: Columns
    rows: Sequence[Row]
    encoding: str
    crs: Crs | None = None
    refused: Sequence[Fault] = field(default_factory=tuple)

    @property
    def has_shapes(self) -> bool:
        """Whether this kind of file carries geometries of its own."""
        return self.kind is not FileKind.CSV

    def __iter__(self) -> Iterator[Row]:
        """The rows in the file's order."""
        return iter(self.rows)
