"""Levels by Eurostat's rule, sums of them, and a programme's before and after."""

from itertools import product

import pytest

from outreach.measures.digcomp import DigCompArea
from outreach.measures.maturity import (
    AreaLevel,
    Level,
    Tally,
    added,
    area_level,
    fits,
    overall,
)
from outreach.measures.rates import Share

NONE, BASIC, ABOVE = AreaLevel.none, AreaLevel.basic, AreaLevel.above
INFORMATION, COMMUNICATION, CONTENT, SAFETY, SOLVING = DigCompArea


@pytest.mark.parametrize("area", [INFORMATION, COMMUNICATION])
def test_two_activities_are_above_basic_in_the_first_areas(area: DigCompArea) -> None:
    assert [area_level(area, number) for number in range(4)] == [NONE, BASIC, ABOVE, ABOVE]


@pytest.mark.parametrize("area", [CONTENT, SAFETY, SOLVING])
def test_three_activities_are_above_basic_in_the_others(area: DigCompArea) -> None:
    assert [area_level(area, number) for number in range(5)] == [NONE, BASIC, BASIC, ABOVE, ABOVE]


def by_the_rule(levels: tuple[AreaLevel, ...]) -> str:
    """The rule as Eurostat words it, without our code."""
    basic_or_above = len([one for one in levels if one in (BASIC, ABOVE)])
    if levels == (ABOVE, ABOVE, ABOVE, ABOVE, ABOVE):
        return "above_basic"
    words = ["no_skills", "no_skills", "limited", "narrow", "low", "basic"]
    return words[basic_or_above]


COMBINATIONS = list(product(AreaLevel, repeat=5))


def test_every_combination_of_area_levels_follows_the_rule() -> None:
    assert len(COMBINATIONS) == 243
    found = {
        levels: overall(dict(zip(DigCompArea, levels, strict=True))) for levels in COMBINATIONS
    }
    assert {levels: one.value for levels, one in found.items()} == {
        levels: by_the_rule(levels) for levels in COMBINATIONS
    }


def test_of_all_combinations_so_many_are_at_each_level() -> None:
    """5 of 5: 1 all above, 31 others; k of 5: (5 over k) times 2 to the k; none or one: 11."""
    found = [overall(dict(zip(DigCompArea, levels, strict=True))) for levels in COMBINATIONS]
    counts = {level: found.count(level) for level in Level}
    assert counts == {
        Level.above_basic: 1,
        Level.basic: 31,
        Level.low: 80,
        Level.narrow: 80,
        Level.limited: 40,
        Level.no_skills: 11,
        Level.not_assessed: 0,
    }


def test_no_use_of_the_internet_is_not_assessed_and_not_no_skills() -> None:
    assert overall(None) is Level.not_assessed
    assert overall(dict.fromkeys(DigCompArea, NONE)) is Level.no_skills


# Activities by area of the persons of each level, and how many of 10 000 they are: so the shares
# of Sweden 2023 come out (36.51, 29.93, 19.57, 8.19, 2.37, 1.03 and 2.41 %: 100.01 as published).
SWEDEN_2023 = {
    Level.above_basic: ((2, 2, 3, 3, 3), 3651),
    Level.basic: ((1, 2, 1, 3, 2), 2993),
    Level.low: ((2, 1, 3, 0, 1), 1957),
    Level.narrow: ((1, 2, 0, 0, 3), 819),
    Level.limited: ((0, 1, 0, 0, 2), 237),
    Level.no_skills: ((0, 1, 0, 0, 0), 103),
    Level.not_assessed: (None, 241),
}


def test_constructed_answers_reproduce_eurostats_row_for_sweden_2023() -> None:
    persons = []
    for activities, number in SWEDEN_2023.values():
        levels = None
        if activities is not None:
            levels = {
                area: area_level(area, done)
                for area, done in zip(DigCompArea, activities, strict=True)
            }
        persons += [overall(levels)] * number
    shares = {level: persons.count(level) / 100 for level in Level}
    assert shares == {
        Level.above_basic: 36.51,
        Level.basic: 29.93,
        Level.low: 19.57,
        Level.narrow: 8.19,
        Level.limited: 2.37,
        Level.no_skills: 1.03,
        Level.not_assessed: 2.41,
    }
    tally = Tally({level: persons.count(level) for level in Level}, {})
    assert round(tally.at_least_basic / 100, 2) == 66.44
    assert tally.of_assessed == Share(6644, 9760)


def levels(*counts: int) -> dict[Level, int]:
    return dict(zip(Level, counts, strict=True))


def areas(*counts: int) -> dict[DigCompArea, int]:
    return dict(zip(DigCompArea, counts, strict=True))


def test_tallies_add_up_and_keep_both_denominators() -> None:
    one = Tally(levels(2, 1, 0, 0, 0, 0, 1), areas(3, 3, 3, 3, 3))
    both = added([one, one])
    assert both.of_all == Share(6, 8)
    assert both.of_assessed == Share(6, 6)
    assert both.in_area(CONTENT) == Share(6, 8)


def test_areas_must_fit_the_levels() -> None:
    """One person low (four areas) and one without skills (none or one area)."""
    counts = levels(0, 0, 1, 0, 0, 1, 0)
    assert fits(Tally(counts, areas(1, 1, 1, 1, 0)))
    assert fits(Tally(counts, areas(2, 1, 1, 1, 0)))
    assert not fits(Tally(counts, areas(2, 2, 1, 1, 0)))
    assert not fits(Tally(counts, areas(1, 1, 1, 0, 0)))
    assert not fits(Tally(counts, areas(3, 1, 0, 0, 0)))
