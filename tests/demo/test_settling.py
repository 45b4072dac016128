"""A total is shared out exactly, within limits, and never downwards."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.demo.facts import Facts
from outreach.demo.settling import Part, TotalOutOfReach, settle
from outreach.demo.targets import connected_totals, nearest_count, shows_as

SIZES = st.lists(
    st.tuples(st.integers(1, 400), st.floats(-3, 3), st.floats(0, 1)), min_size=1, max_size=12
)


@given(sizes=SIZES, share=st.floats(0, 1))
def test_parts_add_up_and_stay_within_their_limits(
    sizes: list[tuple[int, float, float]], share: float
) -> None:
    parts = [Part(size, int(size * low / 2), size, lean) for size, lean, low in sizes]
    least, most = sum(part.low for part in parts), sum(part.high for part in parts)
    total = least + int((most - least) * share)
    settled = settle(total, parts)
    assert sum(settled) == total
    assert all(part.low <= count <= part.high for part, count in zip(parts, settled, strict=True))


def test_equal_parts_share_equally() -> None:
    assert settle(15, [Part(10, 0, 10, 0.0)] * 3) == [5, 5, 5]


def test_a_part_that_leans_forward_gets_more() -> None:
    behind, ahead = settle(10, [Part(10, 0, 10, -1.0), Part(10, 0, 10, 1.0)])
    assert (behind, ahead) == (3, 7)


@pytest.mark.parametrize("total", [3, 21])
def test_a_total_beyond_the_limits_is_refused(total: int) -> None:
    with pytest.raises(TotalOutOfReach):
        settle(total, [Part(10, 2, 10, 0.0), Part(10, 2, 10, 0.0)])


def test_not_every_percentage_occurs_in_every_total() -> None:
    """3 949 of 5 784 dwellings are 68.27 %, 3 950 are 68.29 %: nothing shows as 68.28 %."""
    assert not shows_as(nearest_count(5_784, Decimal("68.28")), 5_784, Decimal("68.28"))
    assert shows_as(nearest_count(5_785, Decimal("68.28")), 5_785, Decimal("68.28"))


def test_the_largest_municipality_takes_what_rounding_leaves_the_county(facts: Facts) -> None:
    """With other weights the shares of 2016 give 49.47 %; the county has to show 49.54 %."""
    totals = {"1060": 5_744, "1080": 29_000, "1081": 12_762, "1082": 14_070, "1083": 7_900}
    connected = connected_totals(facts, totals, year=2016)
    assert connected["1082"] == 7_035
    assert connected["1080"] > 17_110
    assert shows_as(sum(connected.values()), sum(totals.values()), Decimal("49.54"))
