"""Digital maturity by Eurostat's Digital Skills Indicator 2.0, from activities to levels to totals.

The five areas are DigComp 2.2's. A person's activities of the last three months give a level in
each area, and the five levels together one overall level. Who has not used the internet in three
months is *not assessed*: a class of its own, and never the same as having no skills.

Source: Eurostat, isoc_sk_dskl_i21, reference metadata (DSI 2.0); Vuorikari, Kluzer and Punie,
DigComp 2.2 (2022).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from outreach.measures.digcomp import DigCompArea
from outreach.measures.rates import Share


class AreaLevel(StrEnum):
    """What a person's activities amount to within one area."""

    none = "none"
    basic = "basic"
    above = "above"


class Level(StrEnum):
    """A person's overall level, the highest first, and apart from them: not assessed."""

    above_basic = "above_basic"
    basic = "basic"
    low = "low"
    narrow = "narrow"
    limited = "limited"
    no_skills = "no_skills"
    not_assessed = "not_assessed"


class AgeGroup(StrEnum):
    """Age in five groups; unknown where a person would rather not say."""

    to_24 = "to_24"
    from_25 = "from_25"
    from_45 = "from_45"
    from_65 = "from_65"
    from_80 = "from_80"
    unknown = "unknown"


class Sex(StrEnum):
    """Asked for only where it is wanted, and never demanded."""

    woman = "woman"
    man = "man"
    other = "other"


ABOVE_FROM: Mapping[DigCompArea, int] = {
    DigCompArea.INFORMATION: 2,
    DigCompArea.COMMUNICATION: 2,
    DigCompArea.CONTENT: 3,
    DigCompArea.SAFETY: 3,
    DigCompArea.PROBLEM_SOLVING: 3,
}
"""Activities from which an area is above basic; a single one makes it basic."""

AT_LEAST_BASIC = (Level.above_basic, Level.basic)
_BY_AREAS = {4: Level.low, 3: Level.narrow, 2: Level.limited}
_AREAS_OF = {Level.above_basic: 5, Level.basic: 5, Level.low: 4, Level.narrow: 3, Level.limited: 2}


def area_level(area: DigCompArea, activities: int) -> AreaLevel:
    """The level in an area of a person who has done so many of its activities."""
    if activities >= ABOVE_FROM[area]:
        return AreaLevel.above
    return AreaLevel.basic if activities else AreaLevel.none


def overall(levels: Mapping[DigCompArea, AreaLevel] | None) -> Level:
    """The overall level; None stands for no use of the internet in three months."""
    if levels is None:
        return Level.not_assessed
    reached = [levels[area] for area in DigCompArea if levels[area] is not AreaLevel.none]
    if len(reached) == len(DigCompArea):
        is_above = all(level is AreaLevel.above for level in reached)
        return Level.above_basic if is_above else Level.basic
    return _BY_AREAS.get(len(reached), Level.no_skills)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many persons have each overall level, and how many are at least basic in each area."""

    levels: Mapping[Level, int]
    areas: Mapping[DigCompArea, int]

    @property
    def persons(self) -> int:
        """Everybody who answered, assessed or not."""
        return sum(self.levels.values())

    @property
    def not_assessed(self) -> int:
        """Those without use of the internet in three months."""
        return self.levels.get(Level.not_assessed, 0)

    @property
    def at_least_basic(self) -> int:
        """Those at basic or above basic overall."""
        return sum(self.levels.get(level, 0) for level in AT_LEAST_BASIC)

    @property
    def of_all(self) -> Share:
        """The headline: at least basic, of everybody who answered."""
        return Share(self.at_least_basic, self.persons)

    @property
    def of_assessed(self) -> Share:
        """At least basic, of those who could be assessed."""
        return Share(self.at_least_basic, self.persons - self.not_assessed)

    def in_area(self, area: DigCompArea) -> Share:
        """At least basic in one area, of everybody who answered."""
        return Share(self.areas.get(area, 0), self.persons)


def added(tallies: Iterable[Tally]) -> Tally:
    """The tallies together; nothing at all is a tally of nobody."""
    levels = dict.fromkeys(Level, 0)
    areas = dict.fromkeys(DigCompArea, 0)
    for tally in tallies:
        for level, persons in tally.levels.items():
            levels[level] += persons
        for area, persons in tally.areas.items():
            areas[area] += persons
    return Tally(levels, areas)


def fits(tally: Tally) -> bool:
    """Whether the areas' counts can belong to persons of these levels.

    Each level but the lowest says in how many areas its persons are at least basic; who has no
    skills is so in none or one.
    """
    least = sum(_AREAS_OF.get(level, 0) * persons for level, persons in tally.levels.items())
    most = least + tally.levels.get(Level.no_skills, 0)
    assessed = tally.persons - tally.not_assessed
    return least <= sum(tally.areas.values()) <= most and all(
        tally.at_least_basic <= persons <= assessed for persons in tally.areas.values()
    )
