"""What an answer keeps of its place, the questions, and counted answers."""

import pytest

from outreach.maturity.questionnaires import NEWEST, QUESTIONNAIRES
from outreach.maturity.rules import (
    AnswerEntry,
    Person,
    StoredPlace,
    TallyEntry,
    VillagePlace,
    kept_place,
)
from outreach.measures.digcomp import DigCompArea
from outreach.measures.maturity import AgeGroup, AreaLevel, Level, Tally
from outreach.rules import RuleBroken

AGE = AgeGroup.from_45
HALL = VillagePlace(1, "1080", "smaort", 120)
NORTH, SOUTH = (VillagePlace(key, "1080", "outside", 60) for key in (2, 3))
LONE = VillagePlace(4, "1081", "outside", 60)
UNSIZED = VillagePlace(5, "1081", "smaort", None)
ALL = [HALL, NORTH, SOUTH, LONE, UNSIZED]


def kept(village: int | None, municipality: str = "1080") -> StoredPlace:
    return kept_place(Person(village, municipality, AGE), ALL, small_village=100)


def test_a_village_that_is_large_enough_is_kept() -> None:
    assert kept(1) == StoredPlace("1080", 1, "smaort")


def test_a_small_village_keeps_its_class_where_others_share_it() -> None:
    assert kept(2) == StoredPlace("1080", None, "outside")


def test_a_lone_small_village_of_its_class_keeps_only_the_municipality() -> None:
    assert kept(4, "1081") == StoredPlace("1081", None, None)


def test_a_village_of_unknown_size_counts_as_small() -> None:
    assert kept(5, "1081") == StoredPlace("1081", None, None)


def test_elsewhere_in_the_municipality_keeps_no_class() -> None:
    assert kept(None, "1080") == StoredPlace("1080", None, None)


def test_a_village_of_another_county_is_refused() -> None:
    with pytest.raises(RuleBroken):
        kept(99)


def test_an_answered_version_never_changes() -> None:
    """Other words or activities are a new version: its fingerprint is added here, none changes."""
    assert {number: one.fingerprint for number, one in QUESTIONNAIRES.items()} == {
        1: "26a69be42d050c06ae54dbd40ca3921b22dbfebeb3773d7f8333f236efe14a99"
    }
    assert max(QUESTIONNAIRES) == NEWEST


def test_activities_are_kept_in_the_questionnaires_order() -> None:
    text = QUESTIONNAIRES[1].as_text({"i1", "p7"})
    assert (len(text), text.count("1"), text[0], text[-1]) == (30, 2, "1", "1")


def test_each_area_has_enough_activities_for_above_basic() -> None:
    assert [len(QUESTIONNAIRES[1].of(area)) for area in DigCompArea] == [4, 6, 7, 6, 7]


def test_an_answer_has_a_level_in_each_area() -> None:
    areas = {one.code: one.area for one in QUESTIONNAIRES[1].activities}
    answer = AnswerEntry(Person(None, "1080", AGE), frozenset({"i1", "k1", "k2", "c1", "c2"}))
    assert answer.levels(areas) == {
        DigCompArea.INFORMATION: AreaLevel.basic,
        DigCompArea.COMMUNICATION: AreaLevel.above,
        DigCompArea.CONTENT: AreaLevel.basic,
        DigCompArea.SAFETY: AreaLevel.none,
        DigCompArea.PROBLEM_SOLVING: AreaLevel.none,
    }
    assert AnswerEntry(Person(None, "1080", AGE), None).levels(areas) is None


def tally(low: int, areas: tuple[int, ...]) -> TallyEntry:
    counts = {**dict.fromkeys(Level, 0), Level.low: low}
    return TallyEntry(
        Person(None, "1080", AGE), Tally(counts, dict(zip(DigCompArea, areas, strict=True)))
    )


def test_counted_answers_must_fit() -> None:
    assert tally(2, (2, 2, 2, 1, 1)).tally.persons == 2
    for low, areas, code in (
        (0, (0, 0, 0, 0, 0), "nobody"),
        (2, (2, 2, 2, 2, 2), "does_not_fit"),
        (9_999, (1, 1, 1, 1, 1), "too_large"),
    ):
        with pytest.raises(RuleBroken) as broken:
            tally(low, areas)
        assert broken.value.code == code
