"""OpenDocument spreadsheets, read as a stream: repeated blank cells are never written out."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from outreach.files import archives
from outreach.files.budget import Budget
from outreach.files.faults import FileRefused
from outreach.files.limits import COLUMNS, MEGABYTE, SHEET_BYTES, SHEET_ROWS, SHEETS
from outreach.files.values import Cell, percentage, yes_or_no
from outreach.files.xlsx import RowLimits, trimmed

CONTENT = "content.xml"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_REPEATED = re.compile(r"[0-9]{1,7}")
_DEEPEST = 40
_BROKEN = (
    ParseError, DefusedXmlException, zipfile.BadZipFile, zipfile.LargeZipFile, ValueError,
    EOFError, KeyError, NotImplementedError,
)  # fmt: skip

Rows = list[tuple[int, tuple[Cell, ...]]]


def read(data: bytes, *, budget: Budget) -> Iterator[tuple[str, Rows]]:
    """Each sheet's name with its rows that aren't blank, numbered as the program does."""
    if archives.sizes(data).get(CONTENT, 0) > SHEET_BYTES:
        raise FileRefused("zip_too_large", megabytes=SHEET_BYTES // MEGABYTE)
    try:
        yield from _sheets(archives.unpacked(data, CONTENT), budget)
    except FileRefused:
        raise
    except _BROKEN as error:
        raise FileRefused("workbook_broken") from error


def _sheets(content: bytes, budget: Budget) -> Iterator[tuple[str, Rows]]:
    limits = RowLimits(budget)
    rows: Rows = []
    number = sheets = 0
    for element, parent in _ended(content):
        if element.tag == f"{_TABLE}table-row":
            number = _add(rows, element, number, limits)
            element.clear()
            if parent is not None:
                parent.remove(element)
        elif element.tag == f"{_TABLE}table":
            sheets += 1
            yield element.get(f"{_TABLE}name", ""), rows
            rows, number = [], 0
            element.clear()
            if sheets == SHEETS:
                return


def _ended(content: bytes) -> Iterator[tuple[Element, Element | None]]:
    """Each element when it is complete, with the one that it stands in."""
    path: list[Element] = []
    for event, element in iterparse(io.BytesIO(content), events=("start", "end")):
        if event == "start":
            path.append(element)
            if len(path) > _DEEPEST:
                raise FileRefused("workbook_broken")
            continue
        path.pop()
        yield element, path[-1] if path else None


def _add(rows: Rows, element: Element, number: int, limits: RowLimits) -> int:
    """Add a row as often as it is repeated; the number of the last row so far."""
    cells = _cells(element)
    times = _repeated(element, "number-rows-repeated")
    limits.check(number + times, cells)
    if cells:
        if number + times > SHEET_ROWS:
            raise FileRefused("too_many_rows", largest=SHEET_ROWS)
        for _ in range(times):
            number += 1
            limits.check(number, cells)
            rows.append((number, cells))
        return number
    return number + times


def _cells(row: Element) -> tuple[Cell, ...]:
    found: list[Cell] = []
    pending = 0
    for cell in row:
        if cell.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            continue
        value = _value(cell)
        times = _repeated(cell, "number-columns-repeated")
        if value is None or value == "":
            pending += times
            continue
        if len(found) + pending + times > COLUMNS:
            raise FileRefused("too_many_columns", largest=COLUMNS)
        found += [None] * pending + [value] * times
        pending = 0
    return trimmed(found)


def _value(cell: Element) -> Cell:
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in {"float", "percentage", "currency"}:
        written = cell.get(f"{_OFFICE}value", "")
        if _NUMBER.fullmatch(written):
            return percentage(float(written)) if kind == "percentage" else float(written)
    if kind == "boolean":
        return yes_or_no(cell.get(f"{_OFFICE}boolean-value") == "true")
    if kind == "date":
        return cell.get(f"{_OFFICE}date-value", "")
    paragraphs = [child for child in cell if child.tag == f"{_TEXT}p"]
    return "\n".join("".join(_texts(paragraph)) for paragraph in paragraphs)


def _texts(paragraph: Element) -> Iterator[str]:
    """The text, with the runs of blanks that the format writes as elements of their own."""
    yield paragraph.text or ""
    for child in paragraph:
        if child.tag == f"{_TEXT}s":
            yield " "
        else:
            yield from _texts(child)
        yield child.tail or ""


def _repeated(element: Element, name: str) -> int:
    written = element.get(f"{_TABLE}{name}", "1")
    return max(1, int(written)) if _REPEATED.fullmatch(written) else 1
