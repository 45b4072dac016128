"""Three years of sessions: in term time, with what goes wrong in life: gaps and cancellations."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from zlib import crc32

from outreach.demo.training_facts import CourseText, TrainingFacts
from outreach.measures.digcomp import DigCompArea
from outreach.training.rules import AGES, Counted, SelfCheck, SessionState, Sex, Who

YEARS = 3
WEEKS_AHEAD = 9
TERM_WEEKS = frozenset({*range(3, 24), *range(35, 51)})
AGE_SHARES = (2, 5, 14, 52, 27)
"""Of a hundred learners, by age group."""
HELPER_SHARES = (80, 10, 10, 0, 0)


@dataclass(frozen=True, slots=True)
class DemoSession:
    """One session of a course, as it is stored."""

    name: str
    course: CourseText
    day: date
    starts_at: time
    ends_at: time
    state: SessionState
    has_place: bool
    head_count: int | None
    first_timers: int | None
    volunteer_minutes: int | None
    waiting_list: int | None
    counted: tuple[Counted, ...]
    answered: int | None
    checks: tuple[SelfCheck, ...]


def sessions_of(
    facts: TrainingFacts, periods: dict[str, tuple[date, date | None]], *, today: date
) -> Iterator[DemoSession]:
    """All sessions of all courses; one of a programme only within the programme's days."""
    first = today - timedelta(weeks=52 * YEARS)
    for course in facts["courses"]:
        starts, ends = periods.get(course["programme"] or "", (first, None))
        day = first + timedelta(days=(course["weekday"] - first.weekday()) % 7)
        last = min(ends or date.max, today + timedelta(weeks=WEEKS_AHEAD))
        while day <= last:
            if day >= starts and day.isocalendar().week in TERM_WEEKS:
                yield _session(course, day, today=today)
            day += timedelta(weeks=course["every"])


def _session(course: CourseText, day: date, *, today: date) -> DemoSession:
    name = f"{course['organisation']}/{course['title']}/{day.isoformat()}"
    state = _state(name, day, today=today)
    is_held = state is SessionState.HELD
    is_counted = is_held and _dice(name, "count", 19) > 0
    learners = max(1, course["learners"] + _dice(name, "learners", 9) - 4)
    has_ages = is_counted and _dice(name, "ages", 3) > 0
    counted = _ages(Who.LEARNERS, learners, AGE_SHARES) if has_ages else ()
    helpers = course.get("helpers")
    if helpers and is_held:
        counted += _ages(Who.HELPERS, helpers + _dice(name, "helpers", 4) - 1, HELPER_SHARES)
    is_checked = is_counted and course.get("checks", False)
    is_full = _dice(name, "queue", 6) == 0
    return DemoSession(
        name=name,
        course=course,
        day=day,
        starts_at=time.fromisoformat(course["from"]),
        ends_at=time.fromisoformat(course["to"]),
        state=state,
        has_place=_dice(name, "place", 41) > 0,
        head_count=learners if is_counted else None,
        first_timers=min(learners, _dice(name, "new", 4)) if is_counted else None,
        volunteer_minutes=course["volunteers"] * 150 if is_held and course["volunteers"] else None,
        waiting_list=1 + _dice(name, "waiting", 4) if is_full else None,
        counted=counted,
        answered=learners if is_checked else None,
        checks=_checks(name, learners) if is_checked else (),
    )


def _state(name: str, day: date, *, today: date) -> SessionState:
    if _dice(name, "cancelled", 23) == 0:
        return SessionState.CANCELLED
    is_forgotten = day > today - timedelta(weeks=8) and _dice(name, "forgotten", 6) == 0
    return SessionState.PLANNED if day >= today or is_forgotten else SessionState.HELD


def _ages(who: Who, people: int, shares: tuple[int, ...]) -> tuple[Counted, ...]:
    """People by age, by the largest remainder, so that they add up."""
    exact = [people * share / 100 for share in shares]
    parts = [int(value) for value in exact]
    by_rest = sorted(range(len(parts)), key=lambda i: exact[i] - parts[i], reverse=True)
    for place in by_rest[: people - sum(parts)]:
        parts[place] += 1
    return tuple(
        Counted(who, age, Sex.ALL, part) for age, part in zip(AGES, parts, strict=True) if part
    )


def _checks(name: str, answered: int) -> tuple[SelfCheck, ...]:
    checks = []
    for area in DigCompArea:
        before = min(answered, answered * (2 + _dice(name, area.value, 3)) // 8)
        gain = answered * (3 if area is DigCompArea.SAFETY else 2) // 8
        checks.append(SelfCheck(area, before, min(answered, before + gain)))
    return tuple(checks)


def _dice(name: str, what: str, sides: int) -> int:
    """A throw that is the same on every load."""
    return crc32(f"{name}/{what}".encode()) % sides
