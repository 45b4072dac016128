"""What is withheld from the public, in regions made up to trap it."""

from random import Random

import pytest

from outreach.measures.classes import FineClass, Group, Scheme, SettlementClass
from outreach.measures.disclosure import (
    Cell,
    Part,
    SumKey,
    Withheld,
    disclose,
    part_of,
    part_of_class,
)
from outreach.measures.rates import Measure
from tests.measures.regions import FIRST, SECOND, cell
from tests.measures.withholding import OUTSIDE, SMALL, SMAORT, parts, solid, villages, withheld_from

# The primary rule


@pytest.mark.parametrize(
    "counts",
    [
        (3, 0, 0, 0),
        (100, 4, 0, 0),
        (100, 50, 4, 0),
        (100, 50, 30, 4),
        (100, 97, 50, 30),
        (100, 100, 97, 80),
        (100, 50, 47, 30),
        (100, 50, 30, 27),
    ],
    ids=["dwellings", "passed", "connected", "active", "unpassed", "unconnected", "left", "idle"],
)
def test_a_count_or_the_rest_of_a_rate_above_zero_and_under_k_is_withheld(
    counts: tuple[int, ...],
) -> None:
    assert 1 in villages(withheld_from([cell(1, *counts), *solid(2, 4)]))


@pytest.mark.parametrize(
    "counts",
    [
        (100, 0, 0, 0),
        (100, 100, 100, 100),
        (100, 95, 5, 0),
        (5, 5, 5, 5),
        (0, 0, 0, 0),
        (100, 50, 5),
    ],
)
def test_zero_and_all_and_k_itself_are_shown(counts: tuple[int, ...]) -> None:
    assert withheld_from([cell(1, *counts), *solid(2, 4)]) == Withheld(frozenset(), frozenset())


def test_where_nothing_is_small_nothing_is_withheld() -> None:
    assert withheld_from(solid(1, 9)) == Withheld(frozenset(), frozenset())


def test_nothing_at_all_withholds_nothing() -> None:
    assert withheld_from([]) == Withheld(frozenset(), frozenset())


def test_a_region_without_any_fibre_shows_its_zeros() -> None:
    cells = [cell(village, 40, 0, 0, 0) for village in range(6)]
    assert withheld_from(cells) == Withheld(frozenset(), frozenset())


def test_with_k_at_one_everything_is_shown() -> None:
    assert villages(withheld_from([cell(1, 3, 2, 1, 1)], k=1)) == set()


def test_a_village_that_reported_nothing_has_nothing_to_withhold() -> None:
    cells = [cell(1, 3, None, None, None), *solid(2, 3)]
    assert withheld_from(cells) == Withheld(frozenset(), frozenset())


def test_two_cells_for_one_village_and_date_are_an_error() -> None:
    with pytest.raises(ValueError, match="two cells for village 7 on 2023-10-01"):
        disclose([cell(7, 10, 5, 5), cell(7, 10, 6, 5)])


# A suppressed cell recovered from the total


def test_a_single_small_village_is_withheld_with_the_smallest_that_hides_it() -> None:
    withheld = withheld_from([cell(1, 50, 3, 0, 0), *solid(2, 5)])
    assert villages(withheld) == {1, 2}
    assert not withheld.sums


def test_company_that_has_none_of_what_is_small_is_no_company() -> None:
    # Village 2 is smaller, but passes nothing: 3 + 0 would still be under 5.
    cells = [cell(1, 50, 3, 0, 0), cell(2, 20, 0, 0, 0), *solid(3, 3)]
    assert villages(withheld_from(cells)) == {1, 3}


def test_two_small_villages_that_are_too_small_together_take_a_third() -> None:
    cells = [cell(1, 50, 1, 0, 0), cell(2, 50, 2, 0, 0), *solid(3, 4)]
    assert villages(withheld_from(cells)) == {1, 2, 3}


def test_two_small_villages_that_are_enough_together_take_no_third() -> None:
    cells = [cell(1, 50, 3, 0, 0), cell(2, 50, 4, 0, 0), *solid(3, 4)]
    assert villages(withheld_from(cells)) == {1, 2}


def test_a_village_without_dwellings_is_no_company() -> None:
    cells = [cell(1, 50, 3, 0, 0), cell(2, 0, 0, 0, 0), *solid(3, 3)]
    assert villages(withheld_from(cells)) == {1, 3}


def test_a_tiny_village_is_not_given_away_by_a_sum_without_any_passed() -> None:
    # 3 + 60 dwellings with 0 passed would say that 3 dwellings of village 1 are not passed.
    cells = [cell(1, 3, 0, 0, 0), cell(2, 60, 0, 0, 0), *solid(3, 3)]
    assert villages(withheld_from(cells)) == {1, 3}


