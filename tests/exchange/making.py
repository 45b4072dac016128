"""Spreadsheets for tests, and a reporter who sends them."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date

from openpyxl import Workbook, load_workbook
from sqlalchemy import select
from werkzeug.test import TestResponse

from outreach.connections.models import ReportVersion
from outreach.database.times import utc_now
from outreach.exchange.models import ImportRow, ImportRun
from outreach.exchange.working import work_on_all
from tests.connections.desk import Reporter
from tests.connections.pages import words
from tests.signing_in import token

REFERENCE = date(2026, 10, 1)
HEADER = ("Ort", "Hushåll", "Kan anslutas", "Anslutna", "Aktiva abonnemang", "Oförändrat", "Orsak")


def xlsx(*rows: Sequence[object], title: str = "Blad1") -> bytes:
    """A workbook of one sheet."""
    return book({title: rows})


def book(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """A workbook with these sheets."""
    made = Workbook()
    for name in made.sheetnames:
        made.remove(made[name])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def csv(*rows: Sequence[object], delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """A file as Swedish Excel writes it."""
    lines = (delimiter.join("" if cell is None else str(cell) for cell in row) for row in rows)
    return "\r\n".join(lines).encode(encoding)


def ods(*rows: Sequence[object]) -> bytes:
    """A sheet as LibreOffice writes it, with the long tails of blank cells that it puts in."""
    lines = "".join(
        "<table:table-row>"
        + "".join(_ods_cell(cell) for cell in row)
        + '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        for row in rows
    )
    names = {"table": "table", "text": "text", "office": "office"}
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in names.items()
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Blad1">{lines}'
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/>'
        "</table:table-row>"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"content.xml": content})


def zipped(members: dict[str, str]) -> bytes:
    """An archive of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def cells_of(content: bytes) -> list[tuple[object, ...]]:
    """What stands in the first sheet of a workbook."""
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return list(sheet.iter_rows(values_only=True))


def _ods_cell(cell: object) -> str:
    if isinstance(cell, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
    text = f"<text:p>{cell or ''}</text:p>"
    return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'


class Desk(Reporter):
    """A reporter who sends a file."""

    def send(self, content: bytes, name: str = "rapport.xlsx", **fields: str) -> str:
        """Send a file; the address of its page."""
        answer = self.post(content, name, **fields)
        assert answer.status_code == 303, answer.text
        return answer.location

    def post(self, content: bytes, name: str = "rapport.xlsx", **fields: str) -> TestResponse:
        """The same, whatever comes of it."""
        data = {
            "csrf_token": token(self.client, "/imports"),
            "round": str(self.round.id),
            "file": (io.BytesIO(content), name),
            **fields,
        }
        return self.client.post("/imports", data=data, content_type="multipart/form-data")

    def work(self) -> None:
        """What the worker would do."""
        work_on_all(self.session, clock=utc_now)

    def press(self, address: str, what: str, **fields: str) -> TestResponse:
        """One of the buttons on the import's page, and the page that follows."""
        data = {"csrf_token": token(self.client, address), **fields}
        answer = self.client.post(f"{address}/{what}", data=data)
        assert answer.status_code == 303
        return self.client.get(answer.location)

    def said(self, address: str) -> str:
        """What the import's page says of all rows."""
        return words(self.client.get(f"{address}?show=all"))

    def outcomes(self, address: str) -> dict[int, str]:
        """What becomes of each row, by its number in the sheet."""
        rows = self.session.execute(
            select(ImportRow.number, ImportRow.outcome).where(ImportRow.run_id == number(address))
        )
        return {row.number: row.outcome.value for row in rows}

    def state(self, address: str) -> str:
        """Where the import stands."""
        query = select(ImportRun.state).where(ImportRun.id == number(address))
        return self.session.scalars(query).one().value

    def versions(self) -> list[ReportVersion]:
        """What the reporter has submitted."""
        self.session.expire_all()
        query = select(ReportVersion).where(ReportVersion.submitted_by_id == self.user.id)
        return list(self.session.scalars(query.order_by(ReportVersion.number)))


def number(address: str) -> int:
    """The import's id."""
    found = re.search(r"/imports/(\d+)", address)
    assert found is not None
    return int(found[1])
