"""A spreadsheet's rows as they stand in it, whether it is Excel, OpenDocument or CSV."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from outreach.files import archives, csv_rows
from outreach.files.budget import Budget
from outreach.files.faults import FileRefused
from outreach.files.limits import COLUMNS, CSV_BYTES, MEGABYTE, SHEET_ROWS
from outreach.files.text import decode
from outreach.files.values import Cell
from outreach.late import Late

if TYPE_CHECKING:
    from outreach.files import ods, xlsx
else:
    ods, xlsx = Late("outreach.files.ods"), Late("outreach.files.xlsx")

NumberedRow: TypeAlias = tuple[int, tuple[Cell, ...]]
_ZIP, _OLD_EXCEL = b"PK", b"\xd0\xcf\x11\xe0"
_LINES_LOOKED_AT = 20
_ROWS_BETWEEN_CHECKS = 1_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, and its rows that aren't blank by the numbers a spreadsheet gives."""

    name: str
    rows: tuple[NumberedRow, ...]


def read(data: bytes, *, budget: Budget) -> list[Sheet]:
    """The sheets of a file, by what its first bytes say it is. Raises FileRefused."""
    if not data.strip():
        raise FileRefused("empty_file")
    if data.startswith(_OLD_EXCEL):
        raise FileRefused("old_or_locked_workbook")
    sheets = [Sheet(name, tuple(rows)) for name, rows in _read(data, budget)]
    if not any(sheet.rows for sheet in sheets):
        raise FileRefused("empty_file")
    return sheets


def _read(data: bytes, budget: Budget) -> Iterator[tuple[str, list[NumberedRow]]]:
    if not data.startswith(_ZIP):
        yield "", list(_csv(data, budget))
        return
    names = archives.sizes(data)
    if "xl/workbook.xml" in names or any(name.startswith(xlsx.SHEET_FOLDER) for name in names):
        yield from xlsx.read(data, budget=budget)
    elif ods.CONTENT in names:
        yield from ods.read(data, budget=budget)
    else:
        raise FileRefused("not_a_spreadsheet")


def _csv(data: bytes, budget: Budget) -> Iterator[NumberedRow]:
    if len(data) > CSV_BYTES:
        raise FileRefused("too_large_file", megabytes=CSV_BYTES // MEGABYTE)
    text = decode(data).text
    stated = csv_rows.stated_delimiter(text.split("\n", 1)[0])
    delimiter = stated or _delimiter(text)
    lines = io.StringIO(text, newline="")
    if stated:
        next(lines, None)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    for number, cells in csv_rows.records(reader, first=1 + bool(stated)):
        if number % _ROWS_BETWEEN_CHECKS == 0:
            budget.check()
        kept = xlsx.trimmed(list(cells))
        if not kept:
            continue
        if number > SHEET_ROWS:
            raise FileRefused("too_many_rows", largest=SHEET_ROWS)
        if len(kept) > COLUMNS:
            raise FileRefused("too_many_columns", largest=COLUMNS)
        yield number, kept


def _delimiter(text: str) -> str:
    """The sign that parts the first lines into most cells; a title line above doesn't mislead."""
    lines = [line for line in text[:MEGABYTE].splitlines() if line.strip()][:_LINES_LOOKED_AT]
    return max(
        csv_rows.DELIMITERS,
        key=lambda sign: sum(csv_rows.outside_quotes(line, sign) for line in lines),
    )
