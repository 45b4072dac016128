"""Which class and which side of a gap a place is on, and the class limits of the maps."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.measures.classes import (
    POLICY_LIMITS,
    FineClass,
    Group,
    Scheme,
    SettlementClass,
    class_index,
    fine_class_of,
    group_of,
    quantile_limits,
)
from tests.measures.strategies import quick

TATORT, SMAORT, OUTSIDE = SettlementClass


@pytest.mark.parametrize(
    ("scheme", "settlement_class", "inhabitants", "group"),
    [
        (Scheme.pts, TATORT, 200, Group.urban),
        (Scheme.pts, SMAORT, 60, Group.urban),
        (Scheme.pts, OUTSIDE, 10, Group.rural),
        (Scheme.scb, TATORT, 200, Group.urban),
        (Scheme.scb, SMAORT, 60, Group.rural),
        (Scheme.scb, OUTSIDE, None, Group.rural),
        (Scheme.large, TATORT, 3_000, Group.urban),
        (Scheme.large, TATORT, 2_999, Group.rural),
        (Scheme.large, SMAORT, None, Group.rural),
        (Scheme.large, OUTSIDE, 4_000, Group.rural),
    ],
)
def test_a_scheme_puts_a_place_on_one_side(
    scheme: Scheme, settlement_class: SettlementClass, inhabitants: int | None, group: Group
) -> None:
    assert group_of(scheme, settlement_class, inhabitants=inhabitants) is group


def test_a_tatort_of_unknown_size_is_on_neither_side_of_the_size_scheme() -> None:
    assert group_of(Scheme.large, TATORT, inhabitants=None) is None


@pytest.mark.parametrize("scheme", [Scheme.pts, Scheme.scb])
def test_the_other_schemes_need_no_inhabitants(scheme: Scheme) -> None:
    assert group_of(scheme, TATORT, inhabitants=None) is Group.urban


@pytest.mark.parametrize(
    ("settlement_class", "inhabitants", "fine"),
    [
        (TATORT, 3_000, FineClass.tatort_large),
        (TATORT, 2_999, FineClass.tatort_small),
        (TATORT, None, FineClass.tatort_unsized),
        (SMAORT, 5_000, FineClass.smaort),
        (OUTSIDE, None, FineClass.outside),
        (None, 5_000, FineClass.unclassed),
    ],
)
def test_the_finest_class_of_a_place(
    settlement_class: SettlementClass | None, inhabitants: int | None, fine: FineClass
) -> None:
    assert fine_class_of(settlement_class, inhabitants=inhabitants) is fine


@pytest.mark.parametrize(
    ("share", "index"),
    [(0.0, 0), (0.3999, 0), (0.4, 1), (0.6, 2), (0.7499, 2), (0.75, 3), (0.9, 4), (1.0, 4)],
)
def test_a_share_on_a_limit_belongs_to_the_class_above(share: float, index: int) -> None:
    assert class_index(share, POLICY_LIMITS) == index


def test_an_undefined_share_has_no_class() -> None:
    assert class_index(None, POLICY_LIMITS) is None


def test_quantile_limits_put_equally_many_places_in_each_class() -> None:
    shares = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]
    limits = quantile_limits(shares, classes=4)
    assert limits == pytest.approx((0.275, 0.45, 0.625))
    assert [class_index(share, limits) for share in shares] == [0, 0, 1, 1, 2, 2, 3, 3]


def test_a_map_on_which_all_values_are_equal_has_one_class() -> None:
    assert quantile_limits([0.5] * 30) == ()
    assert class_index(0.5, ()) == 0


def test_a_map_without_any_value_has_one_class() -> None:
    assert quantile_limits([None, None]) == ()


@quick
@given(st.lists(st.none() | st.floats(0, 1)), st.integers(1, 9))
def test_quantile_limits_rise_and_leave_no_lowest_class_empty(
    shares: list[float | None], classes: int
) -> None:
    limits = quantile_limits(shares, classes=classes)
    assert all(low < high for low, high in pairwise(limits))
    assert len(limits) < classes
    indexes = {class_index(share, limits) for share in shares if share is not None}
    assert not indexes or 0 in indexes
