"""What may be logged of a session, and how many came."""

from datetime import date, time

import pytest

from outreach.measures.digcomp import DigCompArea
from outreach.rules import RuleBroken
from outreach.training.rules import (
    AgeGroup,
    Counted,
    SelfCheck,
    SessionForm,
    SessionState,
    Sex,
    Who,
    checked_key,
    total_of,
)
from tests.training.logging import DAY, entry

OLD, YOUNG = AgeGroup.FROM_65, AgeGroup.TO_24
WOMEN, MEN = Sex.WOMEN, Sex.MEN


def learners(*counts: tuple[AgeGroup, Sex, int]) -> tuple[Counted, ...]:
    return tuple(Counted(Who.LEARNERS, *count) for count in counts)


@pytest.mark.parametrize(
    ("head_count", "counted", "total"),
    [
        (None, (), None),
        (0, (), 0),
        (7, (), 7),
        (None, learners((OLD, Sex.ALL, 0)), 0),
        (7, learners((OLD, Sex.ALL, 4)), 7),
        (7, learners((OLD, Sex.ALL, 4), (YOUNG, Sex.ALL, 5)), 9),
        (7, learners((AgeGroup.ALL, WOMEN, 5), (AgeGroup.ALL, MEN, 5)), 10),
        # Of those of 65 to 79 six in all, of whom two women; of the young three women.
        (7, learners((OLD, Sex.ALL, 6), (OLD, WOMEN, 2), (YOUNG, WOMEN, 3)), 9),
        (None, learners((OLD, WOMEN, 2), (YOUNG, MEN, 3), (AgeGroup.ALL, WOMEN, 4)), 7),
    ],
)
def test_the_total_is_the_larger_of_head_count_and_breakdown(
    head_count: int | None, counted: tuple[Counted, ...], total: int | None
) -> None:
    assert total_of(head_count, counted, Who.LEARNERS) == total


def test_helpers_are_no_learners() -> None:
    helpers = (Counted(Who.HELPERS, YOUNG, Sex.ALL, 9),)
    assert entry(1, "by", head_count=3, counted=helpers).learners == 3


def broken(**values: object) -> list[tuple[str, str]]:
    code = values.pop("village_code", "by")
    rules = entry(1, code, **values).broken_rules(today=DAY)
    return [(rule.field, rule.code) for rule in rules]


def test_date_place_organiser_and_head_count_are_enough() -> None:
    assert broken() == []


def test_zero_came_is_an_answer_and_blank_is_asked_about() -> None:
    assert broken(head_count=0) == []
    assert broken(head_count=None) == [("head_count", "count_or_say")]
    assert broken(head_count=None, is_uncounted=True) == []


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"day": date(2026, 11, 21)}, ("date", "held_in_future")),
        ({"day": date(1999, 12, 31)}, ("date", "date_out_of_range")),
        ({"village_code": None}, ("place", "choose_place")),
        ({"starts_at": time(18), "ends_at": time(18)}, ("ends_at", "end_before_start")),
        ({"ends_at": time(18)}, ("starts_at", "end_without_start")),
        ({"head_count": 5001}, ("head_count", "too_many_people")),
        ({"volunteer_minutes": 60_001}, ("volunteer_hours", "too_many_hours")),
        ({"first_timers": 8}, ("first_timers", "more_than_learners")),
        ({"state": SessionState.CANCELLED}, ("head_count", "counted_but_not_held")),
        ({"notes": "Ring Eva 070-123 45 67"}, ("notes", "contact_details")),
        ({"notes": "Skriv till eva@example.org"}, ("notes", "contact_details")),
        ({"notes": "Kom ihåg 811228-9874"}, ("notes", "personal_number")),
        ({"title": "x" * 161}, ("title", "too_long")),
    ],
)
def test_what_cannot_be_is_refused(values: dict[str, object], rule: tuple[str, str]) -> None:
    assert broken(**values) == [rule]


def test_online_has_no_place() -> None:
    assert broken(village_code=None, form=SessionForm.ONLINE) == []


def test_contact_details_that_are_meant_may_stand() -> None:
    assert broken(notes="Ring 070-123 45 67", details_are_meant=True) == []
    assert broken(notes="811228-9874", details_are_meant=True) == [("notes", "personal_number")]


def test_no_more_manage_an_area_than_answered() -> None:
    checks = (SelfCheck(DigCompArea.SAFETY, before=3, after=6),)
    assert broken(checks=checks, before_answered=5, after_answered=5) == [
        ("after_safety", "more_than_answered")
    ]


@pytest.mark.parametrize("key", ["", "1", "{12345678-1234-5678-1234-567812345678}", "urn:uuid:x"])
def test_a_key_is_a_uuid_in_its_plain_spelling(key: str) -> None:
    with pytest.raises(RuleBroken):
        checked_key(key)
