"""The gap between rural and urban, and what would close it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.measures.gap import GroupSum, dwellings_to_close, gap, par
from outreach.measures.rates import UNKNOWN_SHARE, Share
from tests.measures.strategies import quick


def side(numerator: int | None, denominator: int | None) -> GroupSum:
    return GroupSum(
        numerator, denominator, villages=3, covered_dwellings=80, register_dwellings=100
    )


def test_the_gap_is_rural_minus_urban_in_points() -> None:
    result = gap(side(256, 1_000), side(806, 1_000))
    assert result.points == pytest.approx(-55.0)
    assert result.ratio == pytest.approx(256 / 806)


def test_build_out_and_take_up_gaps_may_differ_in_sign() -> None:
    build_out = gap(side(52, 100), side(71, 100))
    take_up = gap(side(52, 100), side(32, 100))
    assert build_out.points == pytest.approx(-19.0)
    assert take_up.points == pytest.approx(20.0)


def test_a_gap_carries_both_sides_with_their_villages_and_coverage_by_reports() -> None:
    rural, urban = side(1, 2), side(3, 4)
    result = gap(rural, urban)
    assert (result.rural, result.urban) == (rural, urban)
    assert result.rural.covered == Share(80, 100)
    assert result.rural.share == Share(1, 2)


@pytest.mark.parametrize(
    ("rural", "urban"), [(side(0, 0), side(1, 2)), (side(1, 2), side(None, None))]
)
def test_a_gap_to_nothing_known_is_undefined(rural: GroupSum, urban: GroupSum) -> None:
    result = gap(rural, urban)
    assert result.points is None
    assert result.ratio is None


def test_a_ratio_to_zero_is_undefined_where_the_difference_is_not() -> None:
    result = gap(side(1, 2), side(0, 2))
    assert result.points == 50.0
    assert result.ratio is None


def test_dwellings_to_close_are_rounded_up_in_each_village() -> None:
    # 0.75 * 10 - 5 = 2.5 -> 3, 0.75 * 7 - 1 = 4.25 -> 5, and one village is ahead already
    villages = [Share(5, 10), Share(1, 7), Share(8, 8)]
    assert dwellings_to_close(villages, Share(3, 4)) == 8


def test_dwellings_to_close_are_not_raised_by_float_error() -> None:
    # 0.07 * 100 is 7.000000000000001 in floats, and would round up to 8
    assert dwellings_to_close([Share(0, 100)], Share(7, 100)) == 7


def test_villages_without_a_rate_take_no_part_in_closing_the_gap() -> None:
    villages = [Share(0, 0), Share(None, 50), Share(4, None), Share(0, 4)]
    assert dwellings_to_close(villages, Share(1, 2)) == 2


def test_nothing_is_left_to_close_when_rural_is_ahead() -> None:
    assert dwellings_to_close([Share(9, 10)], Share(1, 2)) == 0


@pytest.mark.parametrize(
    ("villages", "urban"),
    [([Share(1, 2)], UNKNOWN_SHARE), ([Share(0, 0)], Share(1, 2)), ([], Share(1, 2))],
)
def test_closing_an_undefined_gap_is_undefined(villages: list[Share], urban: Share) -> None:
    assert dwellings_to_close(villages, urban) is None


def test_the_attributable_risk_is_what_the_area_would_gain() -> None:
    assert par(Share(80, 100), Share(150, 200)) == 5.0


def test_the_attributable_risk_is_never_below_zero() -> None:
    assert par(Share(30, 100), Share(100, 200)) == 0.0


def test_the_attributable_risk_of_nothing_known_is_undefined() -> None:
    assert par(UNKNOWN_SHARE, Share(1, 2)) is None


@quick
@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 90))), st.integers(0, 100))
def test_adding_the_dwellings_to_close_lifts_each_village_and_one_less_would_not(
    pairs: list[tuple[int, int]], percent: int
) -> None:
    urban = Share(percent, 100)
    for connected, dwellings in pairs:
        missing = dwellings_to_close([Share(connected, dwellings)], urban)
        assert missing is not None
        assert 100 * (connected + missing) >= percent * dwellings
        if missing:
            assert 100 * (connected + missing - 1) < percent * dwellings
