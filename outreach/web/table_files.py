"""Every table as a file: CSV, CSV for Swedish Excel, Excel and JSON, by the end of its address.

A page of tables has one address that ends with `.csv` and answers `table_response(...)`. The
others, `-excel.csv`, `.xlsx` and `.json`, are added to each of them by `init_app`, and the table
macro links to all four.

A file of any length takes little memory (docs/adr/0012): text is sent as its rows come, a
workbook is written to disk first, since it cannot be sent before its end is known.
"""

import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from flask import Flask, Response, request, stream_with_context
from flask_babel import gettext

from outreach.web import workbook_files
from outreach.web.delimited import Cell, lines
from outreach.web.kept_store import Built

IN_MEMORY_BYTES = 250_000
PORTION_BYTES = 64_000


class FileKind(StrEnum):
    """The formats, each the end of an address and of a file's name."""

    CSV = ".csv"
    SWEDISH_EXCEL = "-excel.csv"
    EXCEL = ".xlsx"
    JSON = ".json"


CONTENT_TYPES = {
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.SWEDISH_EXCEL: "text/csv; charset=utf-8",
    FileKind.EXCEL: workbook_files.CONTENT_TYPE,
    FileKind.JSON: "application/json",
}
SIBLINGS = (FileKind.SWEDISH_EXCEL, FileKind.EXCEL, FileKind.JSON)


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a file: what it is called, and what stands in it."""

    name: str
    meaning: str = ""


Heading: TypeAlias = str | Field


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table to be taken along. `facts` hold for all of it, such as its passport."""

    title: str
    columns: Sequence[Heading]
    rows: Iterable[Sequence[Cell]]
    facts: Sequence[tuple[str, Cell]] = field(default=())

    @property
    def fields(self) -> list[Field]:
        """The columns, those without a meaning as well."""
        return [Field(one) if isinstance(one, str) else one for one in self.columns]

    @property
    def names(self) -> list[str]:
        """What the columns are called."""
        return [one.name for one in self.fields]


def init_app(app: Flask) -> None:
    """Add the other formats' addresses to each table's, and the filter that links to them."""
    for rule in list(app.url_map.iter_rules()):
        if rule.rule.endswith(FileKind.CSV) and not rule.rule.endswith(FileKind.SWEDISH_EXCEL):
            for kind in SIBLINGS:
                app.add_url_rule(in_format(rule.rule, kind), rule.endpoint, methods=["GET"])
    app.add_template_filter(in_format)
    app.add_template_global(format_names)


def in_format(address: str, kind: FileKind | str) -> str:
    """The address of the same table in another format; what is no table's stays as it is."""
    path, mark, query = address.partition("?")
    if not path.endswith(FileKind.CSV):
        return address
    return f"{path.removesuffix(FileKind.CSV)}{FileKind(kind)}{mark}{query}"


def format_names() -> list[tuple[FileKind, str]]:
    """What the links to the formats say."""
    return [
        (FileKind.CSV, "CSV"),
        (FileKind.SWEDISH_EXCEL, gettext("CSV for Swedish Excel")),
        (FileKind.EXCEL, "Excel"),
        (FileKind.JSON, "JSON"),
    ]


def kind_asked() -> FileKind:
    """The format of this request's address."""
    return next(kind for kind in (*SIBLINGS, FileKind.CSV) if request.path.endswith(kind))


def table_response(
    filename: str,
    header: Sequence[Heading],
    rows: Iterable[Sequence[Cell]],
    *,
    says_where: bool = True,
) -> Response:
    """The table as the address asks for it. Rows that come from a generator are sent as they come.

    Without `says_where` it leaves out the address, which another host or port would change.
    What fails before the first portion is on its way is an error like any other. After that the
    server breaks off, and the reader's program sees that the end is missing.
    """
    kind = kind_asked()
    facts: list[tuple[str, Cell]] = [(gettext("Address"), request.url)] if says_where else []
    table = TableFile(filename.removesuffix(FileKind.CSV), header, rows, facts)
    portions = _workbook(table) if kind is FileKind.EXCEL else _portions(_texts(table, kind))
    response = Response(_sent(portions), content_type=CONTENT_TYPES[kind])
    name = _file_name(filename, kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def built(table: TableFile, kind: FileKind, *, filename: str) -> Built:
    """The file for the kept store."""
    return Built(content(table, kind), CONTENT_TYPES[kind], _file_name(filename, kind))


def content(table: TableFile, kind: FileKind) -> bytes:
    """The file's bytes."""
    if kind is FileKind.EXCEL:
        return workbook_files.content([sheet_of(table)], table.facts)
    body = io.BytesIO()
    for portion in _portions(_texts(table, kind)):
        body.write(portion)
    return body.getvalue()


def sheet_of(table: TableFile) -> workbook_files.SheetOfTable:
    """The table as one sheet of a workbook."""
    columns = [(one.name, one.meaning) for one in table.fields]
    return workbook_files.SheetOfTable(table.title, columns, table.rows)


def _texts(table: TableFile, kind: FileKind) -> Iterator[str]:
    if kind is FileKind.JSON:
        return _json(table)
    return lines(table.names, table.rows, is_swedish=kind is FileKind.SWEDISH_EXCEL)


def _json(table: TableFile) -> Iterator[str]:
    """An object a row; unknown is null. Text stays as it is: no program runs it."""
    columns = [{"name": one.name, "meaning": one.meaning or None} for one in table.fields]
    head = {"table": table.title, "facts": dict(table.facts), "columns": columns}
    yield f'{_dumped(head)[:-1]},"rows":['
    names, separator = table.names, "\n"
    for row in table.rows:
        yield separator + _dumped(dict(zip(names, row, strict=True)))
        separator = ",\n"
    yield "\n]}\n"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_day)


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no cell holds a {type(value).__name__}")


def _workbook(table: TableFile) -> Iterator[bytes]:
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES) as target:
        workbook_files.write([sheet_of(table)], table.facts, target)
        target.seek(0)
        while portion := target.read(PORTION_BYTES):
            yield portion


def _sent(portions: Iterator[bytes]) -> bytes | Iterator[bytes]:
    """All of a short file at once, and a long one in portions within the request's context."""
    first, second = next(portions), next(portions, None)
    if second is None:
        return first
    return stream_with_context(_rest(first + second, portions))


def _rest(begun: bytes, portions: Iterator[bytes]) -> Iterator[bytes]:
    yield begun
    yield from portions


def _portions(texts: Iterator[str]) -> Iterator[bytes]:
    # A portion a line would be a packet a line.
    gathered = io.StringIO()
    for text in texts:
        gathered.write(text)
        if gathered.tell() >= PORTION_BYTES:
            yield gathered.getvalue().encode()
            gathered = io.StringIO()
    yield gathered.getvalue().encode()


def _file_name(filename: str, kind: FileKind) -> str:
    return f"{filename.removesuffix(FileKind.CSV)}{kind}"