def test_a_tiny_village_in_a_place_without_any_fibre_costs_no_sums() -> None:
    withheld = withheld_from([cell(1, 3, 0, 0), cell(2, 60, 0, 0), cell(3, 70, 0, 0)])
    assert villages(withheld) == {1, 2}
    assert not withheld.sums


# A stratum too small to hide in


def county_with_single_smaort() -> list[Cell]:
    """Municipality 1080 has one småort, a small one; 1081 has several; both have villages."""
    return [
        cell(1, 50, 47, 20, 10, municipality="1080", fine_class=SMAORT),
        *solid(10, 4, municipality="1080", fine_class=OUTSIDE),
        *solid(20, 4, municipality="1081", fine_class=SMAORT),
        *solid(30, 4, municipality="1081", fine_class=OUTSIDE),
    ]


def test_a_single_village_hides_across_classes_and_municipalities() -> None:
    withheld = withheld_from(county_with_single_smaort())
    assert villages(withheld) == {1, 10, 20, 30}


def test_then_the_county_still_shows_everything() -> None:
    assert parts(withheld_from(county_with_single_smaort()), "10") == set()


def test_then_the_two_municipalities_lose_only_what_tells_the_classes_apart() -> None:
    withheld = withheld_from(county_with_single_smaort())
    lost = {Part.pts_urban, Part.pts_rural, Part.smaort, Part.outside}
    assert parts(withheld, "1080") == parts(withheld, "1081") == lost


def test_a_class_in_one_municipality_only_costs_the_county_that_scheme_and_no_total() -> None:
    cells = [
        cell(1, 50, 47, 20, 10, municipality="1080", fine_class=SMAORT),
        *solid(10, 4, municipality="1080", fine_class=OUTSIDE),
        *solid(30, 4, municipality="1081", fine_class=OUTSIDE),
    ]
    withheld = withheld_from(cells)
    lost = {Part.pts_urban, Part.pts_rural, Part.smaort, Part.outside}
    assert villages(withheld) == {1, 10}
    assert parts(withheld, "10") == parts(withheld, "1080") == lost
    assert parts(withheld, "1081") == set()


def test_a_municipality_with_a_single_village_hides_in_the_county() -> None:
    cells = [
        cell(1, 50, 47, 20, 10, municipality="1080"),
        *solid(10, 4, municipality="1081"),
        *solid(20, 4, municipality="1082"),
    ]
    withheld = withheld_from(cells)
    assert len(villages(withheld)) == 2
    assert Part.total in parts(withheld, "1080")
    assert parts(withheld, "10") == set()


def test_single_villages_of_different_classes_hide_behind_each_other() -> None:
    cells = [
        cell(1, 50, 47, 20, 10, municipality="1080", fine_class=SMALL),
        cell(2, 60, 40, 20, 10, municipality="1081", fine_class=OUTSIDE),
    ]
    withheld = withheld_from(cells)
    assert villages(withheld) == {1, 2}
    assert Part.total not in parts(withheld, "10")


def test_the_only_village_takes_every_sum_it_is_in_with_it() -> None:
    withheld = withheld_from([cell(1, 50, 47, 20, 10)])
    holding = {
        Part.total, Part.outside, Part.pts_rural, Part.scb_rural, Part.large_rural
    }  # fmt: skip
    assert parts(withheld, "10") == parts(withheld, "1080") == holding
    assert parts(withheld, "10", Measure.activation) == holding


def test_a_sum_that_is_itself_too_small_is_withheld() -> None:
    # Everything but 3 dwellings is passed, so 1080 as a whole would say: 3 not passed.
    cells = [
        cell(1, 50, 47, 40, 30, municipality="1080"),
        cell(2, 90, 90, 70, 50, municipality="1080"),
        *solid(10, 4, municipality="1081"),
    ]
    withheld = withheld_from(cells)
    assert withheld.hides_sum("1080", FIRST, part=Part.total, measure=Measure.coverage)
    assert not withheld.hides_sum("1081", FIRST, part=Part.smaort, measure=Measure.coverage)


def test_sums_with_nothing_withheld_in_them_are_shown() -> None:
    withheld = withheld_from(county_with_single_smaort())
    assert Part.tatort not in parts(withheld, "1080")
    assert Part.scb_urban not in parts(withheld, "1080")


def test_villages_that_are_all_alike_and_small_show_their_total() -> None:
    cells = [cell(village, 30, 28, 20, 10) for village in range(6)]
    withheld = withheld_from(cells)
    assert villages(withheld) == set(range(6))
    assert not withheld.sums


