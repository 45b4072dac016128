"""Imports of reports: their states, what becomes of a row, and the columns a sheet may have."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

FILE_NAME_MAXIMUM = 120


class RunState(StrEnum):
    """Where an import stands, from the upload to the receipt, or to having been undone."""

    WAITING = "waiting"
    EXAMINING = "examining"
    UNREADABLE = "unreadable"
    NEEDS_COLUMNS = "needs_columns"
    EXAMINED = "examined"
    QUEUED = "queued"
    IMPORTING = "importing"
    IMPORTED = "imported"
    UNDONE = "undone"
    CANCELLED = "cancelled"


AT_WORK = frozenset({RunState.WAITING, RunState.EXAMINING, RunState.QUEUED, RunState.IMPORTING})
"""The program has something to do; the page waits."""
RECHECKED = frozenset({RunState.NEEDS_COLUMNS, RunState.EXAMINED})
"""The columns may be told anew."""


class RowOutcome(StrEnum):
    """What a row of the sheet is held against what the report says."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    REFUSED = "refused"


class Column(StrEnum):
    """What a column of a sheet can hold."""

    ASSOCIATION = "association"
    VILLAGE_CODE = "village_code"
    VILLAGE = "village"
    MUNICIPALITY = "municipality"
    DWELLING_TYPE = "dwelling_type"
    DWELLINGS = "dwellings"
    HOMES_PASSED = "homes_passed"
    CONNECTED = "connected"
    ACTIVE = "active"
    UNCHANGED = "unchanged"
    REASON = "reason"


COUNTS = (Column.DWELLINGS, Column.HOMES_PASSED, Column.CONNECTED, Column.ACTIVE)

SYNONYMS: Mapping[Column, tuple[str, ...]] = {
    Column.ASSOCIATION: (
        "association number", "föreningsnummer", "association id", "förenings-id", "förening-id",
        "organisation number", "organisationsnummer", "org.nr", "orgnr", "org nr",
        "association", "förening", "fiberförening", "byanät", "fibre association",
    ),
    Column.VILLAGE_CODE: (
        "village code", "ortskod", "bykod", "ortens kod", "byns kod", "tätortskod", "kod", "code",
    ),
    Column.VILLAGE: ("village", "ort", "by", "ortens namn", "ortnamn", "bynamn", "namn", "name"),
    Column.MUNICIPALITY: ("municipality", "kommun", "kommunkod", "kommunnamn", "municipality code"),
    Column.DWELLING_TYPE: ("dwelling type", "bostadstyp", "typ av bostad", "typ", "type"),
    Column.DWELLINGS: ("dwellings", "bostäder", "hushåll", "antal bostäder", "antal hushåll"),
    Column.HOMES_PASSED: (
        "homes passed", "homes_passed", "kan anslutas", "passerade", "passerade hushåll",
    ),
    Column.CONNECTED: ("connected", "anslutna", "antal anslutna", "anslutna hushåll"),
    Column.ACTIVE: (
        "active subscriptions", "active", "aktiva abonnemang", "aktiva", "abonnemang",
    ),
    Column.UNCHANGED: ("unchanged", "oförändrat", "oförändrad", "som förra gången"),
    Column.REASON: ("reason", "orsak", "skäl", "anledning", "förklaring"),
}  # fmt: skip
"""Names that a column goes by, as compared; what stands first wins where a sheet has several."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the figures stand in a file: sheet, header row, and the position of each column.

    `header` is the header row as written and `sheets` the names of all sheets, for the reader to
    choose from. Header row 0 is a sheet that has none.
    """

    sheet: int
    header_row: int
    header: tuple[str, ...]
    positions: Mapping[Column, int]
    sheets: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()
    """Of survey answers what each column holds, as several can hold alike."""
    is_told: bool = False
    """Only sheet and header row are known, from the reader; the columns are to be found there."""

    @property
    def is_complete(self) -> bool:
        """Whether a row says which village it is about, and something of it."""
        names_village = {Column.VILLAGE_CODE, Column.VILLAGE} & set(self.positions)
        says_something = {*COUNTS, Column.UNCHANGED} & set(self.positions)
        return bool(names_village and says_something)

    @property
    def missing(self) -> tuple[Column, ...]:
        """Counts that no column of the file was taken for."""
        return tuple(column for column in COUNTS if column not in self.positions)


@dataclass(frozen=True, slots=True)
class CellFault:
    """One reason why a row is refused; `column` is None where it is the row as a whole.

    `place` says the same, counted from 0, of a file that has no columns of a report.
    """

    message: str
    column: Column | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows became what."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    empty: int = 0
    refused: int = 0

    @property
    def taken(self) -> int:
        """Rows that importing changes something by."""
        return self.new + self.changed

    @property
    def all(self) -> int:
        """All rows."""
        return self.taken + self.unchanged + self.empty + self.refused
