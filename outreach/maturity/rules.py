"""Survey rounds, their links and answers: the closed sets, and what an entry must be."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from outreach.measures.digcomp import DigCompArea
from outreach.measures.maturity import (
    AgeGroup,
    AreaLevel,
    Level,
    Sex,
    Tally,
    area_level,
    fits,
    overall,
)
from outreach.rules import RuleBroken

LABEL_MAXIMUM = 80
LARGEST_TALLY = 5_000
LARGEST_THRESHOLD = 5_000
SMALL_VILLAGE = 100
"""Under so many inhabitants an answer keeps no village, unless the round says otherwise."""
LEAST_TOGETHER = 2
"""Small villages of one class and municipality, from which an answer keeps that class."""
ANSWERS_AN_HOUR = 120
"""Through one link; a full assembly hall needs fewer, and somebody stuffing it more."""
_LEVELS = {AreaLevel.none: 0, AreaLevel.basic: 1, AreaLevel.above: 2}


class SurveyState(StrEnum):
    """A round takes answers while it is open; closed is for good, and then it is published."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class RoundEntry:
    """A round to be opened: its county, its date, and how small a village may be."""

    county_code: str
    reference_date: date
    small_village: int

    def __post_init__(self) -> None:
        if not 1 <= self.small_village <= LARGEST_THRESHOLD:
            raise RuleBroken("small_village", "threshold", facts={"largest": LARGEST_THRESHOLD})


@dataclass(frozen=True, slots=True)
class LinkEntry:
    """A link to be made: where it is used, and whether many answer on one device."""

    label: str
    is_kiosk: bool

    def __post_init__(self) -> None:
        if not self.label or not self.label.isprintable() or len(self.label) > LABEL_MAXIMUM:
            raise RuleBroken("label", "not_a_label", facts={"longest": LABEL_MAXIMUM})


@dataclass(frozen=True, slots=True)
class Person:
    """What is asked about who answers: where, how old, and perhaps the sex."""

    village_id: int | None
    municipality_code: str
    age_group: AgeGroup
    sex: Sex | None = None


@dataclass(frozen=True, slots=True)
class AnswerEntry:
    """One person's answer; `done` are codes of activities, None without use of the internet."""

    person: Person
    done: frozenset[str] | None

    def levels(self, areas: Mapping[str, DigCompArea]) -> dict[DigCompArea, AreaLevel] | None:
        """The level in each area, by the area that each activity belongs to."""
        if self.done is None:
            return None
        counts = dict.fromkeys(DigCompArea, 0)
        for code in self.done:
            counts[areas[code]] += 1
        return {area: area_level(area, counts[area]) for area in DigCompArea}


@dataclass(frozen=True, slots=True)
class TallyEntry:
    """Paper answers counted by hand: persons of one place and age by level and by area."""

    person: Person
    tally: Tally

    def __post_init__(self) -> None:
        if not self.tally.persons:
            raise RuleBroken("above_basic", "nobody")
        if max([*self.tally.levels.values(), *self.tally.areas.values()]) > LARGEST_TALLY:
            raise RuleBroken("above_basic", "too_large", facts={"largest": LARGEST_TALLY})
        if not fits(self.tally):
            raise RuleBroken("information", "does_not_fit")


def stored_level(level: AreaLevel) -> int:
    """A level as a number: 0 none, 1 basic, 2 above."""
    return _LEVELS[level]


def level_of(levels: Mapping[DigCompArea, AreaLevel] | None) -> Level:
    """The overall level of an answer."""
    return overall(levels)


@dataclass(frozen=True, slots=True)
class VillagePlace:
    """A village as a place for answers: its municipality, fine class and inhabitants."""

    id: int
    municipality_code: str
    fine_class: str
    inhabitants: int | None


@dataclass(frozen=True, slots=True)
class StoredPlace:
    """What an answer keeps of its place; the village or the class is None where it is too small."""

    municipality_code: str
    village_id: int | None
    fine_class: str | None


def kept_place(
    person: Person, villages: Iterable[VillagePlace], *, small_village: int
) -> StoredPlace:
    """What is stored of where somebody lives, decided before anything is stored.

    A village of unknown size counts as small. The class of a small village is kept only where
    at least two small villages of the municipality share it, with inhabitants enough together:
    else the class would name the village. Raises RuleBroken for a village that isn't there.
    """
    if person.village_id is None:
        return StoredPlace(person.municipality_code, None, None)
    here = list(villages)
    own = next((one for one in here if one.id == person.village_id), None)
    if own is None:
        raise RuleBroken("village", "choose")
    if (own.inhabitants or 0) >= small_village:
        return StoredPlace(own.municipality_code, own.id, own.fine_class)
    alike = [
        one
        for one in here
        if (one.municipality_code, one.fine_class) == (own.municipality_code, own.fine_class)
        and (one.inhabitants or 0) < small_village
    ]
    together = sum(one.inhabitants or 0 for one in alike)
    is_enough = len(alike) >= LEAST_TOGETHER and together >= small_village
    return StoredPlace(own.municipality_code, None, own.fine_class if is_enough else None)


def random_id() -> int:
    """A key that says nothing of when its row came: 62 random bits."""
    return secrets.randbelow(2**62) + 1
