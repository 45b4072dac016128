"""No withheld count follows from all that is published, however the region is made up."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.measures.disclosure import Cell, Withheld, disclose
from tests.measures.attacker import any_too_small, determined, is_small, too_small
from tests.measures.regions import random_region
from tests.measures.strategies import regions

REGIONS = range(150)


@pytest.mark.parametrize("seed", REGIONS)
def test_nothing_withheld_follows_in_a_difficult_region(seed: int) -> None:
    cells, k = random_region(seed)
    withheld = disclose(cells, k=k)
    assert determined(cells, withheld) == set()
    assert too_small(cells, withheld, k) == []


@pytest.mark.parametrize("seed", range(1_000, 1_080))
def test_no_sum_of_withheld_counts_that_follows_is_too_small(seed: int) -> None:
    cells, k = random_region(seed)
    assert any_too_small(cells, disclose(cells, k=k), k) == []


@settings(max_examples=60, deadline=None)
@given(regions())
def test_nothing_withheld_follows_in_any_small_region(cells: list[Cell]) -> None:
    withheld = disclose(cells)
    assert determined(cells, withheld) == set()
    assert too_small(cells, withheld, 5) == []


@pytest.mark.parametrize("seed", REGIONS)
def test_every_small_count_is_withheld(seed: int) -> None:
    cells, k = random_region(seed)
    withheld = disclose(cells, k=k)
    small = {(cell.village, cell.date) for cell in cells if is_small(cell, k)}
    assert small <= withheld.villages


@settings(max_examples=40, deadline=None)
@given(regions(), st.randoms())
def test_the_order_of_the_cells_makes_no_difference(cells: list[Cell], random: Random) -> None:
    shuffled = cells.copy()
    random.shuffle(shuffled)
    assert disclose(shuffled) == disclose(cells)


def test_the_attacker_finds_what_is_carelessly_withheld() -> None:
    """The attacker must be able to win, or its losing would show nothing."""
    caught = 0
    for seed in range(60):
        cells, k = random_region(seed)
        careless = Withheld(
            frozenset((cell.village, cell.date) for cell in cells if is_small(cell, k)),
            frozenset(),
        )
        caught += bool(determined(cells, careless))
    assert caught > 30
