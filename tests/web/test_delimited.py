"""CSV files: opened right by Excel, harmless to open."""

from datetime import date

import pytest

from outreach.web.delimited import csv_text, safe_text


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\N{NO-BREAK SPACE}=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "\u200b=1",
        " =1",
        "−1",
        "|cmd",
        "\ttext",
    ],
)
def test_no_text_starts_a_formula_in_any_spelling(text: str) -> None:
    assert safe_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Åryd", "1-2", "a=b", "ek. för."])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert safe_text(text) == text


def test_a_file_has_a_byte_order_mark_semicolons_and_decimal_commas() -> None:
    text = csv_text(["By", "Andel"], [["Åryd; norra", 0.5], ["=1", -3]])
    assert text == '\ufeffBy;Andel\r\n"Åryd; norra";0,5\r\n\'=1;-3\r\n'


def test_unknown_is_an_empty_cell_and_zero_is_zero() -> None:
    assert csv_text(["a", "b", "c"], [[None, 0, date(2026, 10, 1)]]).endswith(
        "\r\n;0;2026-10-01\r\n"
    )
