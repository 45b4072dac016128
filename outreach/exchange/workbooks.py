"""Workbooks to take away: the report filled in beforehand, and a file with its faults marked."""

import io
from collections.abc import Iterable, Sequence

from flask_babel import format_date, gettext
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from outreach.connections.forms.typed import Typed
from outreach.connections.queries.grid import GridRow
from outreach.connections.queries.report_head import ReportHead
from outreach.connections.rules import LARGEST_COUNT, CountField
from outreach.connections.wording import DWELLING_TYPES
from outreach.exchange.queries.rows import RowShown
from outreach.exchange.rules import COUNTS, Column, Layout
from outreach.exchange.wording import COLUMNS
from outreach.files.values import Cell
from outreach.web.csv_files import safe_text

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEAD = PatternFill("solid", fgColor="FFDCE9EC")
_OPEN = PatternFill("solid", fgColor="FFFFFBEA")
_FAULTY = PatternFill("solid", fgColor="FFFFE45C")
_NOTE_SIZE = (110, 280)
_WIDEST = 44


def prefilled(reports: Iterable[tuple[ReportHead, Sequence[GridRow], Typed]]) -> bytes:
    """One row a village and dwelling type: what is known is locked, what is asked stands open.

    The figures already stated in the round stand in their columns, the last approved ones beside
    them. The sheet is protected against slips and not against people: there is no password.
    """
    book = Workbook()
    sheet = _first_sheet(book, gettext("Report"))
    heads = _heads()
    _write(sheet, 1, [name for name, _, _ in heads])
    number = 1
    for head, rows, typed in reports:
        for row in rows:
            number += 1
            _write(sheet, number, _line(head, row, typed))
    _dress(sheet, heads, rows=number)
    return _bytes(book)


def marked(layout: Layout, rows: Iterable[RowShown]) -> bytes:
    """The file's rows where they stood, each refused one yellow with its reasons beside it.

    The texts are as they were sent; those that a program would run are made harmless.
    """
    book = Workbook()
    sheet = _first_sheet(book, gettext("Faults"))
    width = len(layout.header) + 1
    header: list[Cell] = [*layout.header, gettext("What to put right")]
    _write(sheet, layout.header_row, header)
    _dress_header(sheet, layout.header_row)
    for row in rows:
        width = max(width, len(row.cells) + 1)
        _write(sheet, row.number, row.cells)
        if row.faults:
            said = [
                f"{COLUMNS[fault.column]}: {fault.message}" if fault.column else fault.message
                for fault in row.faults
            ]
            beside = sheet.cell(row.number, len(layout.header) + 1, safe_text(" ".join(said)))
            beside.alignment = Alignment(wrap_text=True, vertical="top")
            _mark(sheet, row, layout)
    sheet.freeze_panes = f"A{layout.header_row + 1}"
    for at in range(1, width + 1):
        sheet.column_dimensions[get_column_letter(at)].width = 18
    sheet.column_dimensions[get_column_letter(len(layout.header) + 1)].width = 60
    return _bytes(book)


def _mark(sheet: Worksheet, row: RowShown, layout: Layout) -> None:
    for at in range(1, len(layout.header) + 2):
        sheet.cell(row.number, at).fill = _FAULTY
    for fault in row.faults:
        place = layout.positions.get(fault.column) if fault.column else fault.place
        if place is not None:
            sheet.cell(row.number, place + 1).comment = _note(fault.message)


