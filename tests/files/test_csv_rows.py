"""CSV in the forms that Swedish programs write."""

import pytest

from outreach.files.budget import Budget
from outreach.files.csv_rows import read
from outreach.files.faults import FileRefused
from outreach.files.table import Table


def _read(content: str | bytes, encoding: str | None = None) -> Table:
    data = content.encode() if isinstance(content, str) else content
    return read(data, budget=Budget(), encoding=encoding)


def _cells(table: Table, name: str) -> list[object]:
    return [row.cell(table.columns, name) for row in table]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    table = _read(f"kod{delimiter}namn\n1080{delimiter}Karlskrona\n")
    assert _cells(table, "namn") == ["Karlskrona"]


def test_a_decimal_comma_does_not_part_cells_in_a_file_with_semicolons() -> None:
    table = _read("kod;area, ha\n1080;221,3\n")
    assert _cells(table, "area, ha") == ["221,3"]


def test_excels_line_of_the_separator_is_not_the_header() -> None:
    table = _read("sep=;\nkod;namn\n1080;Karlskrona\n")
    assert [(row.number, row.cells) for row in table] == [(3, ["1080", "Karlskrona"])]


def test_utf8_with_a_byte_order_mark_is_read() -> None:
    table = _read("\N{BYTE ORDER MARK}kod;namn\n0780;Växjö\n")
    assert _cells(table, "kod") == ["0780"]
    assert table.encoding == "utf-8"


def test_what_is_not_utf8_is_read_as_windows_wrote_it() -> None:
    table = _read("kod;namn\n0780;Växjö\n".encode("cp1252"))
    assert _cells(table, "namn") == ["Växjö"]
    assert table.encoding == "cp1252"


def test_excels_unicode_text_is_read() -> None:
    table = _read("kod\tnamn\n0780\tVäxjö\n".encode("utf-16"))
    assert _cells(table, "namn") == ["Växjö"]


def test_a_stated_encoding_is_taken_at_its_word() -> None:
    table = _read("kod;namn\n0780;Växjö\n".encode("cp850"), encoding="cp850")
    assert _cells(table, "namn") == ["Växjö"]


def test_headers_match_without_regard_to_case_space_and_composition() -> None:
    table = _read(" Invånare \nx\n".replace("å", "a\N{COMBINING RING ABOVE}"))
    assert table.columns.first_of(["invånare"]) == "invånare"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp850", "kod;namn\n1080;Härnäs\n1081;Öljehult\n"),
        ("macroman", "kod;namn\n1080;Härnäs\n1081;Öljehult\n"),
        ("cp1252", "kod;namn\n1080;Härnäs\n1081;”Öljehult”\n"),
        ("cp1252", "kod;namn\n1080;”Bro”\n1081;Lund…\n"),
    ],
)
def test_swedish_words_tell_which_system_wrote_the_file(encoding: str, text: str) -> None:
    table = _read(text.encode(encoding))
    assert table.encoding == encoding
    assert [row.cells[1] for row in table] == [line[5:] for line in text.splitlines()[1:]]


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    table = _read('kod;namn\n\n1080;"Karls\nkrona"\n;\n1081;Ronneby\n')
    assert [row.number for row in table] == [3, 5]


def test_a_row_with_too_many_cells_is_refused_by_its_number() -> None:
    table = _read("kod;namn\n1080;Karlskrona\n1081;Ronneby;9\n1082;Karlshamn;\n")
    assert [(one.code, one.row) for one in table.refused] == [("too_many_cells", 3)]
    assert [row.number for row in table] == [2, 4]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\n \n", "empty_file"),
        (b"kod;namn\n10\x0080;x", "nul_byte"),
        (b"kod;namn\n1080;\x81\x8d", "encoding_unknown"),
        (b'kod;namn\n1080;"x\n1081;y\n', "csv_broken"),
        (b"kod;kod\n1;2\n", "column_twice"),
        (b"kod" + b";" * 300 + b"\n", "too_many_columns"),
        (b"kod\n" + b"x" * 20_000, "too_many_cells_in_file"),
        (b"kod\n" + b"x" * 200_000, "too_many_cells_in_file"),
        (b"kod\n" + b"1\n" * 100_001, "too_many_rows"),
        (b"x" * (20 * 1024 * 1024 + 1), "too_large_file"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason(content: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        _read(content)
    assert refusal.value.code == code
