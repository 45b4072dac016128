"""Official series as they are published: JSON, long and wide tables, with their flaws."""

import io
import json

import pytest
from openpyxl import Workbook

from outreach.files.faults import FileRefused
from outreach.official.reading import ReadSeries, read_series
from outreach.official.rules import Counted, counted_in

SERIES = "N07918"


def figures(read: ReadSeries) -> list[tuple[str, int, float]]:
    return [(one.area_code, one.year, one.percent) for one in read.entries]


def read(text: str, *, encoding: str = "utf-8-sig") -> ReadSeries:
    return read_series(text.encode(encoding), series=SERIES)


def test_koladas_json_is_read_and_other_indicators_left_out() -> None:
    told = {
        "count": 3,
        "values": [
            {
                "kpi": "N07918",
                "municipality": "0780",
                "period": 2018,
                "values": [
                    {"gender": "K", "value": 80.0},
                    {"gender": "T", "value": 94.0, "status": ""},
                ],
            },
            {"kpi": "N00001", "municipality": "0780", "period": 2018, "values": []},
            {
                "kpi": "N07918",
                "municipality": "0010",
                "period": 2018,
                "values": [{"gender": "T", "value": None, "status": "Missing"}],
            },
        ],
    }
    found = read(json.dumps(told))
    assert (figures(found), found.absent) == ([("0780", 2018, 94.0)], 1)


def test_a_long_table_as_swedish_excel_writes_it() -> None:
    found = read(
        "Nyckeltal;Område;Kommunkod;År;Kön;Värde\r\n"
        "Bredband (N07918);Växjö;780;2018;Totalt;83,5\r\n"
        "Bredband (N07918);Växjö;780;2018;Kvinnor;82\r\n"
        "Annat (N00001);Växjö;780;2018;Totalt;10\r\n",
        encoding="cp1252",
    )
    assert figures(found) == [("0780", 2018, 83.5)]


def test_a_wide_table_with_a_title_above_and_dashes_for_nothing() -> None:
    found = read(
        "Tillgång till bredband\r\n\r\n"
        "Kommunkod,Kommun,Andel 2018 (%),Andel 2019 (%)\r\n"
        "1080,Karlskrona,85.43,-\r\n1081,Ronneby,..,71 %\r\n"
    )
    assert figures(found) == [("1080", 2018, 85.43), ("1081", 2019, 71.0)]
    assert found.absent == 2


def test_an_excel_file_with_numbers_as_numbers() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Kommunkod", 2018, 2021], [1080, 80.46, 88.6], [1083, 55.73, None]):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    found = read_series(buffer.getvalue(), series=SERIES)
    assert figures(found) == [
        ("1080", 2018, 80.46),
        ("1080", 2021, 88.6),
        ("1083", 2018, 55.73),
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Växjö;2018;83", "not_a_code"),
        ("0780;18;83", "not_a_year"),
        ("0780;2018;183", "too_large"),
        ("0780;2018;-3", "negative"),
        ("0780;2018;ja", "not_a_number"),
    ],
)
def test_a_bad_row_is_named_and_the_others_taken(row: str, code: str) -> None:
    found = read(f"kommunkod;år;värde\n1080;2018;80\n{row}\n")
    assert figures(found) == [("1080", 2018, 80.0)]
    assert [(one.row, one.code) for one in found.refused] == [(3, code)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a;b\n1;2\n", "no_official_figures"),
        ('{"values": {}}', "no_official_figures"),
        ('{"values"', "json_broken"),
        (" ", "empty_file"),
    ],
)
def test_a_file_without_figures_is_refused(text: str, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read(text)
    assert refused.value.code == code


def test_the_series_breaks_where_another_thing_is_counted() -> None:
    assert [counted_in(year) for year in (2014, 2015, 2020, 2021)] == [
        Counted.POPULATION,
        Counted.HOUSEHOLDS,
        Counted.HOUSEHOLDS,
        Counted.POPULATION,
    ]


def test_cells_shown_as_percentages_are_read_as_they_are_shown() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Kommunkod", 2023, 2024], ["0780", 0.8825, 1]):
        sheet.append(row)
    sheet["B2"].number_format = sheet["C2"].number_format = "0.0%"
    buffer = io.BytesIO()
    book.save(buffer)
    found = read_series(buffer.getvalue(), series=SERIES)
    assert figures(found) == [("0780", 2023, 88.25), ("0780", 2024, 100.0)]


def test_shares_are_not_taken_for_percentages() -> None:
    with pytest.raises(FileRefused) as refused:
        read("kommunkod;år;värde\n0780;2024;0,8825\n0761;2024;1\n")
    assert refused.value.code == "shares_not_percentages"
