"""Files that are not what they seem: refused in words, quickly, and never a server error."""

import io
import time
import zipfile

import pytest
from openpyxl import Workbook

from tests.exchange.making import HEADER, Desk, csv, xlsx, zipped

GOOD = ("Åby", None, 90, 70, 45, None, None)
MOST_SECONDS = 8


def _with_sheet(sheet: str, **members: str) -> bytes:
    """A workbook whose first sheet is this XML, with other parts replaced as well."""
    source = zipfile.ZipFile(io.BytesIO(xlsx(HEADER, GOOD)))
    parts = {name: source.read(name).decode() for name in source.namelist()}
    parts["xl/worksheets/sheet1.xml"] = sheet
    return zipped(parts | members)


def _sheet(rows: str) -> str:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'


def _bomb() -> bytes:
    return zipped({"xl/workbook.xml": "<a/>", "xl/worksheets/sheet1.xml": " " * 60_000_000})


def _entities() -> str:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    return f'<!DOCTYPE x [<!ENTITY e0 "bom">{entities}]><x>&e8;</x>'


BAD = {
    "empty": (b"", "Filen är tom"),
    "blank": (b" \r\n \r\n", "Filen är tom"),
    "text": (b"hej", "Vilken kolumn är vilken?"),
    "nul bytes": (b"Ort;Anslutna\r\nA\0by;3\r\n", "annan sorts fil"),
    "old excel": (b"\xd0\xcf\x11\xe0" + b"x" * 600, "äldre sort"),
    "cut workbook": (xlsx(HEADER, GOOD)[:2000], "skada"),
    "another archive": (zipped({"a.txt": "hej"}), "inget kalkylblad"),
    "bomb": (_bomb(), "större än 48"),
    "million columns": (
        _with_sheet(_sheet('<row r="1"><c r="XFD1" t="n"><v>1</v></c></row>')),
        "kolumner",
    ),
    "impossible column": (
        _with_sheet(_sheet('<row r="1"><c r="ZZZZZZZ1"><v>1</v></c></row>')),
        "skada",
    ),
    "far row": (_with_sheet(_sheet('<row r="99999999999"><c><v>1</v></c></row>')), " rader"),
    "last row": (_with_sheet(_sheet('<row r="1048576"><c><v>1</v></c></row>')), " rader"),
    "entities": (_with_sheet(_entities()), "skada"),
    "entities in ods": (zipped({"content.xml": _entities()}), "skada"),
    "deep ods": (zipped({"content.xml": "<a>" * 5000 + "</a>" * 5000}), "skada"),
    "not xml": (_with_sheet("<worksheet><sheetData><row"), "skada"),
    "open quotation": (b'Ort;Anslutna\r\n"Aby;3\r\n', "citattecken"),
    "million csv columns": (b"Ort" + b";" * 100_000 + b"Anslutna\r\n", "kolumner"),
    "path out": (zipped({"../xl/workbook.xml": "x"}), "leder ut"),
    "repeated ods": (
        zipped(
            {
                "content.xml": '<d xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
                'xmlns:x="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><t:table t:name="a">'
                '<t:table-row t:number-rows-repeated="1000000"><t:table-cell '
                't:number-columns-repeated="150"><x:p>1</x:p></t:table-cell></t:table-row>'
                "</t:table></d>"
            }
        ),
        " rader",
    ),
}


@pytest.mark.parametrize("kind", list(BAD))
def test_a_bad_file_is_refused_in_words_and_soon(desk: Desk, kind: str) -> None:
    content, said = BAD[kind]
    began = time.thread_time()
    answer = desk.post(content)
    assert answer.status_code in {303, 422}
    desk.work()
    page = answer.text if answer.status_code == 422 else desk.client.get(answer.location).text
    assert time.thread_time() - began < MOST_SECONDS
    assert said in page
    assert desk.versions() == []


def test_a_formula_counts_as_what_it_last_gave_and_never_runs(desk: Desk) -> None:
    sheet = _sheet(
        '<row r="1"><c t="inlineStr"><is><t>Ort</t></is></c>'
        '<c t="inlineStr"><is><t>Anslutna</t></is></c>'
        '<c t="inlineStr"><is><t>Kan anslutas</t></is></c></row>'
        '<row r="2"><c t="inlineStr"><is><t>Åby</t></is></c><c><f>35+35</f><v>70</v></c>'
        "<c><v>80</v></c></row>"
    )
    assert desk.outcomes(desk.send(_with_sheet(sheet))) == {2: "new"}


def test_a_formula_never_calculated_is_not_taken_for_a_blank(desk: Desk) -> None:
    page = desk.client.get(desk.send(xlsx(HEADER, ("Åby", None, 90, "=B2-20")))).text
    assert "formler som aldrig har räknats ut" in page


