"""The report as a workbook: filled in beforehand, locked where it must not be changed."""

import io

from flask.testing import FlaskClient
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from tests import factories
from tests.exchange.making import REFERENCE, Desk, xlsx
from tests.signing_in import sign_in


def _sheet(content: bytes) -> Worksheet:
    sheet = load_workbook(io.BytesIO(content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def _download(desk: Desk) -> Worksheet:
    address = f"/reports/{desk.association.id}/{REFERENCE}/spreadsheet"
    return _sheet(desk.client.get(address).data)


def test_it_has_a_row_for_each_village_with_last_times_figures_beside(desk: Desk) -> None:
    header, bro, aby = list(_download(desk).iter_rows(values_only=True))
    named = [dict(zip(header, row, strict=True)) for row in (aby, bro)]
    assert [row["Ort"] for row in named] == ["Åby", "Bro"]
    assert named[0]["Ortens kod"] == desk.aby.code
    assert named[0]["Förra gången: anslutna"] == 60
    assert named[1]["Förra gången: anslutna"] is None
    assert named[1]["Registret: hushåll"] == 50


def test_what_names_the_row_is_locked_and_what_is_asked_stands_open(desk: Desk) -> None:
    sheet = _download(desk)
    is_open = {cell.value: not sheet.cell(2, cell.column).protection.locked for cell in sheet[1]}
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert [name for name, opened in is_open.items() if opened] == [
        "Oförändrat",
        "Hushåll",
        "Kan anslutas",
        "Anslutna",
        "Aktiva abonnemang",
        "Orsak",
    ]


def test_unchanged_is_chosen_from_a_list_and_the_headers_carry_notes(desk: Desk) -> None:
    sheet = _download(desk)
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert [rule.formula1 for rule in lists] == ['"ja,nej"']
    assert sum(cell.comment is not None for cell in sheet[1]) == 8


def test_filled_in_it_comes_back_as_it_went(desk: Desk) -> None:
    sheet = _download(desk)
    sheet["G3"] = "ja"
    sheet["J2"] = 12
    buffer = io.BytesIO()
    assert sheet.parent is not None
    sheet.parent.save(buffer)
    address = desk.send(buffer.getvalue())
    assert desk.outcomes(address) == {2: "new", 3: "new"}
    desk.press(address, "confirm")
    (made,) = desk.versions()
    assert {count.village_id: count.connected for count in made.counts} == {
        desk.aby.id: 60,
        desk.bro.id: 12,
    }
    _header, bro, aby = list(_download(desk).iter_rows(values_only=True))
    assert (aby[6], bro[9]) == ("ja", 12)
    assert desk.outcomes(desk.send(buffer.getvalue())) == {2: "unchanged", 3: "unchanged"}


def test_in_english_it_is_english_and_comes_back_as_well(desk: Desk) -> None:
    desk.client.set_cookie("language", "en", domain="localhost")
    sheet = _download(desk)
    assert sheet["D1"].value == "Village"
    sheet["G3"] = "yes"
    buffer = io.BytesIO()
    assert sheet.parent is not None
    sheet.parent.save(buffer)
    assert desk.outcomes(desk.send(buffer.getvalue())) == {2: "empty", 3: "new"}


def test_a_village_whose_name_looks_like_a_formula_is_a_text(desk: Desk) -> None:
    desk.aby.name = "=1+1"
    desk.session.flush()
    assert "'=1+1" in [cell.value for cell in _download(desk)["D"]]


def test_staff_have_all_associations_of_their_county_in_one_sheet_and_back(
    session: Session, client: FlaskClient
) -> None:
    desk = Desk(session, client)
    by = factories.village(session, "Cederby", dwellings=30)
    factories.association(session, "Cederby fiber", serving=[by])
    far = factories.village(session, "Fjärran")
    factories.association(session, "Långt bort", serving=[far], county_code="07")
    desk.user = factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",))
    sign_in(client, desk.user)
    sheet = _sheet(client.get("/imports/spreadsheet").data)
    assert sorted(str(cell.value) for cell in sheet["D"][1:]) == ["Bro", "Cederby", "Åby"]
    for row in range(2, 5):
        sheet.cell(row, 10).value = 25
        sheet.cell(row, 12).value = "Räknat på plats"
    buffer = io.BytesIO()
    assert sheet.parent is not None
    sheet.parent.save(buffer)
    address = desk.send(buffer.getvalue())
    assert set(desk.outcomes(address).values()) == {"new"}
    desk.press(address, "confirm")
    assert len(desk.versions()) == 2


def test_two_associations_in_one_village_are_told_apart(
    session: Session, client: FlaskClient
) -> None:
    desk = Desk(session, client)
    factories.association(session, "Andra fibern", serving=[desk.aby])
    desk.user = factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",))
    sign_in(client, desk.user)
    header = ("Förening", "Ort", "Anslutna")
    address = desk.send(xlsx(header, (None, "Åby", 5), ("Andra fibern", "Åby", 5)))
    assert desk.outcomes(address) == {2: "refused", 3: "new"}
    assert "Flera föreningar har den här orten" in desk.said(address)
