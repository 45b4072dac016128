"""Tables as an Excel workbook: numbers as numbers, a sheet for each, and one of definitions."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import IO, TYPE_CHECKING, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flask_babel import gettext

from outreach.late import Late
from outreach.web.delimited import Cell, safe_text

if TYPE_CHECKING:
    import openpyxl
    from openpyxl import cell as cells
    from openpyxl import styles, utils
    from openpyxl.cell.cell import Cell as BookCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet
    from openpyxl.writer import excel
else:
    openpyxl, cells = Late("openpyxl"), Late("openpyxl.cell")
    styles, utils = Late("openpyxl.styles"), Late("openpyxl.utils")
    excel = Late("openpyxl.writer.excel")

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_TEXT = 32_767
"""Excel holds no more in a cell."""
LONGEST_TITLE = 31
WIDTHS = (10, 46)
MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""A mark, so that equal tables give equal bytes; openpyxl wants UTC without its name."""
_FORBIDDEN_TITLE = re.compile(r"[\[\]:*?/\\']")
# XML 1.0 knows no other control characters; one of them would make the file unreadable.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEAD_COLOUR = "0F5260"


class _Undated(ZipFile):
    """An archive whose members say nothing of when they were written."""

    def open(
        self,
        name: str | ZipInfo,
        mode: Literal["r", "w"] = "r",
        pwd: bytes | None = None,
        *,
        force_zip64: bool = False,
    ) -> IO[bytes]:
        """Open a member, as both ways of writing one do."""
        if isinstance(name, ZipInfo) and mode == "w":
            name.date_time = MADE.timetuple()[:6]
        return super().open(name, mode, pwd, force_zip64=force_zip64)


@dataclass(frozen=True, slots=True)
class SheetOfTable:
    """One table: its title, its columns with what each means, and its rows."""

    title: str
    columns: Sequence[tuple[str, str]]
    rows: Iterable[Sequence[Cell]]


def write(
    tables: Sequence[SheetOfTable], facts: Sequence[tuple[str, Cell]], target: IO[bytes]
) -> None:
    """Write the workbook, row by row. `facts` are said once, with the meaning of each column.

    The same tables give the same bytes: the workbook's own `save` would put in the time.
    """
    book = openpyxl.Workbook(write_only=True)
    book.properties.creator, book.properties.created, book.properties.modified = (
        "Outreach",
        MADE,
        MADE,
    )
    for table in tables:
        sheet = _sheet(book, table.title, [name for name, _ in table.columns])
        for row in table.rows:
            sheet.append([_value(cell) for cell in row])
    words = (gettext("Table"), gettext("Column"), gettext("Meaning"))
    sheet = _sheet(book, gettext("Definitions"), words)
    for line in _definitions(tables, facts):
        sheet.append([_value(cell) for cell in line])
    excel.ExcelWriter(book, _Undated(target, "w", ZIP_DEFLATED)).save()


def content(tables: Sequence[SheetOfTable], facts: Sequence[tuple[str, Cell]]) -> bytes:
    """The workbook as bytes."""
    buffer = io.BytesIO()
    write(tables, facts, buffer)
    return buffer.getvalue()


def _definitions(
    tables: Sequence[SheetOfTable], facts: Sequence[tuple[str, Cell]]
) -> Iterator[tuple[Cell, ...]]:
    for name, value in facts:
        yield None, name, value
    yield None, gettext("Empty cell"), gettext("unknown, or not shown; never 0")
    for table in tables:
        for name, meaning in table.columns:
            yield table.title, name, meaning or None


def _sheet(book: "openpyxl.Workbook", title: str, head: Sequence[str]) -> "WriteOnlyWorksheet":
    sheet = book.create_sheet(_FORBIDDEN_TITLE.sub(" ", title)[:LONGEST_TITLE])
    sheet.freeze_panes = "A2"
    narrowest, widest = WIDTHS
    for index, name in enumerate(head):
        letter = utils.get_column_letter(index + 1)
        sheet.column_dimensions[letter].width = min(max(len(name) + 3, narrowest), widest)
    if title == gettext("Definitions"):
        sheet.column_dimensions["B"].width = sheet.column_dimensions["C"].width = widest
    sheet.append([_head(sheet, name) for name in head])
    made: WriteOnlyWorksheet = sheet
    return made


def _head(sheet: "WriteOnlyWorksheet", name: str) -> "BookCell":
    cell = cells.WriteOnlyCell(sheet, value=_text(name))
    cell.font = styles.Font(bold=True, color="FFFFFF")
    cell.fill = styles.PatternFill("solid", start_color=_HEAD_COLOUR)
    cell.alignment = styles.Alignment(vertical="top", wrap_text=True)
    return cell


def _value(cell: Cell) -> str | int | float | date | None:
    if not isinstance(cell, str):
        return cell
    return _text(cell)


def _text(text: str) -> str:
    return safe_text(_UNWRITABLE.sub("", text))[:LONGEST_TEXT]
