"""Tables as CSV files that Excel opens right and that cannot run anything when opened."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeAlias

from flask import Response

Cell: TypeAlias = str | int | float | date | None

BYTE_ORDER_MARK = "\N{BYTE ORDER MARK}"
_FORMULA_SIGNS = frozenset("=+-@|")
_FORMULA_CONTROLS = frozenset("\t\r\n")


def csv_response(filename: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """A download with semicolons, decimal commas and a byte order mark, as Swedish Excel wants it.

    Unknown is an empty cell, so that nobody takes it for 0.
    """
    response = Response(csv_text(header, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def csv_stream(filename: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """The same download for a table of any length: each row is sent as it comes.

    By then the request is over, so the rows must need neither its session nor its language.
    """
    response = Response(_lines(header, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    yield csv_text(header, ())
    for row in rows:
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerow(
            [_written(cell) for cell in row]
        )
        yield buffer.getvalue()


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The file's content."""
    buffer = io.StringIO()
    buffer.write(BYTE_ORDER_MARK)
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe_text(name) for name in header])
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return buffer.getvalue()


def safe_text(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe goes before what looks like one.

    Programs skip blanks and invisible signs and know full-width signs, so those count as well.
    """
    if text[:1] in _FORMULA_CONTROLS:
        return f"'{text}"
    seen = unicodedata.normalize("NFKC", text)
    first = next((sign for sign in seen if not _is_skipped(sign)), "")
    return f"'{text}" if first in _FORMULA_SIGNS | {"\N{MINUS SIGN}"} else text


def _is_skipped(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in {"Cc", "Cf"}


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe_text(cell)
    if isinstance(cell, float):
        return repr(cell).replace(".", ",")
    return str(cell)
