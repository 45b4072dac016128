"""The order of the four counts, and what calls for a reason."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.connections.rules import (
    LARGEST_COUNT,
    CountEntry,
    CountField,
    CountFigures,
    DwellingsSource,
    Known,
)
from outreach.measures.classes import DwellingType

counts = st.none() | st.integers(0, 300)


def codes(figures: CountFigures) -> list[tuple[str, str]]:
    return [(rule.field, rule.code) for rule in figures.broken_rules()]


def doubted(figures: CountFigures, known: Known, *, unchanged: bool = False) -> list[str]:
    entry = CountEntry(1, DwellingType("permanent"), figures, is_unchanged=unchanged)
    return [f"{rule.field} {rule.code}" for rule in entry.doubts(known)]


@pytest.mark.parametrize(
    ("figures", "broken"),
    [
        (CountFigures(100, 80, 60, 40), []),
        (CountFigures(0, 0, 0, 0), []),
        (CountFigures(100, 100, 100, 100), []),
        (CountFigures(), []),
        (CountFigures(100, 101, 60, 40), [("homes_passed", "more_than_dwellings")]),
        (CountFigures(100, 80, 81, 40), [("connected", "more_than_homes_passed")]),
        (CountFigures(100, 80, 60, 61), [("active", "more_than_connected")]),
        (CountFigures(100, None, 101, None), [("connected", "more_than_dwellings")]),
        (CountFigures(None, 80, None, 81), [("active", "more_than_homes_passed")]),
        (CountFigures(None, None, 60, 61), [("active", "more_than_connected")]),
        (CountFigures(-1), [("dwellings", "negative")]),
        (CountFigures(LARGEST_COUNT), []),
        (CountFigures(LARGEST_COUNT + 1), [("dwellings", "too_large")]),
    ],
)
def test_each_count_lies_within_the_nearest_stated_one_above(
    figures: CountFigures, broken: list[tuple[str, str]]
) -> None:
    assert codes(figures) == broken


@given(counts, counts, counts, counts)
def test_figures_break_no_rule_exactly_when_the_stated_ones_never_rise(
    dwellings: int | None, homes_passed: int | None, connected: int | None, active: int | None
) -> None:
    figures = CountFigures(dwellings, homes_passed, connected, active)
    stated = [n for n in (dwellings, homes_passed, connected, active) if n is not None]
    assert (codes(figures) == []) == all(a >= b for a, b in pairwise(stated))


def test_zero_is_a_figure_and_blank_is_none() -> None:
    assert (CountFigures().is_empty, CountFigures(connected=0).is_empty) == (True, False)


def test_a_decrease_asks_for_a_reason() -> None:
    known = Known(last=CountFigures(100, 80, 60, 40))
    assert doubted(CountFigures(100, 80, 59, 40), known) == ["connected decrease"]


@pytest.mark.parametrize(
    ("before", "after", "asked"),
    [
        (10, 20, []),  # 10 more: not above 10 homes
        (10, 21, ["connected jump"]),  # 11 more, more than double
        (100, 120, []),  # exactly a fifth more
        (100, 121, ["connected jump"]),
        (0, 11, ["connected jump"]),
        (0, 10, []),
        (60, 60, []),
    ],
)
def test_a_jump_is_more_than_ten_homes_and_more_than_a_fifth(
    before: int, after: int, asked: list[str]
) -> None:
    known = Known(last=CountFigures(connected=before))
    assert doubted(CountFigures(connected=after), known) == asked


@pytest.mark.parametrize(
    ("dwellings", "asked"),
    [
        (80, []),
        (120, []),
        (79, ["dwellings unlike_register"]),
        (121, ["dwellings unlike_register"]),
    ],
)
def test_dwellings_a_fifth_from_the_register_ask_for_a_reason(
    dwellings: int, asked: list[str]
) -> None:
    assert doubted(CountFigures(dwellings), Known(register=100)) == asked


def test_the_registers_own_dwellings_raise_no_doubt() -> None:
    entry = CountEntry(1, DwellingType("permanent"), CountFigures(50), DwellingsSource.REGISTER)
    assert list(entry.doubts(Known(CountFigures(100), 50))) == []


def test_unchanged_figures_raise_no_doubt() -> None:
    known = Known(last=CountFigures(100, 80, 60, 40), register=10)
    assert doubted(CountFigures(100, 80, 60, 40), known, unchanged=True) == []


def test_nothing_is_doubted_where_nothing_was_known_or_nothing_is_said() -> None:
    assert doubted(CountFigures(1000, 900, 800, 700), Known()) == []
    assert doubted(CountFigures(), Known(CountFigures(100, 80, 60, 40), 100)) == []


def test_the_fields_go_from_the_largest_to_the_smallest() -> None:
    assert [*CountField] == ["dwellings", "homes_passed", "connected", "active"]
