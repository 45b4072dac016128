"""The demonstration's surveys have Eurostat's levels and areas, and differ from place to place."""

from outreach.demo.surveys import PERSONS, survey_answers
from outreach.maturity.questionnaires import QUESTIONNAIRES
from outreach.maturity.reference import SHIPPED
from outreach.maturity.rules import VillagePlace, level_of
from outreach.measures.digcomp import DigCompArea
from outreach.measures.maturity import AreaLevel, Level

QUESTIONNAIRE = QUESTIONNAIRES[1]
VILLAGES = [
    VillagePlace(number, "1080", "outside" if number > 5 else "tatort_small", 40 * number)
    for number in range(1, 11)
]


def test_levels_and_areas_are_within_sampling_error_of_eurostats() -> None:
    """2 600 answers: one standard error is at most 0.98 percentage points."""
    answers = survey_answers(VILLAGES, QUESTIONNAIRE, year=2023, seed="blekinge")
    areas = {one.code: one.area for one in QUESTIONNAIRE.activities}
    levels = [one.levels(areas) for one in answers]
    assert len(answers) == PERSONS
    for level in Level:
        share = 100 * [level_of(one) for one in levels].count(level) / PERSONS
        assert abs(share - SHIPPED[2023][level] / 100) < 0.1
    for area in DigCompArea:
        reached = sum(one is not None and one[area] is not AreaLevel.none for one in levels)
        assert abs(100 * reached / PERSONS - SHIPPED[2023][area] / 100) < 1


def test_the_same_seed_gives_the_same_answers() -> None:
    first, second = (
        survey_answers(VILLAGES, QUESTIONNAIRE, year=2021, seed="blekinge") for _ in range(2)
    )
    assert first == second