def test_villages_without_a_class_hide_in_the_total() -> None:
    cells = [
        cell(1, 50, 47, 20, 10, fine_class=FineClass.unclassed),
        *solid(2, 3, fine_class=FineClass.unclassed),
    ]
    assert villages(withheld_from(cells)) == {1, 2}


# Counts that not everyone gives


def test_the_connections_behind_activation_do_not_give_a_village_away() -> None:
    # Only village 2 gives active counts. Without it the connected of both, less those that
    # activation is worked out from, would be the connected of village 1.
    cells = [cell(1, 90, 80, 3), cell(2, 90, 80, 60, 40)]
    withheld = withheld_from(cells)
    assert villages(withheld) == {1, 2}
    assert parts(withheld, "1080") == set()
    assert Part.total in parts(withheld, "1080", Measure.activation)


def test_villages_with_and_without_active_counts_keep_activation_where_each_has_company() -> None:
    cells = [
        cell(1, 90, 80, 3),
        cell(2, 90, 80, 60),
        cell(3, 90, 80, 60, 3),
        *solid(4, 3),
    ]
    withheld = withheld_from(cells)
    assert villages(withheld) == {1, 2, 3, 4}
    assert not withheld.sums


def test_active_counts_too_few_in_many_classes_cost_activation_and_nothing_else() -> None:
    # In each class two villages with 1 active each, and two small ones without active counts.
    cells = []
    for step, fine_class in enumerate(list(FineClass)[:4]):
        counts = ((100, 80, 60, 1), (90, 70, 50, 1), (100, 80, 3, None), (90, 70, 4, None))
        cells += [
            cell(10 * step + place, *of, fine_class=fine_class) for place, of in enumerate(counts)
        ]
    withheld = withheld_from(cells)
    assert {key.measure for key in withheld.sums} == {Measure.activation}
    assert Part.total in parts(withheld, "10", Measure.activation)
    assert Part.total in parts(withheld, "1080", Measure.activation)


def test_places_with_homes_passed_alone_hide_among_themselves() -> None:
    cells = [cell(1, 90, 3, None), *solid(2, 3), *(cell(v, 90, 50, None) for v in (7, 8))]
    withheld = withheld_from(cells)
    assert villages(withheld) == {1, 7}
    assert not withheld.sums


def test_a_place_with_an_incomplete_report_alone_costs_its_own_measure_only() -> None:
    withheld = withheld_from([cell(1, 90, 3, None), *solid(2, 3)])
    assert villages(withheld) == {1}
    assert {key.measure for key in withheld.sums} == {Measure.coverage}


def test_active_counts_without_connected_are_in_no_sum() -> None:
    withheld = withheld_from([cell(1, 90, None, None, 3), *solid(2, 3)])
    assert villages(withheld) == {1}
    assert not withheld.sums


# Several dates


# In the words of those who publish


@pytest.mark.parametrize(
    ("scheme", "group", "part"),
    [
        (Scheme.pts, Group.rural, Part.pts_rural),
        (Scheme.scb, Group.urban, Part.scb_urban),
        (Scheme.large, Group.rural, Part.large_rural),
    ],
)
def test_a_part_is_named_for_its_scheme_and_group(scheme: Scheme, group: Group, part: Part) -> None:
    assert part_of(scheme, group) is part


def test_a_part_is_named_for_its_class() -> None:
    assert part_of_class(SettlementClass.smaort) is Part.smaort


def test_a_withheld_sum_is_found_by_its_key() -> None:
    key = SumKey("10", FIRST, Part.total, Measure.take_up)
    withheld = Withheld(frozenset(), frozenset({key}))
    assert withheld.hides_sum("10", FIRST, part=Part.total, measure=Measure.take_up)
    assert not withheld.hides_sum("10", SECOND, part=Part.total, measure=Measure.take_up)


def test_of_a_whole_country_most_villages_can_be_read() -> None:
    random = Random(1)
    cells = []
    for village in range(8_000):
        municipality = f"{village % 290:04}"
        dwellings = random.choice((12, 40, 90, 700))
        passed = random.randint(0, dwellings)
        connected = random.randint(0, passed)
        fine_class = random.choice((SMALL, SMAORT, OUTSIDE, OUTSIDE))
        cells.append(
            cell(
                village, dwellings, passed, connected, municipality=municipality,
                fine_class=fine_class,
            )
        )  # fmt: skip
    withheld = disclose(cells)
    assert len(withheld.villages) < 0.6 * len(cells)
