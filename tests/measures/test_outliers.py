"""The modified z-score, against numbers worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.measures.outliers import FEWEST_POINTS, UNUSUAL, usual

points = st.lists(st.integers(-500, 500), min_size=FEWEST_POINTS, max_size=40)


def score(value: float, seen: list[int]) -> float:
    found = usual(seen)
    assert found is not None
    return found.z(value)


def test_the_score_by_hand() -> None:
    # Median 3; deviations 2, 1, 0, 1, 2, whose median is 1: 0.6745 · (10 - 3) / 1.
    assert score(10, [1, 2, 3, 4, 5]) == pytest.approx(4.7215)


def test_one_stray_does_not_hide_itself() -> None:
    # Median 3; deviations 2, 1, 0, 1, 97: MAD 1. The ordinary z of 100 among these is 1.79.
    assert score(100, [1, 2, 3, 4, 100]) == pytest.approx(0.6745 * 97)


def test_the_mean_deviation_steps_in_where_most_points_are_equal() -> None:
    # Median 0, MAD 0, mean absolute deviation 5 / 5 = 1: 40 / 1.253314.
    assert score(40, [0, 0, 0, 0, 5]) == pytest.approx(31.9154, abs=0.0001)


def test_one_home_is_the_spread_where_all_points_are_equal() -> None:
    assert (score(4, [0] * 5), score(0, [0] * 5)) == (4, 0)


def test_four_points_are_too_few_to_tell() -> None:
    assert (usual([1, 2, 3, 4]), usual([])) == (None, None)


def test_what_is_usual_is_the_middle_half() -> None:
    found = usual([0, 1, 2, 3, 40])
    assert found is not None
    assert (found.low, found.median, found.high, found.points) == (1, 2, 3, 5)


@given(points)
def test_the_median_is_never_unusual(seen: list[int]) -> None:
    found = usual(seen)
    assert found is not None
    assert (found.z(found.median), found.low <= found.median <= found.high) == (0, True)


@given(points, st.integers(-500, 500), st.integers(-1000, 1000))
def test_moving_all_by_the_same_changes_nothing(seen: list[int], value: int, by: int) -> None:
    moved = score(value + by, [point + by for point in seen])
    assert moved == pytest.approx(score(value, seen))


@given(points)
def test_at_least_half_of_the_points_are_usual_unless_all_but_few_are_equal(
    seen: list[int],
) -> None:
    found = usual(seen)
    assert found is not None
    assert sum(abs(found.z(point)) <= UNUSUAL for point in seen) * 2 >= len(seen)
