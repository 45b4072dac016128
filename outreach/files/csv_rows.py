"""CSV as Swedish programs write it: commas, semicolons or tabs, and Excel's line of `sep=`."""

import csv
import io
from collections.abc import Iterator

from outreach.files.budget import Budget
from outreach.files.faults import Fault, FileRefused
from outreach.files.limits import CELL_CHARACTERS, CELLS, COLUMNS, CSV_BYTES, MEGABYTE, ROWS
from outreach.files.table import Columns, FileKind, Row, Table
from outreach.files.text import decode

DELIMITERS = ";\t,"
_ROWS_BETWEEN_CHECKS = 1_000


def read(data: bytes, *, budget: Budget, encoding: str | None = None) -> Table:
    """The rows under the first row that isn't blank; blank rows are left out but counted."""
    if len(data) > CSV_BYTES:
        raise FileRefused("too_large_file", megabytes=CSV_BYTES // MEGABYTE)
    decoded = decode(data, encoding=encoding)
    delimiter, skipped = _dialect(decoded.text)
    lines = io.StringIO(decoded.text, newline="")
    for _ in range(skipped):
        next(lines, None)
    rows = records(csv.reader(lines, delimiter=delimiter, strict=True), first=1 + skipped)
    header = next((cells for _, cells in rows if "".join(cells).strip()), None)
    if header is None:
        raise FileRefused("empty_file")
    columns = Columns.of(header)
    kept: list[Row] = []
    refused: list[Fault] = []
    for number, cells in rows:
        if number % _ROWS_BETWEEN_CHECKS == 0:
            budget.check()
        if not "".join(cells).strip():
            continue
        if len(cells) > len(header) and "".join(cells[len(header) :]).strip():
            refused.append(Fault("too_many_cells", number, facts={"columns": len(header)}))
            continue
        kept.append(Row(number, cells))
    return Table(
        kind=FileKind.CSV,
        columns=columns,
        rows=kept,
        encoding=decoded.encoding,
        refused=tuple(refused),
    )


def records(reader: Iterator[list[str]], *, first: int) -> Iterator[tuple[int, list[str]]]:
    """Rows with the numbers a spreadsheet gives them; raises where the file stops making sense."""
    cells = 0
    number = first - 1
    try:
        for number, record in enumerate(reader, start=first):
            cells += len(record)
            if number > ROWS:
                raise FileRefused("too_many_rows", largest=ROWS)
            if cells > CELLS or max(map(len, record), default=0) > CELL_CHARACTERS:
                raise FileRefused("too_many_cells_in_file", row=number)
            yield number, record
    except csv.Error as error:
        is_long = "field larger" in str(error)
        code = "too_many_cells_in_file" if is_long else "csv_broken"
        raise FileRefused(code, row=number + 1) from error


def _dialect(text: str) -> tuple[str, int]:
    """The delimiter, and how many lines to leave out before the header.

    The delimiter is the sign that parts the header into most cells; semicolon wins a tie, as a
    comma may be a decimal sign.
    """
    stated = stated_delimiter(text.split("\n", 1)[0])
    if stated:
        return stated, 1
    header = next((line for line in text.splitlines() if line.strip()), "")
    if len(header) > CELLS:
        raise FileRefused("too_many_columns", largest=COLUMNS)
    return max(DELIMITERS, key=lambda sign: outside_quotes(header, sign)), 0


def stated_delimiter(line: str) -> str | None:
    """The delimiter that Excel's first line of `sep=;` states; None where it is another line."""
    line = line.strip("\r ")
    return line[-1] if line.casefold().startswith("sep=") and len(line) == len("sep=;") else None


def outside_quotes(line: str, sign: str) -> int:
    """How often a sign stands in a line outside of quotation marks."""
    return sum(part.count(sign) for part in line.split('"')[::2])
