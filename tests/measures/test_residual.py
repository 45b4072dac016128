"""The difference from an official figure, split and held against what could explain it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.measures.rates import Share
from outreach.measures.residual import Cause, residual


def test_the_difference_is_what_has_changed_and_what_was_there() -> None:
    found = residual(Share(90, 100), then=Share(80, 100), official=0.75, uncovered_then=0)
    assert (found.points, found.since, found.rest) == pytest.approx((15, 10, 5))


@pytest.mark.parametrize(
    ("official", "uncovered", "cause"),
    [
        (0.805, 0, Cause.LEVEL),
        # 80 of 100 with 25 uncovered lies between 64 and 84 %.
        (0.70, 25, Cause.UNCOVERED),
        (0.84, 25, Cause.UNCOVERED),
        (0.50, 25, Cause.OTHER),
        (0.90, 25, Cause.OTHER),
        (0.70, None, Cause.UNKNOWN),
    ],
)
def test_the_rest_is_explained_only_as_far_as_it_goes(
    official: float, uncovered: int | None, cause: Cause
) -> None:
    ours = Share(80, 100)
    assert residual(ours, then=ours, official=official, uncovered_then=uncovered).cause is cause


def test_without_our_figure_of_that_date_nothing_is_split() -> None:
    found = residual(Share(80, 100), then=Share(None, None), official=0.7, uncovered_then=0)
    assert (found.points, found.since, found.rest) == (pytest.approx(10), None, None)
    assert found.cause is Cause.UNKNOWN


def test_an_unknown_rate_has_no_difference() -> None:
    found = residual(Share(None, None), then=Share(1, 2), official=0.7, uncovered_then=0)
    assert found.points is None


@given(st.integers(0, 100), st.integers(0, 100), st.floats(0, 1), st.integers(0, 100))
def test_the_parts_add_up(now: int, then: int, official: float, uncovered: int) -> None:
    found = residual(
        Share(now, 100), then=Share(then, 100), official=official, uncovered_then=uncovered
    )
    assert (found.since or 0) + (found.rest or 0) == pytest.approx(found.points)
