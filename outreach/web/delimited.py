"""Tables as text with separators, harmless to open: RFC 4180, and as Excel in Sweden reads it."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeAlias

Cell: TypeAlias = str | int | float | date | None

BYTE_ORDER_MARK = "\N{BYTE ORDER MARK}"
_FORMULA_SIGNS = frozenset("=+-@|")
_FORMULA_CONTROLS = frozenset("\t\r\n")


def lines(
    header: Sequence[str], rows: Iterable[Sequence[Cell]], *, is_swedish: bool
) -> Iterator[str]:
    """The file's lines, each when its row comes. Unknown is an empty cell, never 0.

    `is_swedish` is what Excel in Sweden opens by itself: semicolons, decimal commas and a byte
    order mark. Otherwise RFC 4180: commas, decimal points, no mark.
    """
    yield (BYTE_ORDER_MARK if is_swedish else "") + _line(header, is_swedish=is_swedish)
    for row in rows:
        yield _line(row, is_swedish=is_swedish)


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The whole file for Excel in Sweden."""
    return "".join(lines(header, rows, is_swedish=True))


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


def _line(row: Iterable[Cell], *, is_swedish: bool) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";" if is_swedish else ",", lineterminator="\r\n")
    writer.writerow([_written(cell, is_swedish=is_swedish) for cell in row])
    return buffer.getvalue()


def _written(cell: Cell, *, is_swedish: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe_text(cell)
    if isinstance(cell, float):
        return repr(cell).replace(".", ",") if is_swedish else repr(cell)
    return str(cell)
