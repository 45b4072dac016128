"""Places in a ranking, and how sure they are."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from outreach.measures.ranking import Bounds, Place, bounds, places
from outreach.measures.rates import Share


def test_uncovered_dwellings_make_the_bounds() -> None:
    assert bounds(Share(60, 80), uncovered=20) == Bounds(Fraction(60, 100), Fraction(80, 100))


def test_what_is_unknown_has_no_bounds() -> None:
    assert bounds(Share(None, 80), uncovered=20) is None
    assert bounds(Share(60, 80), uncovered=None) is None
    assert bounds(Share(0, 0), uncovered=0) is None


def test_with_everything_covered_each_place_is_sure() -> None:
    shares = [Share(50, 100), Share(90, 100), Share(70, 100)]
    assert places(shares, [0, 0, 0]) == [Place(3, 3, 3), Place(1, 1, 1), Place(2, 2, 2)]


def test_uncovered_dwellings_widen_the_place() -> None:
    # The second could be anything from 45 to 55 of 100, so it could pass the first or not.
    assert places([Share(50, 100), Share(45, 90)], [0, 10]) == [Place(1, 1, 2), Place(1, 1, 2)]


def test_equal_rates_share_the_better_place() -> None:
    assert places([Share(1, 2), Share(2, 4), Share(1, 4)], [0, 0, 0]) == [
        Place(1, 1, 2),
        Place(1, 1, 2),
        Place(3, 3, 3),
    ]


def test_an_unknown_rate_has_no_place_and_takes_nobodys() -> None:
    assert places([Share(None, None), Share(1, 2)], [None, 0]) == [None, Place(1, 1, 1)]


def test_unknown_bounds_could_stand_anywhere() -> None:
    assert places([Share(9, 10), Share(1, 10)], [None, 0]) == [Place(1, 1, 2), Place(2, 1, 2)]


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.integers(1, 50), st.integers(0, 30)),
        min_size=1,
        max_size=8,
    )
)
def test_the_place_as_it_is_lies_within_its_range(rows: list[tuple[int, int, int]]) -> None:
    shares = [Share(min(part, whole), whole) for part, whole, _ in rows]
    for place in places(shares, [uncovered for _, _, uncovered in rows]):
        assert place is not None
        assert 1 <= place.best <= place.now <= place.worst <= len(rows)
