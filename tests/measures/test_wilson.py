"""Wilson's interval against worked examples."""

from outreach.measures.rates import Share
from outreach.measures.wilson import Interval, difference, wilson


def rounded(interval: Interval | None) -> tuple[float, float] | None:
    return None if interval is None else (round(interval.low, 4), round(interval.high, 4))


def test_the_interval_of_a_textbook_example() -> None:
    """81 of 263: Newcombe (1998), table I, gives 0.2553 to 0.3662."""
    assert rounded(wilson(Share(81, 263))) == (0.2553, 0.3662)


def test_none_of_some_still_has_an_upper_end() -> None:
    """0 of 20: Newcombe gives 0 to 0.1611."""
    assert rounded(wilson(Share(0, 20))) == (0.0, 0.1611)


def test_nobody_has_no_interval() -> None:
    assert wilson(Share(0, 0)) is None
    assert wilson(Share(None, 10)) is None


def test_the_interval_of_a_difference_is_newcombes() -> None:
    # Newcombe (1998), table II, case (a): 56/70 less 48/80, method 10.
    found = difference(Share(56, 70), Share(48, 80))
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)
    assert difference(Share(None, None), Share(48, 80)) is None
    assert difference(Share(56, 70), Share(0, 0)) is None
