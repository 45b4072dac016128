"""What the readers of the various files of places have in common: entries and what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from outreach.files.faults import Fault, fault
from outreach.files.fields import Fields
from outreach.files.table import Row, Table
from outreach.places.rules import checked_municipality, checked_name, looks_garbled
from outreach.places.shapes import Shapes, refuse_if_hopeless
from outreach.rules import RuleBroken

LONGEST_CODE = 60
LONGEST_NAME = 120
LONGEST_SOURCE = 120


class Entry(Protocol):
    """What every entry has: the row it came from and the code it is known by."""

    @property
    def row(self) -> int:
        """The row's number in the file."""
        ...

    @property
    def code(self) -> str:
        """The place's code."""
        ...


E = TypeVar("E", bound=Entry)


@dataclass(slots=True)
class Read(Generic[E]):
    """The entries of a file, its refused rows, and what to know about the rows that are taken."""

    entries: list[E] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)


class Notes:
    """Collects what there is to say about one row while it is read; dropped if it is refused."""

    def __init__(self, row: int) -> None:
        self._row = row
        self.taken: list[Fault] = []

    def warn(
        self, code: str, column: str | None = None, value: object = None, **facts: str | float
    ) -> None:
        """Note something that doesn't stop the row."""
        text = None if value is None else str(value)
        self.taken.append(Fault(code, self._row, column, text, facts))


def read_rows(table: Table, make: Callable[[Row, Notes], E], *, shapes: Shapes) -> Read[E]:
    """Make an entry of every row that isn't refused already; the same code twice is refused."""
    read: Read[E] = Read([], [*table.refused, *shapes.refused], list(shapes.warnings))
    refuse_if_hopeless(read.refused)
    already = {one.row for one in read.refused}
    first_rows: dict[str, int] = {}
    for row in table:
        if row.number in already:
            continue
        notes = Notes(row.number)
        try:
            entry = make(row, notes)
            if entry.code in first_rows:
                first = first_rows[entry.code]
                raise RuleBroken("", "code_twice", facts={"code": entry.code, "first": first})
        except RuleBroken as error:
            value = table.columns.quoted(row, error.field)
            read.refused.append(fault(row.number, error, value=value))
            refuse_if_hopeless(read.refused)
            continue
        first_rows[entry.code] = row.number
        read.entries.append(entry)
        read.warnings += notes.taken
    read.refused.sort(key=lambda one: one.row or 0)
    return read


def name_of(row: Row, fields: Fields, notes: Notes) -> str:
    """The place's name."""
    column = fields.written("name")
    name = checked_name(fields.text(row, "name"), column=column, longest=LONGEST_NAME)
    if looks_garbled(name):
        notes.warn("name_garbled", column, name)
    return name


def municipality_of(row: Row, fields: Fields, notes: Notes) -> str:
    """The code of the municipality, with the zero that a spreadsheet has eaten."""
    column, written = fields.written("municipality"), fields.text(row, "municipality")
    code, is_repaired = checked_municipality(written, column=column)
    if is_repaired:
        notes.warn("code_repaired", column, written, repaired=code)
    return code


def source_of(row: Row, fields: Fields) -> str:
    """Where the row says that its facts come from, blank where it doesn't."""
    text = fields.text(row, "source")
    if text:
        checked_name(text, column=fields.written("source"), longest=LONGEST_SOURCE)
    return text