def _heads() -> list[tuple[str, str | None, bool]]:
    """The columns: what they are called, the note on them, and whether they are filled in."""
    last = gettext("Last time")
    fields = [str(COLUMNS[name]) for name in COUNTS]
    notes = (
        gettext("Leave it empty to use the register's figure."),
        gettext("Homes that are connected, or that can order fibre for at most 40 000 kronor."),
        gettext("Homes with fibre all the way into the house, whether they use it or not."),
        gettext("Connected homes that have a subscription now. Leave it empty if you don't know."),
    )
    empty = gettext("Empty means that you don't know. Write 0 only if there are none.")
    return [
        (gettext("Association number"), gettext("Don't change: it says whose row it is."), False),
        (str(COLUMNS[Column.ASSOCIATION]), None, False),
        (
            str(COLUMNS[Column.VILLAGE_CODE]),
            gettext("Don't change: it says which village it is."),
            False,
        ),
        (str(COLUMNS[Column.VILLAGE]), None, False),
        (str(COLUMNS[Column.MUNICIPALITY]), None, False),
        (str(COLUMNS[Column.DWELLING_TYPE]), None, False),
        (
            str(COLUMNS[Column.UNCHANGED]),
            gettext("Choose yes if all is as last time; then leave the figures empty."),
            True,
        ),
        *((name, f"{note} {empty}", True) for name, note in zip(fields, notes, strict=True)),
        (
            str(COLUMNS[Column.REASON]),
            gettext("Why, if a figure has gone down or up a lot since last time."),
            True,
        ),
        (gettext("Last time: date"), None, False),
        *((f"{last}: {name.lower()}", None, False) for name in fields),
        (gettext("Register: dwellings"), None, False),
    ]


def _line(head: ReportHead, row: GridRow, typed: Typed) -> list[Cell]:
    last = [row.last.of(name) if row.last else None for name in CountField]
    return [
        head.association_id,
        head.association,
        row.code,
        row.village,
        row.municipality,
        str(DWELLING_TYPES[row.dwelling_type]),
        gettext("yes") if typed.is_unchanged(row.key) else None,
        *(_number(typed.count(row.key, name)) for name in CountField),
        typed.reason(row.key) or None,
        format_date(row.last_date, "yyyy-MM-dd") if row.last_date else None,
        *last,
        row.register,
    ]


def _dress(sheet: Worksheet, heads: Sequence[tuple[str, str | None, bool]], *, rows: int) -> None:
    """Widths, notes, locks, the drop-down, and what may be typed."""
    _dress_header(sheet, 1)
    for at, (name, note, is_open) in enumerate(heads, start=1):
        letter = get_column_letter(at)
        widths = (len(str(sheet.cell(row, at).value or "")) for row in range(2, rows + 1))
        longest = max(widths, default=0)
        sheet.column_dimensions[letter].width = min(_WIDEST, max(11, longest + 2, len(name) * 0.62))
        if note:
            sheet.cell(1, at).comment = _note(note)
        if is_open:
            for row in range(2, rows + 1):
                cell = sheet.cell(row, at)
                cell.protection = Protection(locked=False)
                cell.fill = _OPEN
    opened = [at for at, (_, _, is_open) in enumerate(heads, start=1) if is_open]
    first, last = get_column_letter(opened[0]), max(2, rows)
    choice = DataValidation(
        type="list", formula1=f'"{gettext("yes")},{gettext("no")}"', allow_blank=True
    )
    choice.add(f"{first}2:{first}{last}")
    numbers = DataValidation(
        type="whole", operator="between", formula1="0", formula2=str(LARGEST_COUNT),
        allow_blank=True, errorStyle="warning", error=gettext("Write a whole number."),
    )  # fmt: skip
    numbers.add(f"{get_column_letter(opened[1])}2:{get_column_letter(opened[4])}{last}")
    for rule in (choice, numbers):
        sheet.add_data_validation(rule)
    sheet.freeze_panes = f"{first}2"
    sheet.protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(sheet.protection, allowed, False)


def _dress_header(sheet: Worksheet, number: int) -> None:
    for cell in sheet[number]:
        cell.font = Font(bold=True)
        cell.fill = _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center")


def _write(sheet: Worksheet, number: int, cells: Sequence[Cell]) -> None:
    for at, value in enumerate(cells, start=1):
        if value is None or value == "":
            continue
        cell = sheet.cell(
            number, at, safe_text(_printable(value)) if isinstance(value, str) else value
        )
        if isinstance(value, str):
            cell.data_type = "s"
            cell.number_format = "@"


def _printable(text: str) -> str:
    """The text without the signs that no workbook can hold."""
    return "".join(sign if sign >= " " or sign in "\n\t" else " " for sign in text)


def _number(text: str) -> Cell:
    return int(text) if text.isascii() and text.isdigit() else text or None


def _note(text: str) -> Comment:
    height, width = _NOTE_SIZE
    return Comment(text, "Outreach", height=height, width=width)


def _first_sheet(book: Workbook, title: str) -> Worksheet:
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError(title)
    sheet.title = title
    return sheet


def _bytes(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
