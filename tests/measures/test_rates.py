"""Rates of a place and of an area: sums first, and nothing is 0 unless zero was counted."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.measures.rates import (
    UNKNOWN_SHARE,
    Counts,
    Measure,
    Share,
    left_to_build,
    left_to_connect,
    points,
    rate,
    total,
)
from tests.measures.strategies import any_counts, area_rate, known_counts, quick

VILLAGE = Counts(dwellings=120, homes_passed=90, connected=60, active=45)


@pytest.mark.parametrize(
    ("measure", "share", "value"),
    [
        (Measure.coverage, Share(90, 120), 0.75),
        (Measure.connection_rate, Share(60, 120), 0.5),
        (Measure.take_up, Share(60, 90), 2 / 3),
        (Measure.activation, Share(45, 60), 0.75),
    ],
)
def test_each_rate_is_its_two_counts(measure: Measure, share: Share, value: float) -> None:
    assert rate(VILLAGE, measure) == share
    assert rate(VILLAGE, measure).value == value


@pytest.mark.parametrize("measure", Measure)
def test_a_measure_names_the_counts_it_is_made_of(measure: Measure) -> None:
    assert rate(VILLAGE, measure) == Share(
        getattr(VILLAGE, measure.numerator_field), getattr(VILLAGE, measure.denominator_field)
    )


@pytest.mark.parametrize("measure", Measure)
def test_zero_of_zero_is_undefined_and_not_zero_percent(measure: Measure) -> None:
    share = rate(Counts(0, 0, 0, 0), measure)
    assert share.value is None
    assert share.exact is None
    assert share.known


@pytest.mark.parametrize("measure", Measure)
def test_a_blank_is_undefined_and_not_zero_percent(measure: Measure) -> None:
    share = rate(Counts(None, None, None, None), measure)
    assert share.value is None
    assert not share.known


def test_a_reported_zero_is_zero_percent() -> None:
    share = rate(Counts(40, 0, 0), Measure.coverage)
    assert share.value == 0.0
    assert share.exact == 0


def test_a_known_numerator_over_an_unknown_denominator_is_undefined() -> None:
    assert Share(5, None).value is None
    assert Share(None, 5).exact is None


def test_adding_counts_with_an_unknown_part_gives_an_unknown_sum() -> None:
    assert Counts(10, 8, 5, None) + Counts(20, None, 5, 1) == Counts(30, None, 10, None)


def test_a_sum_of_shares_counts_only_the_places_where_both_are_known() -> None:
    assert total([Share(5, 10), Share(None, 100), Share(7, None), Share(1, 2)]) == Share(6, 12)


def test_a_sum_of_unknown_shares_is_unknown_and_not_zero() -> None:
    assert total([Share(None, 100), Share(3, None)]) == UNKNOWN_SHARE
    assert total([]) == UNKNOWN_SHARE
    assert Share(None, 100) + Share(3, None) == UNKNOWN_SHARE


def test_a_place_with_no_denominator_counts_as_known_in_a_sum() -> None:
    assert total([Share(0, 0)]) == Share(0, 0)


def test_a_rate_with_data_differs_from_a_rate_connected() -> None:
    counts = [Counts(100, 50, 25), Counts(100, None, None)]
    assert area_rate(counts, Measure.connection_rate).value == 0.25


def test_what_is_left_to_do_is_told_apart() -> None:
    assert left_to_connect(VILLAGE) == 30
    assert left_to_build(VILLAGE) == 30


def test_what_is_left_is_unknown_when_a_count_is() -> None:
    assert left_to_connect(Counts(10, None, 2)) is None
    assert left_to_build(Counts(None, 5, 2)) is None


def test_60_of_120_to_60_of_100_is_ten_points_up() -> None:
    assert points(Share(60, 120), Share(60, 100)) == 10.0


def test_a_change_from_40_to_50_percent_is_ten_points_and_not_25_percent() -> None:
    assert points(Share(40, 100), Share(50, 100)) == 10.0


def test_a_real_decrease_is_a_change_below_zero() -> None:
    assert points(Share(60, 100), Share(45, 100)) == -15.0


@pytest.mark.parametrize(
    ("before", "after"), [(Share(0, 0), Share(1, 2)), (Share(1, 2), UNKNOWN_SHARE)]
)
def test_a_change_from_or_to_the_undefined_is_undefined(before: Share, after: Share) -> None:
    assert points(before, after) is None


@quick
@given(known_counts())
def test_coverage_times_take_up_is_the_connection_rate(counts: Counts) -> None:
    coverage = rate(counts, Measure.coverage).exact
    take_up = rate(counts, Measure.take_up).exact
    connection = rate(counts, Measure.connection_rate).exact
    if coverage is not None and take_up is not None:
        assert coverage * take_up == connection


@quick
@given(st.lists(known_counts(), min_size=1))
def test_coverage_times_take_up_is_the_connection_rate_of_an_area(places: list[Counts]) -> None:
    coverage = area_rate(places, Measure.coverage).value
    take_up = area_rate(places, Measure.take_up).value
    if coverage is not None and take_up is not None:
        assert coverage * take_up == pytest.approx(area_rate(places, Measure.connection_rate).value)


@quick
@given(st.lists(known_counts(), min_size=2), st.sampled_from(Measure), st.data())
def test_merging_villages_never_changes_the_rate_of_the_area(
    places: list[Counts], measure: Measure, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(1, len(places) - 1))
    merged = places[0]
    for place in places[1:cut]:
        merged = merged + place
    assert area_rate([merged, *places[cut:]], measure) == area_rate(places, measure)


@quick
@given(st.lists(any_counts()), st.sampled_from(Measure), st.randoms())
def test_the_order_of_villages_never_changes_the_rate(
    places: list[Counts], measure: Measure, random: Random
) -> None:
    shuffled = places.copy()
    random.shuffle(shuffled)
    assert area_rate(shuffled, measure) == area_rate(places, measure)


@quick
@given(st.lists(any_counts()), st.integers(0, 20), st.sampled_from(Measure))
def test_area_sums_can_be_made_of_part_sums(
    places: list[Counts], cut: int, measure: Measure
) -> None:
    parts = area_rate(places[:cut], measure) + area_rate(places[cut:], measure)
    assert parts == area_rate(places, measure)


@quick
@given(known_counts(), st.integers(1, 50), st.sampled_from(Measure))
def test_a_village_ten_times_larger_has_the_same_rate(
    counts: Counts, factor: int, measure: Measure
) -> None:
    larger = Counts(
        factor * (counts.dwellings or 0),
        factor * (counts.homes_passed or 0),
        factor * (counts.connected or 0),
        factor * (counts.active or 0),
    )
    assert rate(larger, measure).exact == rate(counts, measure).exact


@quick
@given(st.lists(any_counts()), st.sampled_from(Measure))
def test_a_value_is_given_only_for_a_known_numerator_over_more_than_nothing(
    places: list[Counts], measure: Measure
) -> None:
    share = area_rate(places, measure)
    assert (share.value is None) == (share.numerator is None or not share.denominator)
    if share.value == 0.0:
        assert share.numerator == 0


@quick
@given(known_counts())
def test_the_parts_of_a_village_sum_to_its_dwellings(counts: Counts) -> None:
    done, talk, dig = counts.connected, left_to_connect(counts), left_to_build(counts)
    assert (done or 0) + (talk or 0) + (dig or 0) == counts.dwellings


@quick
@given(st.fractions(0, 1), st.fractions(0, 1))
def test_points_there_and_back_cancel(one: Fraction, other: Fraction) -> None:
    here = Share(one.numerator, one.denominator)
    there = Share(other.numerator, other.denominator)
    assert points(here, there) == -(points(there, here) or 0.0)
