"""Training reach as pure arithmetic."""

from datetime import date

from outreach.measures.classes import FineClass
from outreach.measures.rates import Share
from outreach.measures.reach import (
    Activity,
    ReachSum,
    per_thousand,
    reach,
    rounded,
    together,
    year_before,
)


def sums(inhabitants: int | None, within: int | None) -> ReachSum:
    return ReachSum("1080", "Karlskrona", FineClass.outside, 1, 1, inhabitants, within)


def test_people_are_summed_and_then_divided() -> None:
    assert reach([sums(300, 300), sums(100, None)], is_logged=True) == Share(300, 400)


def test_villages_of_unknown_size_are_on_neither_side() -> None:
    assert reach([sums(300, 150), sums(None, None)], is_logged=True) == Share(150, 300)


def test_without_a_log_reach_is_unknown_and_not_none() -> None:
    assert reach([sums(300, None)], is_logged=False) == Share(None, None)
    assert reach([sums(300, None)], is_logged=True) == Share(0, 300)
    assert reach([], is_logged=True) == Share(None, None)


def test_sessions_without_a_count_add_no_participants() -> None:
    both = together([Activity(2, 2, 20, 1200), Activity(3)])
    assert both == Activity(5, 2, 20, 1200)
    assert both.hours == 20.0
    assert together([]).participants is None
    assert together([]).hours is None


def test_figures_are_told_for_each_thousand_inhabitants() -> None:
    assert per_thousand(30, 1500) == 20.0
    assert per_thousand(None, 1500) is None
    assert per_thousand(30, None) is None
    assert per_thousand(30, 0) is None


def test_the_public_is_told_the_nearest_ten() -> None:
    assert [rounded(count) for count in (4, 5, 14.9, 15, None)] == [0, 10, 10, 20, None]


def test_twelve_months_end_on_the_day() -> None:
    assert year_before(date(2025, 10, 1)) == date(2024, 10, 1)
    assert year_before(date(2024, 2, 29)) == date(2023, 2, 28)
