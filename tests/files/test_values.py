"""Cells are read by explicit patterns, and what is ambiguous is refused."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.files.values import coordinate_of, count_of, day_of, decimal_of, text_of, year_of
from outreach.rules import RuleBroken


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("0", 0),
        ("66420", 66420),
        ("66 420", 66420),
        ("66\N{NO-BREAK SPACE}420", 66420),
        ("66\N{NARROW NO-BREAK SPACE}420", 66420),
        ("1\N{THIN SPACE}066\N{THIN SPACE}420", 1066420),
        (" 12 ", 12),
        ("300.0", 300),
        ("300,00", 300),
        (683, 683),
        (683.0, 683),
        ("", None),
        ("  ", None),
        (None, None),
    ],
)
def test_a_count_is_read(cell: str | float | None, number: int | None) -> None:
    assert count_of(cell, column="bef") == number


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1.000", "ambiguous_thousands"),
        ("1,000", "ambiguous_thousands"),
        ("1.000.000", "ambiguous_thousands"),
        ("-3", "negative"),
        ("\N{MINUS SIGN}3", "negative"),
        ("12,5", "not_whole"),
        ("12.5", "not_whole"),
        (12.5, "not_whole"),
        ("1e3", "not_a_number"),
        ("0x10", "not_a_number"),
        ("4_0", "not_a_number"),
        ("٤٠", "not_a_number"),
        ("４０", "not_a_number"),
        ("1 23", "not_a_number"),
        ("12 ?", "not_a_number"),
        ("nan", "not_a_number"),
        ("1000000000000", "too_large"),
        ("9" * 200, "too_large"),
        ("9" * 5_000, "not_a_number"),
        ("999999999", "too_large"),
        (-3, "negative"),
        (math.inf, "not_a_number"),
        (math.nan, "not_a_number"),
    ],
)
def test_what_is_no_count_is_refused_with_its_reason(cell: str | float, code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        count_of(cell, column="bef")
    assert (refusal.value.field, refusal.value.code) == ("bef", code)


@given(st.text(max_size=12))
def test_any_text_is_a_count_or_refused(text: str) -> None:
    try:
        found = count_of(text, column="bef")
    except RuleBroken:
        return
    assert found is None or found >= 0


@pytest.mark.parametrize(
    ("cell", "number"), [("221,3", 221.3), ("221.3", 221.3), ("1 445,50", 1445.5), (8.125, 8.125)]
)
def test_a_decimal_has_a_comma_or_a_point(cell: str | float, number: float) -> None:
    assert decimal_of(cell, column="area") == number


def test_a_thousand_with_a_point_is_no_decimal() -> None:
    with pytest.raises(RuleBroken) as refusal:
        decimal_of("1.443", column="area")
    assert refusal.value.code == "ambiguous_thousands"


@pytest.mark.parametrize(
    ("cell", "number"),
    [("14.556", 14.556), ("56,048", 56.048), ("-14.5", -14.5), ("6 211 466,0", 6211466.0)],
)
def test_the_point_of_a_coordinate_is_its_decimal_sign(cell: str, number: float) -> None:
    assert coordinate_of(cell, column="x") == number


@pytest.mark.parametrize("cell", ["1e999", "NaN", "56°10'", "14.5E", "--4"])
def test_a_coordinate_is_digits(cell: str) -> None:
    with pytest.raises(RuleBroken):
        coordinate_of(cell, column="x")


def test_a_day_is_year_month_day() -> None:
    assert day_of("2023-12-31", column="datum") == date(2023, 12, 31)
    assert day_of("2023-12-31Z", column="datum") == date(2023, 12, 31)
    assert day_of("", column="datum") is None


@pytest.mark.parametrize("cell", ["2025-W13-1", "20231231", "31/12/23", "2023-02-30", "0000-01-01"])
def test_what_is_no_day_is_refused(cell: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        day_of(cell, column="datum")
    assert refusal.value.code == "not_a_day"


def test_a_year_has_four_digits() -> None:
    assert year_of("2020", column="ar") == 2020
    assert year_of(2020, column="ar") == 2020
    with pytest.raises(RuleBroken):
        year_of("20", column="ar")


def test_text_is_composed_and_its_spaces_are_plain() -> None:
    assert text_of("A\N{COMBINING RING ABOVE}ryd\N{NO-BREAK SPACE} ") == "Åryd"
    assert text_of(780.0) == "780"
    assert text_of("\N{ZERO WIDTH NO-BREAK SPACE}kod") == "kod"
