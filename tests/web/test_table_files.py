"""Every table in four formats: for programs, for Swedish Excel, as a workbook and as JSON."""

import io
import json
import re
from datetime import date
from zipfile import ZipFile

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from outreach.web.delimited import Cell
from outreach.web.table_files import Field, FileKind, in_format, table_response
from tests import factories

HEAD = ("Kod", Field("Ort", "ortens namn"), "Andel", "Antal", "Dag")
ROWS: list[tuple[Cell, ...]] = [
    ("0780", "Åryd; norra", 0.5, 3, date(2026, 10, 1)),
    ("1080", '=HYPERLINK("http://x")', None, 0, None),
    ("1081", "＋1\x01", -0.25, -3, None),
]


def answer(app: Flask, kind: FileKind) -> Response:
    """The table as the format's address asks for it."""
    with app.test_request_context(f"/table{kind}?q=1"):
        return table_response("orter.csv", HEAD, ROWS)


def test_csv_follows_the_standard(app: Flask) -> None:
    text = answer(app, FileKind.CSV).get_data(as_text=True)
    assert text.splitlines() == [
        "Kod,Ort,Andel,Antal,Dag",
        "0780,Åryd; norra,0.5,3,2026-10-01",
        '1080,"\'=HYPERLINK(""http://x"")",,0,',
        "1081,'＋1\x01,-0.25,-3,",
    ]


def test_swedish_excel_gets_a_mark_semicolons_and_decimal_commas(app: Flask) -> None:
    text = answer(app, FileKind.SWEDISH_EXCEL).get_data(as_text=True)
    assert text.startswith('\ufeffKod;Ort;Andel;Antal;Dag\r\n0780;"Åryd; norra";0,5;3;2026-10-01')


def test_a_workbook_has_numbers_as_numbers_and_text_as_text(app: Flask) -> None:
    book = load_workbook(io.BytesIO(answer(app, FileKind.EXCEL).data))
    rows = [[cell.value for cell in row] for row in book["orter"].iter_rows(min_row=2)]
    assert rows[0][:4] == ["0780", "Åryd; norra", 0.5, 3]
    assert rows[1][1:4] == ['\'=HYPERLINK("http://x")', None, 0]
    assert rows[2][1] == "'＋1"
    assert {cell.data_type for row in book["orter"].iter_rows() for cell in row} <= {"s", "n", "d"}


def test_a_workbook_says_nothing_of_when_it_was_written(app: Flask) -> None:
    with ZipFile(io.BytesIO(answer(app, FileKind.EXCEL).data)) as archive:
        properties = archive.read("docProps/core.xml").decode()
        dates = {member.date_time for member in archive.infolist()}
    assert re.findall(r"(\d{4})-\d\d-\d\dT", properties) == ["2000", "2000"]
    assert dates == {(2000, 1, 1, 0, 0, 0)}


def test_a_workbook_ends_with_what_its_columns_mean(app: Flask) -> None:
    book = load_workbook(io.BytesIO(answer(app, FileKind.EXCEL).data))
    lines = list(book["Definitioner"].iter_rows(min_row=2, values_only=True))
    assert ("orter", "Ort", "ortens namn") in lines
    assert (None, "Adress", "http://localhost/table.xlsx?q=1") in lines


def test_json_has_an_object_a_row_and_null_for_unknown(app: Flask) -> None:
    data = json.loads(answer(app, FileKind.JSON).data)
    assert data["columns"][1] == {"name": "Ort", "meaning": "ortens namn"}
    assert data["rows"][1] == {
        "Kod": "1080",
        "Ort": '=HYPERLINK("http://x")',
        "Andel": None,
        "Antal": 0,
        "Dag": None,
    }


@pytest.mark.parametrize("kind", FileKind)
def test_a_file_is_called_after_its_table_and_format(app: Flask, kind: FileKind) -> None:
    disposition = answer(app, kind).headers["Content-Disposition"]
    assert disposition == f'attachment; filename="orter{kind}"'


def test_the_other_formats_have_the_same_address_but_for_its_end() -> None:
    assert in_format("/places.csv?q=a.csv", FileKind.EXCEL) == "/places.xlsx?q=a.csv"
    assert in_format("/about", FileKind.EXCEL) == "/about"


def test_every_table_answers_in_every_format(app: Flask) -> None:
    ends = {rule.rule: rule.endpoint for rule in app.url_map.iter_rules()}
    tables = [path for path in ends if path.endswith(".csv") and not path.endswith("-excel.csv")]
    assert len(tables) > 5
    missing = [
        address
        for path in tables
        for kind in FileKind
        if ends.get(address := in_format(path, kind)) != ends[path]
    ]
    assert missing == []


def test_a_page_links_to_each_format_of_its_table(client: FlaskClient, session: Session) -> None:
    factories.village(session, "Torstäva")
    page = client.get("/places?q=torst").text
    for kind in FileKind:
        assert f'href="/places{kind}?q=torst"' in page


@pytest.mark.parametrize("path", ["/places", "/associations", "/commitments"])
@pytest.mark.parametrize("kind", FileKind)
def test_the_public_lists_are_files_of_every_format(
    client: FlaskClient, path: str, kind: FileKind
) -> None:
    assert client.get(f"{path}{kind}").status_code == 200
