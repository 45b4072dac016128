"""The demonstration's surveys: invented answers whose levels and areas are those of Eurostat.

The levels of all who answer in a round are shared out in Eurostat's proportions for Sweden, and
then handed to persons by how they lean: the young more than the old, towns more than the
countryside, and each village a little its own way. So sums stay right and places differ.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from outreach.maturity.questionnaires import Questionnaire
from outreach.maturity.reference import SHIPPED
from outreach.maturity.rules import AnswerEntry, Person, VillagePlace
from outreach.measures.digcomp import DigCompArea
from outreach.measures.maturity import ABOVE_FROM, AgeGroup, Level, Sex

PERSONS = 2_600
CROWDING = 0.6
"""Answers grow with inhabitants to this power: small places answer more eagerly."""
AGES: Mapping[AgeGroup, tuple[float, float]] = {
    AgeGroup.to_24: (0.10, 0.4),
    AgeGroup.from_25: (0.24, 0.6),
    AgeGroup.from_45: (0.27, 0.2),
    AgeGroup.from_65: (0.28, -0.4),
    AgeGroup.from_80: (0.11, -1.2),
}
"""Each group's part of those who answer, and its lean."""
RURAL_LEAN = -0.35
VILLAGE_SPREAD = 0.35
_MISSING = {Level.low: 1, Level.narrow: 2, Level.limited: 3, Level.no_skills: 4}
_SEXES = (Sex.woman, Sex.woman, Sex.woman, Sex.man, Sex.man, Sex.man, None)


@dataclass(frozen=True, slots=True)
class _Leaning:
    person: Person
    lean: float


def survey_answers(
    villages: Sequence[VillagePlace], questionnaire: Questionnaire, *, year: int, seed: str
) -> list[AnswerEntry]:
    """The answers of one round; levels are those of Sweden in `year`, areas those of 2023."""
    dice = random.Random(f"{seed} {year} survey")
    people = sorted(_people(villages, dice, seed=seed), key=lambda one: -one.lean)
    levels = _levels(SHIPPED[year], len(people))
    missing = _missing_areas(levels, dice)
    return [
        AnswerEntry(one.person, _done(level, without, questionnaire, dice))
        for one, level, without in zip(people, levels, missing, strict=True)
    ]


def _people(
    villages: Sequence[VillagePlace], dice: random.Random, *, seed: str
) -> Iterator[_Leaning]:
    leans = {
        village.id: random.Random(f"{seed} {village.id} lean").gauss(0, VILLAGE_SPREAD)
        + (RURAL_LEAN if village.fine_class == "outside" else 0)
        for village in villages
    }
    weights = [max(village.inhabitants or 0, 1) ** CROWDING for village in villages]
    ages = list(AGES)
    parts = [part for part, _ in AGES.values()]
    for village in dice.choices(villages, weights, k=PERSONS):
        (age,) = dice.choices(ages, parts)
        person = Person(village.id, village.municipality_code, age, dice.choice(_SEXES))
        yield _Leaning(person, leans[village.id] + AGES[age][1] + dice.gauss(0, 1))


def _levels(published: Mapping[str, int], persons: int) -> list[Level]:
    """So many of each level as published, the highest first; the rest of a whole at low."""
    counts = {level: round(published[level] * persons / 10_000) for level in Level}
    counts[Level.low] += persons - sum(counts.values())
    return [level for level in Level for _ in range(counts[level])]


def _missing_areas(levels: Sequence[Level], dice: random.Random) -> list[frozenset[DigCompArea]]:
    """In which areas each person has no skills, so that each area has Eurostat's share."""
    persons = len(levels)
    assessed = sum(level is not Level.not_assessed for level in levels)
    quota = {area: assessed - SHIPPED[2023][area] * persons / 10_000 for area in DigCompArea}
    found: dict[int, frozenset[DigCompArea]] = {}
    for at in sorted(range(persons), key=lambda one: -_MISSING.get(levels[one], 0)):
        number = _MISSING.get(levels[at], 0)
        ranked = sorted(DigCompArea, key=lambda area: -max(quota[area], 0.01) * dice.random())
        found[at] = frozenset(ranked[:number])
        for area in found[at]:
            quota[area] -= 1
    return [found[at] for at in range(persons)]


def _done(
    level: Level, without: frozenset[DigCompArea], questionnaire: Questionnaire, dice: random.Random
) -> frozenset[str] | None:
    if level is Level.not_assessed:
        return None
    only_basic = dice.choice(list(DigCompArea)) if level is not Level.above_basic else None
    done: set[str] = set()
    for area in DigCompArea:
        if area in without:
            continue
        codes = [activity.code for activity in questionnaire.of(area)]
        above = ABOVE_FROM[area]
        if area is only_basic or (level is not Level.above_basic and dice.random() < 0.25):
            number = dice.randint(1, above - 1)
        else:
            number = dice.randint(above, len(codes))
        done.update(dice.sample(codes, number))
    return frozenset(done)
