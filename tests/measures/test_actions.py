"""What to do next, and the cheapest set of villages that closes half the gap."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.measures import actions
from outreach.measures.actions import (
    ActingFor,
    CivilPlace,
    Place,
    Reason,
    Sides,
    after,
    cheapest,
    cheapest_half,
    for_civil_society,
    needed_for_half,
    ranked,
)
from outreach.measures.classes import Group
from outreach.measures.rates import UNKNOWN_SHARE, Counts, Measure, Share
from tests.measures.strategies import area_rate, quick

RURAL, URBAN = Group.rural, Group.urban
BOTH = (Measure.coverage, Measure.take_up)
TOWN = Place("T", URBAN, Counts(1000, 900, 600))
VILLAGES = [
    Place("A", RURAL, Counts(100, 60, 20)),
    Place("B", RURAL, Counts(50, 50, 30)),
    Place("C", RURAL, Counts(50, 10, 10)),
]


def sides_of(places: list[Place]) -> Sides:
    return Sides(
        *(
            {m: area_rate([p.counts for p in places if p.group is group], m) for m in BOTH}
            for group in (RURAL, URBAN)
        )
    )


SIDES = sides_of([TOWN, *VILLAGES])


def test_associations_go_where_most_dwellings_are_passed_and_not_connected() -> None:
    found = ranked([TOWN, *VILLAGES], SIDES, ActingFor.associations)
    assert [(one.code, one.dwellings) for one in found] == [("T", 300), ("A", 40), ("B", 20)]


def test_funders_go_where_most_dwellings_are_not_passed_and_the_smaller_of_equals() -> None:
    found = ranked([TOWN, *VILLAGES], SIDES, ActingFor.funders)
    assert [(one.code, one.dwellings) for one in found] == [("T", 100), ("C", 40), ("A", 40)]


def test_both_gaps_are_told_for_when_the_action_has_reached_everyone() -> None:
    # Rural: passed 120 of 200, connected 60 of 120; urban: 900 of 1000, 600 of 900.
    assert SIDES.points(Measure.coverage) == pytest.approx(-30)
    assert SIDES.points(Measure.take_up) == pytest.approx(100 * (1 / 2 - 2 / 3))
    talked = after(SIDES, [VILLAGES[0]], ActingFor.associations)
    assert talked.points(Measure.coverage) == pytest.approx(-30)
    assert talked.points(Measure.take_up) == pytest.approx(100 * (100 / 120 - 2 / 3))
    built = after(SIDES, [VILLAGES[0]], ActingFor.funders)
    assert built.points(Measure.coverage) == pytest.approx(100 * (160 / 200 - 9 / 10))
    assert built.points(Measure.take_up) == pytest.approx(100 * (60 / 160 - 2 / 3))


def test_a_village_without_counts_or_side_moves_no_gap() -> None:
    unknown = Place("X", RURAL, Counts(None, None, None))
    sideless = Place("Y", None, Counts(100, 50, 10))
    assert after(SIDES, [unknown, sideless], ActingFor.funders) == SIDES
    assert ranked([unknown], SIDES, ActingFor.funders) == []


def test_half_a_gap_needs_the_dwellings_to_the_middle_of_the_two_rates() -> None:
    # Coverage: from 120 to 75 % of 200 is 30; take-up: from 60 to 7/12 of 120 is 10.
    assert needed_for_half(SIDES, Measure.coverage) == 30
    assert needed_for_half(SIDES, Measure.take_up) == 10


def test_the_cheapest_set_closes_half_of_the_gap() -> None:
    found = cheapest_half([TOWN, *VILLAGES], SIDES, ActingFor.associations)
    assert found is not None
    # B with 20 dwellings is enough; A would be twice as many.
    assert (found.codes, found.dwellings, found.needed, found.is_exact) == (("B",), 20, 10, True)
    points = found.after.points(Measure.take_up)
    assert points is not None
    assert points >= 100 * (1 / 2 - 2 / 3) / 2


def test_no_set_where_the_countryside_is_not_behind_or_cannot_catch_up() -> None:
    ahead = Sides({m: Share(9, 10) for m in BOTH}, {m: Share(1, 2) for m in BOTH})
    unknown = Sides(dict.fromkeys(BOTH, UNKNOWN_SHARE), {m: Share(1, 2) for m in BOTH})
    for sides in (ahead, unknown):
        assert cheapest_half(VILLAGES, sides, ActingFor.funders) is None
    few = [Place("D", RURAL, Counts(10, 9, 9))]
    assert cheapest_half(few, SIDES, ActingFor.funders) is None


@quick
@given(st.lists(st.integers(1, 30), min_size=1, max_size=7), st.integers(1, 60))
def test_the_cheapest_set_is_cheapest_of_all_sets_and_then_smallest(
    lefts: list[int], needed: int
) -> None:
    lefts = sorted(lefts, reverse=True)
    needed = min(needed, sum(lefts))
    chosen, is_exact = cheapest(lefts, needed)
    sets = (
        (sum(lefts[i] for i in one), size)
        for size in range(1, len(lefts) + 1)
        for one in combinations(range(len(lefts)), size)
    )
    assert (sum(lefts[i] for i in chosen), len(chosen)) == min(s for s in sets if s[0] >= needed)
    assert is_exact


@quick
@given(st.lists(st.integers(1, 30), min_size=1, max_size=9), st.integers(1, 60))
def test_too_many_villages_are_chosen_greedily_with_fewest_of_them(
    lefts: list[int], needed: int
) -> None:
    lefts = sorted(lefts, reverse=True)
    needed = min(needed, sum(lefts))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "EXACT_STEPS", 0)
        chosen, is_exact = cheapest(lefts, needed)
    reached = sum(lefts[i] for i in chosen)
    assert needed <= reached < needed + max(lefts)
    assert len(set(chosen)) == len(chosen)
    assert sum(lefts[: len(chosen) - 1]) < needed
    assert is_exact == (reached == needed)


def test_numbers_that_are_not_enough_have_no_set() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "EXACT_STEPS", 0)
        with pytest.raises(ValueError, match="not enough"):
            cheapest([1, 2], 4)


MOSTLY = Share(80, 100)


def civil(
    code: str,
    *,
    people: int | None = 100,
    connected: Share = MOSTLY,
    maturity: float | None = None,
    has_session: bool | None = None,
) -> CivilPlace:
    return CivilPlace(code, people, connected, maturity, has_session)


def test_civil_society_goes_where_people_are_connected_but_unsure_or_far_from_a_session() -> None:
    found = for_civil_society(
        [
            civil("low", maturity=0.5),
            civil("far", has_session=False, people=300),
            civil("both", maturity=0.59, has_session=False, people=40),
            civil("fine", maturity=0.6, has_session=True),
            civil("unconnected", connected=Share(59, 100), maturity=0.1),
        ]
    )
    assert [(one.code, one.people, one.reasons) for one in found] == [
        ("both", 40, (Reason.low_maturity, Reason.out_of_reach)),
        ("far", 300, (Reason.out_of_reach,)),
        ("low", 100, (Reason.low_maturity,)),
    ]


def test_what_is_unknown_is_no_reason_to_come() -> None:
    assert for_civil_society([civil("a"), civil("b", connected=UNKNOWN_SHARE, maturity=0.1)]) == []
    assert for_civil_society([civil("c", people=None, maturity=0.1)]) == []


def test_sixty_per_cent_connected_is_enough() -> None:
    assert for_civil_society([civil("a", connected=Share(60, 100), has_session=False)]) != []
