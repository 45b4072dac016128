"""Excel workbooks, read row by row: openpyxl's whole-sheet mode walks to the last cell there is."""

import io
import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.utils.exceptions import InvalidFileException

from outreach.files import archives
from outreach.files.budget import Budget
from outreach.files.faults import FileRefused
from outreach.files.limits import (
    CELL_CHARACTERS,
    CELLS,
    COLUMNS,
    SHEET_BYTES,
    SHEET_PART_BYTES,
    SHEET_ROWS,
    SHEET_TEXTS,
    SHEETS,
)
from outreach.files.values import Cell, percentage, yes_or_no

TEXTS = "xl/sharedStrings.xml"
SHEET_FOLDER = "xl/worksheets/"
_NEVER_CALCULATED = re.compile(
    rb'<c\b(?![^>]*\bt="str")[^>]*>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
"""A formula without what it last gave, as programs write it that don't calculate.

A formula that gave an empty text says that it is a text.
"""
LAST_ROW = 1_048_576
"""Of a sheet in Excel; what is said to stand below is no sheet."""
_ROWS_BETWEEN_CHECKS = 500
_BROKEN = (
    AssertionError,
    AttributeError,
    BadZipFile,
    EOFError,
    IndexError,
    InvalidFileException,
    KeyError,
    MemoryError,
    NotImplementedError,
    OverflowError,
    ParseError,
    RecursionError,
    struct.error,
    TypeError,
    ValueError,
    zlib.error,
)
"""What openpyxl and what it builds on raise for a workbook that is not one."""


class RowLimits:
    """Counts what one file holds and refuses it once that is too much."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._cells = 0
        self._seen = 0

    def check(self, number: int, cells: tuple[Cell, ...]) -> None:
        """Take account of a row, also of a blank one."""
        self._seen += 1
        if self._seen % _ROWS_BETWEEN_CHECKS == 0:
            self._budget.check()
        if number > LAST_ROW:
            raise FileRefused("too_many_rows", largest=SHEET_ROWS)
        if not cells:
            return
        self._cells += len(cells)
        if number > SHEET_ROWS:
            raise FileRefused("too_many_rows", largest=SHEET_ROWS)
        if len(cells) > COLUMNS:
            raise FileRefused("too_many_columns", largest=COLUMNS)
        longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
        if self._cells > CELLS or longest > CELL_CHARACTERS:
            raise FileRefused("too_many_cells_in_file", row=number)


def read(
    data: bytes, *, budget: Budget
) -> Iterator[tuple[str, list[tuple[int, tuple[Cell, ...]]]]]:
    """Each visible sheet's name with its rows that aren't blank, numbered as Excel does."""
    _check_parts(data)
    limits = RowLimits(budget)
    try:
        with warnings.catch_warnings():
            # What it can't show (drawings, odd formats) is nothing that is read here.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets[:SHEETS]:
                if sheet.sheet_state != "visible":
                    continue
                sheet.reset_dimensions()
                rows: list[tuple[int, tuple[Cell, ...]]] = []
                for number, values in enumerate(sheet.iter_rows(), start=1):
                    cells = trimmed([_shown(value) for value in values])
                    limits.check(number, cells)
                    if cells:
                        rows.append((number, cells))
                yield str(sheet.title), rows
    except FileRefused:
        raise
    except _BROKEN as error:
        raise FileRefused("workbook_broken") from error


def trimmed(cells: list[Cell]) -> tuple[Cell, ...]:
    """The cells without the blank ones at the end."""
    last = len(cells)
    while last and (cells[last - 1] is None or str(cells[last - 1]).strip() == ""):
        last -= 1
    return tuple(cells[:last])


def _check_parts(data: bytes) -> None:
    """Refuse by its directory what would be large once unpacked."""
    parts = archives.sizes(data)
    in_sheets = sum(size for name, size in parts.items() if name.startswith(SHEET_FOLDER))
    if in_sheets + parts.get(TEXTS, 0) > SHEET_BYTES:
        raise FileRefused("zip_too_large", megabytes=SHEET_BYTES // 1024**2)
    for name in ("[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml", "docProps/custom.xml"):
        if parts.get(name, 0) > SHEET_PART_BYTES:
            raise FileRefused("zip_too_large", megabytes=SHEET_PART_BYTES // 1024**2)
    for name in parts:
        if name.startswith(SHEET_FOLDER) and _NEVER_CALCULATED.search(
            archives.unpacked(data, name)
        ):
            # Read as blank it would drop a figure that the sender sees in the sheet.
            raise FileRefused("never_calculated")
    if TEXTS in parts and archives.unpacked(data, TEXTS).count(b"<") > SHEET_TEXTS * 6:
        raise FileRefused("too_many_cells_in_file", row=1)


def _shown(cell: SheetCell | MergedCell) -> Cell:
    """A share that is shown as a percentage is read as one, with its sign."""
    value = cell.value
    if isinstance(value, int | float) and "%" in cell.number_format:
        return percentage(value)
    return _plain(value)


def _plain(value: object) -> Cell:
    """A cell as text or number; a day is written as one, and no count will be read from it."""
    if isinstance(value, bool):
        return yes_or_no(value)
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value)[:CELL_CHARACTERS]
