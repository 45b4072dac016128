"""What is typed for a count: what is read, and what each refusal is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.connections.reading import counted
from outreach.rules import RuleBroken


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0", 0),
        ("40", 40),
        (" 40 ", 40),
        ("1 234", 1234),
        ("1\N{NO-BREAK SPACE}234", 1234),
        ("1\N{THIN SPACE}234", 1234),
        ("1\N{NARROW NO-BREAK SPACE}234", 1234),
        ("007", 7),
        ("12,0", 12),
    ],
)
def test_a_whole_number_is_read_with_any_space_between_thousands(typed: str, number: int) -> None:
    assert counted(typed, field="connected") == number


@pytest.mark.parametrize("typed", ["", "   ", "\N{NO-BREAK SPACE}", "\t"])
def test_a_blank_is_unknown_and_not_zero(typed: str) -> None:
    assert counted(typed, field="connected") is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("12,5", "not_whole"),
        ("12.5", "not_whole"),
        ("1.000", "ambiguous_thousands"),
        ("1,000", "ambiguous_thousands"),
        ("-3", "negative"),
        ("\N{MINUS SIGN}3", "negative"),
        ("1e3", "power"),
        ("10^12", "power"),
        ("2**8", "power"),
        ("٤٠", "other_digits"),
        ("４０", "other_digits"),
        ("4²", "other_digits"),
        ("4_0", "not_a_number"),
        ("0x10", "not_a_number"),
        ("forty", "not_a_number"),
        ("12 34", "not_a_number"),
        ("NaN", "not_a_number"),
        ("99999999", "too_large"),
        ("1000000000000", "too_large"),
        ("1 000 000 000 000", "too_large"),
        ("9" * 4000, "not_a_number"),
        ("=1+1", "not_a_number"),
    ],
)
def test_what_is_no_count_is_refused_for_what_it_is(typed: str, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        counted(typed, field="connected")
    assert (refused.value.field, refused.value.code) == ("connected", code)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_number_a_blank_or_a_refusal(typed: str) -> None:
    try:
        number = counted(typed, field="connected")
    except RuleBroken:
        return
    assert number is None or number >= 0


@given(st.integers(0, 999_999))
def test_a_number_written_with_spaces_is_read_back(number: int) -> None:
    assert counted(f"{number:,}".replace(",", " "), field="connected") == number
