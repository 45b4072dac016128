"""Counts withheld one by one: what is shown beside them, and that nothing withheld follows."""

import pytest
from hypothesis import given, settings

from outreach.measures.disclosure import (
    Cell,
    Part,
    Withheld,
    WithheldCounts,
    disclose,
    disclose_counts,
)
from outreach.measures.rates import Measure, rate
from tests.measures.attacker import NAMES, counts_of, is_small
from tests.measures.attacker_by_count import (
    determined_counts,
    is_hidden,
    is_known,
    too_small_counts,
)
from tests.measures.regions import FIRST, SECOND, cell, random_region
from tests.measures.strategies import regions

OTHERS = [cell(village, 100 + village, 80, 60, 40) for village in range(2, 7)]


def hidden_of(first: Cell, *others: Cell) -> set[str]:
    """Which counts of the first cell are withheld, once no attack succeeds."""
    cells = [first, *others, *OTHERS]
    withheld = disclose_counts(cells)
    assert determined_counts(cells, withheld) == set()
    assert too_small_counts(cells, withheld, 5) == []
    return {name for name in NAMES if is_hidden(first, name, withheld)}


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ((100, 80, 60, 40), set()),
        ((100, 80, 60, 3), {"active"}),
        ((100, 80, 60, 57), {"active"}),
        ((100, 63, 60, 40), {"homes_passed"}),
        ((100, 97, 60, 40), {"homes_passed"}),
        ((100, 3, 0, 0), {"homes_passed"}),
        ((100, 80, 3, 0), {"homes_passed", "connected", "active"}),
        ((100, 98, 97, 40), {"homes_passed", "connected", "active"}),
        ((4, 4, 4, 4), {"homes_passed", "connected", "active"}),
    ],
)
def test_what_is_small_withholds_itself_and_what_would_bound_it(
    counts: tuple[int, ...], hidden: set[str]
) -> None:
    assert hidden_of(cell(1, *counts)) == hidden


def test_a_village_known_from_its_connected_hides_nobody() -> None:
    """Where all dwellings are connected all are passed, so the small one needs other company."""
    full = cell(9, 10, 10, 10)
    small = cell(1, 100, 63, 60)
    withheld = disclose_counts([small, full])
    assert not withheld.hides_count(9, FIRST, "homes_passed")
    assert withheld.hides_sum("1080", FIRST, part=Part.total, measure=Measure.coverage)
    assert withheld.hides_sum("10", FIRST, part=Part.outside, measure=Measure.take_up)
    assert not withheld.hides_sum("10", FIRST, part=Part.total, measure=Measure.connection_rate)


def test_activation_hides_also_where_only_one_village_has_active_counts() -> None:
    """Its denominator is a sum of connected over fewer villages than the connection rate's."""
    alone = cell(1, 100, 80, 3, 0)
    others = [one._replace(active=None) for one in OTHERS]
    cells = [alone, *others]
    withheld = disclose_counts(cells)
    assert determined_counts(cells, withheld) == set()
    assert withheld.hides_sum("1080", FIRST, part=Part.total, measure=Measure.activation)
    assert not withheld.hides_sum("1080", FIRST, part=Part.total, measure=Measure.connection_rate)


def test_a_county_with_blanks_withholds_all_counts_together() -> None:
    cells = [cell(1, 100, 63, 60, 40), cell(8, 50, None, 20, 10), *OTHERS]
    assert disclose_counts(cells) == WithheldCounts.together(disclose(cells))


def test_a_blank_in_one_county_leaves_the_others_as_they_are() -> None:
    cells = [cell(1, 100, 63, 60, 40), *OTHERS]
    elsewhere = cell(8, 50, None, 20, 10, municipality="0780")
    assert disclose_counts([*cells, elsewhere]) == disclose_counts(cells)


def test_nothing_at_all_withholds_nothing() -> None:
    nothing = WithheldCounts.together(Withheld(frozenset(), frozenset()))
    assert disclose_counts([]) == nothing


def test_a_figure_carried_forward_is_withheld_on_all_its_dates() -> None:
    first = cell(1, 65, 63, 60, 40)
    later = first._replace(date=SECOND, dwellings=75)
    moved = [one._replace(date=SECOND, homes_passed=85) for one in OTHERS]
    cells = [first, later, *OTHERS, *moved]
    withheld = disclose_counts(cells)
    assert withheld.hides_count(1, FIRST, "homes_passed")
    assert withheld.hides_count(1, SECOND, "homes_passed")
    assert determined_counts(cells, withheld) == set()


@pytest.mark.parametrize("seed", range(150))
def test_no_withheld_count_follows_in_a_difficult_region(seed: int) -> None:
    cells, k = random_region(seed)
    withheld = disclose_counts(cells, k=k)
    if not has_blanks(cells):
        assert determined_counts(cells, withheld) == set()


@pytest.mark.parametrize("seed", range(1_000, 1_080))
def test_no_amount_that_follows_is_too_small(seed: int) -> None:
    cells, k = random_region(seed)
    if not has_blanks(cells):
        assert too_small_counts(cells, disclose_counts(cells, k=k), k) == []


@settings(max_examples=40, deadline=None)
@given(regions())
def test_no_withheld_count_follows_in_any_small_region(cells: list[Cell]) -> None:
    withheld = disclose_counts(cells)
    assert determined_counts(cells, withheld) == set()
    assert too_small_counts(cells, withheld, 5) == []


@pytest.mark.parametrize("seed", range(100))
def test_every_small_count_and_every_rate_with_a_small_side_is_withheld(seed: int) -> None:
    cells, k = random_region(seed)
    withheld = disclose_counts(cells, k=k)
    for one in cells:
        shown = {
            name: None if is_hidden(one, name, withheld) else getattr(one, name) for name in NAMES
        }
        assert not is_small(one._replace(**shown), k)


def test_more_is_shown_than_with_all_counts_together() -> None:
    by_count = together = 0
    for seed in range(40):
        cells, k = random_region(seed)
        fine, coarse = (
            disclose_counts(cells, k=k),
            WithheldCounts.together(disclose(cells, k=k)),
        )
        by_count += sum(is_hidden(one, name, fine) for one in cells for name in NAMES)
        together += sum(is_hidden(one, name, coarse) for one in cells for name in NAMES)
    assert by_count < together


def test_the_attacker_finds_what_is_carelessly_withheld() -> None:
    """The attacker must be able to win, or its losing would show nothing."""
    caught = 0
    for seed in range(60):
        cells, k = random_region(seed)
        small = frozenset((one.village, one.date) for one in cells if is_small(one, k))
        careless = WithheldCounts.together(Withheld(small, frozenset()))
        caught += bool(determined_counts(cells, careless))
    assert caught > 30


def test_the_attacker_knows_the_order_of_the_counts() -> None:
    full = cell(1, 10, 10, 10)
    only_passed = WithheldCounts({"homes_passed": Withheld(frozenset({(1, FIRST)}), frozenset())})
    assert is_known(full, "homes_passed", only_passed)


def has_blanks(cells: list[Cell]) -> bool:
    measures = (Measure.coverage, Measure.take_up)
    return any(not rate(counts_of(one), measure).known for one in cells for measure in measures)
