"""Shares drawn towards their municipality's, as much as their few answers ask for."""

import pytest

from outreach.measures.empirical_bayes import Prior, fitted, shrunk
from outreach.measures.rates import Share


def test_villages_that_differ_by_chance_only_are_all_drawn_to_the_mean() -> None:
    prior = fitted({"1080": [Share(5, 10), Share(5, 10), Share(5, 10)]})
    assert prior == Prior(None)
    assert shrunk(Share(9, 10), Share(50, 100), prior=prior) == 0.5


def test_the_precision_by_hand() -> None:
    """Two villages, 2 of 10 and 8 of 10: p = 0.5, spread 1.8, less chance 0.25, by 0.25 x 9."""
    prior = fitted({"1080": [Share(2, 10), Share(8, 10)]})
    assert prior.precision == pytest.approx(1 / ((1.8 - 0.25) / 2.25) - 1)


def test_a_share_is_drawn_the_less_the_more_answers_it_has() -> None:
    prior = Prior(10.0)
    assert shrunk(Share(8, 10), Share(50, 100), prior=prior) == 0.65
    assert shrunk(Share(80, 100), Share(50, 100), prior=prior) == pytest.approx(85 / 110)


def test_without_its_municipality_a_village_is_not_drawn_anywhere() -> None:
    assert shrunk(Share(8, 10), Share(None, None), prior=Prior(1.0)) is None
    assert shrunk(Share(0, 0), Share(5, 10), prior=Prior(1.0)) is None


def test_single_villages_and_unknown_shares_say_nothing_of_the_spread() -> None:
    assert fitted({"1080": [Share(5, 10)], "1081": [Share(None, None), Share(0, 0)]}) == Prior(None)
