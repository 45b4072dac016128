"""How far training reaches: people with a session near them, and what is held per inhabitant.

**Within reach** is a village whose point is at most so many kilometres, as the crow flies, from the
point of a village where a session was held in the twelve months up to the day. All inhabitants of
a village count as living at its point. Roads, buses and whether there was room are not known.

**Unknown is not none.** A village without a point or without a known number of inhabitants is on
neither side of the share. Where nobody in the county has logged a held session in the period, the
share is unknown: no log is not the same as no training. Sessions with nobody counted add a session
and no participant; hours need the length as well.

Visits to homes are left out: they are open to nobody else. Participants are not persons: who came
to four sessions is counted four times.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from outreach.measures.classes import FineClass
from outreach.measures.rates import Share

KILOMETRES = 10
"""How far a session is taken to reach, unless the reader says otherwise."""
OFFERED_KILOMETRES = (5, 10, 20, 30)
ROUNDED_TO = 10
"""Participants and hours are told the public to the nearest ten: programmes' own pages tell theirs
exactly, and a difference of the two must not tell how many came to one session."""


@dataclass(frozen=True, slots=True)
class ReachSum:
    """The villages of one fine class in one municipality, and their people within reach.

    `placed` villages have a point and a number of inhabitants; only theirs are summed.
    """

    municipality_code: str
    municipality_name: str
    fine_class: FineClass
    villages: int
    placed: int
    inhabitants: int | None
    within: int | None


@dataclass(frozen=True, slots=True)
class Activity:
    """What was held: sessions, and learners and learner-minutes as far as they were counted."""

    sessions: int = 0
    counted: int = 0
    participants: int | None = None
    minutes: int | None = None

    def __add__(self, other: Self) -> Self:
        """Both; an unknown part adds nothing, and nothing known stays unknown."""
        return type(self)(
            self.sessions + other.sessions,
            self.counted + other.counted,
            _plus(self.participants, other.participants),
            _plus(self.minutes, other.minutes),
        )

    @property
    def hours(self) -> float | None:
        """Participant-hours."""
        return None if self.minutes is None else self.minutes / 60


def reach(sums: Iterable[ReachSum], *, is_logged: bool) -> Share:
    """Inhabitants within reach of all whose village is placed; unknown where nothing is logged."""
    placed = [one for one in sums if one.inhabitants is not None]
    if not is_logged or not placed:
        return Share(None, None)
    return Share(
        sum(one.within or 0 for one in placed), sum(one.inhabitants or 0 for one in placed)
    )


def together(activities: Iterable[Activity]) -> Activity:
    """Everything that was held."""
    return sum(activities, start=Activity())


def per_thousand(count: float | None, inhabitants: int | None) -> float | None:
    """So many for each thousand inhabitants; None where either is unknown or nobody lives."""
    return None if count is None or not inhabitants else 1000 * count / inhabitants


def rounded(count: float | None) -> int | None:
    """To the nearest ten, halves upwards, as the public is told."""
    return None if count is None else int((count + ROUNDED_TO / 2) // ROUNDED_TO) * ROUNDED_TO


def year_before(day: date) -> date:
    """The same day a year earlier: a period of twelve months is after it, up to the day."""
    leap_day = day.month == 2 and day.day == 29
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)


def _plus(one: int | None, other: int | None) -> int | None:
    if one is None:
        return other
    return one if other is None else one + other
