"""How unequally connections are spread: Theil, Lorenz and Gini."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.measures.inequality import decomposed, lorenz, theil
from outreach.measures.rates import UNKNOWN_SHARE, Share
from tests.measures.strategies import quick


def test_equal_rates_are_no_inequality() -> None:
    shares = [Share(5, 10), Share(50, 100), Share(1, 2)]
    assert theil(shares) == pytest.approx(0)
    curve = lorenz(shares)
    assert curve is not None
    assert curve.gini == pytest.approx(0)


def test_theil_of_two_villages_by_hand() -> None:
    # Parts of connections 3/4 and 1/4, of dwellings 1/2 and 1/2.
    assert theil([Share(30, 50), Share(10, 50)]) == pytest.approx(0.75 * log(1.5) + 0.25 * log(0.5))


def test_a_village_with_no_connection_adds_nothing_to_theil() -> None:
    # All connections on half of the dwellings: ln 2.
    assert theil([Share(20, 50), Share(0, 50)]) == pytest.approx(log(2))


def test_between_and_within_by_hand() -> None:
    # One municipality with 30 and 10 of 50 each, another with 20 of 100.
    found = decomposed([("a", Share(30, 50)), ("a", Share(10, 50)), ("b", Share(20, 100))])
    assert found is not None
    between = 2 / 3 * log((2 / 3) / 0.5) + 1 / 3 * log((1 / 3) / 0.5)
    within = 2 / 3 * (0.75 * log(1.5) + 0.25 * log(0.5))
    assert found.between == pytest.approx(between)
    assert found.within == pytest.approx(within)
    assert found.theil == pytest.approx(between + within)
    assert found.between_share == pytest.approx(between / (between + within))
    assert [(part.key, part.villages) for part in found.groups] == [("a", 2), ("b", 1)]


def test_nothing_connected_or_known_has_no_inequality() -> None:
    for shares in ([], [UNKNOWN_SHARE], [Share(0, 10)], [Share(0, 0)]):
        assert theil(shares) is None
        assert lorenz(shares) is None
        assert decomposed([("a", share) for share in shares]) is None


def test_no_inequality_has_no_part_between() -> None:
    found = decomposed([("a", Share(1, 2)), ("b", Share(1, 2))])
    assert found is not None
    assert found.between_share is None


def test_lorenz_and_gini_of_two_villages_by_hand() -> None:
    # The half of the dwellings with the lower rate has a quarter: Gini 1/2 - 1/4.
    curve = lorenz([Share(30, 50), Share(10, 50)])
    assert curve is not None
    assert curve.points == ((0.0, 0.0), (0.5, 0.25), (1.0, 1.0))
    assert curve.gini == pytest.approx(0.25)
    assert curve.at(0.25) == pytest.approx(0.125)
    assert curve.at(0.75) == pytest.approx(0.625)
    assert curve.at(0.0) == 0.0
    assert curve.at(2.0) == 1.0


known = st.tuples(st.integers(0, 60), st.integers(1, 60)).map(lambda p: Share(min(p), p[1]))


@quick
@given(st.lists(st.tuples(st.sampled_from("abc"), known), min_size=1))
def test_between_and_within_add_up_to_the_whole(villages: list[tuple[str, Share]]) -> None:
    found = decomposed(villages)
    whole = theil(share for _, share in villages)
    if found is None or whole is None:
        assert found is None
        assert whole is None
        return
    assert found.theil == pytest.approx(whole, abs=1e-12)
    assert found.between >= 0
    assert found.within >= 0


@quick
@given(st.lists(known, min_size=1))
def test_gini_lies_between_none_and_all_and_the_curve_under_the_diagonal(
    shares: list[Share],
) -> None:
    curve = lorenz(shares)
    if curve is None:
        return
    assert -1e-12 <= curve.gini < 1
    assert all(connected <= dwellings + 1e-12 for dwellings, connected in curve.points)
    assert curve.points[-1] == (1.0, 1.0)