def test_a_formula_that_gave_an_empty_text_is_a_blank(desk: Desk) -> None:
    sheet = _sheet(
        '<row r="1"><c t="inlineStr"><is><t>Ort</t></is></c>'
        '<c t="inlineStr"><is><t>Anslutna</t></is></c>'
        '<c t="inlineStr"><is><t>Orsak</t></is></c>'
        '<c t="inlineStr"><is><t>Kan anslutas</t></is></c></row>'
        '<row r="2"><c t="inlineStr"><is><t>Åby</t></is></c><c><f>35+35</f><v>70</v></c>'
        '<c t="str"><f>IF(A1="","x","")</f><v></v></c><c><v>80</v></c></row>'
    )
    assert desk.outcomes(desk.send(_with_sheet(sheet))) == {2: "new"}


def test_an_error_or_a_truth_in_a_cell_for_a_count_is_no_number(desk: Desk) -> None:
    sheet = _sheet(
        '<row r="1"><c t="inlineStr"><is><t>Ort</t></is></c>'
        '<c t="inlineStr"><is><t>Anslutna</t></is></c></row>'
        '<row r="2"><c t="inlineStr"><is><t>Åby</t></is></c>'
        '<c t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        '<row r="3"><c t="inlineStr"><is><t>Bro</t></is></c><c t="b"><v>1</v></c></row>'
    )
    assert desk.outcomes(desk.send(_with_sheet(sheet))) == {2: "refused", 3: "refused"}


def test_a_day_in_a_cell_for_a_count_is_no_number(desk: Desk) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(HEADER))
    sheet.append(["Åby", None, 90, 70])
    sheet["D2"].number_format = "yyyy-mm-dd"
    buffer = io.BytesIO()
    book.save(buffer)
    assert desk.outcomes(desk.send(buffer.getvalue())) == {2: "refused"}


def test_merged_cells_belong_to_their_first(desk: Desk) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Rapport från Åbys fiber"])
    sheet.merge_cells("A1:G1")
    sheet.append(list(HEADER))
    sheet.append(list(GOOD))
    buffer = io.BytesIO()
    book.save(buffer)
    assert desk.outcomes(desk.send(buffer.getvalue())) == {3: "new"}


def test_a_municipality_whose_zero_the_spreadsheet_ate_is_found(desk: Desk) -> None:
    header = ("Ort", "Kommun", "Kan anslutas", "Anslutna")
    desk.aby.municipality_code = "1080"
    assert desk.outcomes(desk.send(xlsx(header, ("Åby", 1080, 80, 61), ("Bro", 780, 20, 5)))) == {
        2: "new",
        3: "refused",
    }


def test_letters_from_windows_and_composed_ones_are_the_same(desk: Desk) -> None:
    composed = csv(("Ort", "Kan anslutas", "Anslutna"), ("A\N{COMBINING RING ABOVE}by", 80, 61))
    assert desk.outcomes(desk.send(composed, "a.csv")) == {2: "new"}


def test_what_looks_like_a_formula_is_harmless_in_the_marked_file(desk: Desk) -> None:
    address = desk.send(csv(HEADER, ("Ångby", '=HYPERLINK("http://a")', "@x", "-1+1")))
    with zipfile.ZipFile(io.BytesIO(desk.client.get(f"{address}/faults").data)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_markup_in_a_cell_is_text_on_the_page(desk: Desk) -> None:
    address = desk.send(xlsx(HEADER, ("<script>alert(1)</script>", 1, 1, 1)), "<b>x.xlsx")
    assert "<script>alert" not in desk.client.get(address).text


def test_columns_with_other_names_are_told_once_and_remembered(desk: Desk) -> None:
    content = xlsx(("Bynamnet", "Fiber inne", "Kan anslutas"), ("Åby", 61, 80))
    address = desk.send(content)
    assert desk.state(address) == "needs_columns"
    desk.press(address, "columns", village="0", connected="1", homes_passed="2")
    assert desk.outcomes(address) == {2: "new"}
    assert desk.outcomes(desk.send(content)) == {2: "new"}


def test_columns_that_say_nothing_are_asked_for_again(desk: Desk) -> None:
    address = desk.send(xlsx(("Bynamnet", "Fiber inne"), ("Åby", 61)))
    assert "Välj en kolumn för orten" in desk.press(address, "columns", connected="1").text
    assert desk.state(address) == "needs_columns"


def test_two_columns_of_one_name_can_be_told_apart(desk: Desk) -> None:
    address = desk.send(xlsx(("Bynamnet", "Antal", "Antal", "Kan anslutas"), ("Åby", 7, 61, 80)))
    page = desk.client.get(address).text
    assert page.count('<option value="1">Antal</option>') == 11
    assert page.count('<option value="2">Antal</option>') == 11
    desk.press(address, "columns", village="0", connected="2", homes_passed="3")
    desk.press(address, "confirm")
    assert [count.connected for made in desk.versions() for count in made.counts] == [61]
