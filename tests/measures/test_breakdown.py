"""Breakdowns: columns joined, rows held back, and nothing small left over."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from outreach.measures.breakdown import is_safe, joined, shown_rows

K = 5


def test_a_small_row_takes_another_with_it() -> None:
    """The county is 40 and 35; with one row hidden alone its 3 would be the difference."""
    rows = {"a": (20, 20), "b": (10, 9), "c": (7, 6), "d": (3, 0)}
    assert shown_rows(rows, k=K) == {"a", "b"}


def test_rows_that_are_small_together_are_enough_for_each_other() -> None:
    rows = {"a": (20, 20), "b": (4, 3), "c": (3, 4)}
    assert shown_rows(rows, k=K) == {"a"}


def test_what_is_withheld_elsewhere_is_never_shown() -> None:
    assert shown_rows({"a": (20,), "b": (20,), "c": (9,)}, k=K, never={"c"}) == {"a", "b"}


def test_without_a_safe_sum_nothing_is_shown() -> None:
    assert shown_rows({"a": (2,), "b": (1,)}, k=K) == frozenset()
    assert shown_rows({}, k=K) == frozenset()


def test_neighbours_are_joined_until_each_is_enough() -> None:
    assert joined([(20,), (9,), (3,), (1,), (0,)], k=K) == (
        (0,),
        (1, 2, 3, 4),
    )
    assert joined([(20,), (9,), (0,), (7,)], k=K) == ((0,), (1,), (2,), (3,))
    assert joined([(2,), (1,)], k=K) == ((0, 1),)


counts = st.tuples(st.integers(0, 12), st.integers(0, 12))


@given(st.dictionaries(st.sampled_from("abcdefg"), counts, min_size=1))
def test_no_sum_of_what_is_published_is_small(rows: dict[str, tuple[int, int]]) -> None:
    """Every difference of the sum and shown rows, and every sum of shown rows, in each column."""
    shown = shown_rows(rows, k=K)
    whole = tuple(sum(column) for column in zip(*rows.values(), strict=True))
    if not is_safe(whole, k=K):
        assert shown == frozenset()
        return
    for size in range(len(shown) + 1):
        for chosen in combinations(sorted(shown), size):
            taken = [sum(rows[key][at] for key in chosen) for at in (0, 1)]
            assert is_safe(taken, k=K)
            left = [whole[at] - taken[at] for at in (0, 1)]
            assert is_safe(left, k=K)
    hidden = set(rows) - shown
    assert len(hidden) != 1 or is_safe(rows[hidden.pop()], k=K)
