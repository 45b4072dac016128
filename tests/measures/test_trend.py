"""Series side by side, and the change between two dates."""

from datetime import date

from outreach.measures.rates import UNKNOWN_SHARE, Share
from outreach.measures.trend import Moment, align, change

SPRING, AUTUMN, NEXT = date(2024, 4, 1), date(2024, 10, 1), date(2025, 4, 1)


def test_series_are_put_side_by_side_and_nothing_is_filled_in() -> None:
    rural = {AUTUMN: Share(3, 10), SPRING: Share(1, 10)}
    urban = {SPRING: Share(5, 10), NEXT: Share(8, 10)}
    assert align(rural, urban) == [
        Moment(SPRING, (Share(1, 10), Share(5, 10))),
        Moment(AUTUMN, (Share(3, 10), UNKNOWN_SHARE)),
        Moment(NEXT, (UNKNOWN_SHARE, Share(8, 10))),
    ]


def test_no_series_have_no_dates() -> None:
    assert align() == []


def test_a_change_is_in_points() -> None:
    assert change({SPRING: Share(60, 120), NEXT: Share(60, 100)}, SPRING, NEXT) == 10.0


def test_a_change_to_a_date_without_a_figure_is_undefined() -> None:
    assert change({SPRING: Share(60, 120)}, SPRING, NEXT) is None
