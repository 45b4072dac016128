"""What is shown of one survey round: frozen figures, every one of them after disclosure control.

A share that is not shown has neither numerator nor denominator; why, it doesn't say.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from outreach.maturity.queries.rounds import RoundRow
from outreach.measures.classes import SettlementClass
from outreach.measures.digcomp import DigCompArea
from outreach.measures.maturity import AgeGroup, Level, Sex
from outreach.measures.rates import UNKNOWN_SHARE, Share, points
from outreach.measures.wilson import Interval, wilson


@dataclass(frozen=True, slots=True)
class Figure:
    """A share at least basic, of all who answered."""

    share: Share = UNKNOWN_SHARE

    @property
    def persons(self) -> int | None:
        """How many answered."""
        return self.share.denominator

    @property
    def interval(self) -> Interval | None:
        """Its Wilson interval at 95 %."""
        return wilson(self.share)


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """A county, municipality or settlement class; `before` is the share of the round before."""

    code: str
    name: str
    of_all: Figure
    of_assessed: Figure
    before: Share

    @property
    def change(self) -> float | None:
        """Percentage points since the round before."""
        return points(self.before, self.of_all.share)


@dataclass(frozen=True, slots=True)
class VillageFigures:
    """A village, or a municipality's small villages of a class together (then without a code).

    `shrunk` is its share drawn towards its municipality's, and `rank` its place by that.
    """

    code: str | None
    name: str
    municipality: str
    settlement_class: SettlementClass | None
    figure: Figure
    shrunk: float | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class LevelRow:
    """Levels that are shown together, usually one, with their persons of all who answered."""

    levels: tuple[Level, ...]
    share: Share
    reference: float | None


@dataclass(frozen=True, slots=True)
class SkillRow:
    """At least basic in one DigComp area, of all who answered: the county and municipalities."""

    area: DigCompArea
    figure: Figure
    reference: float | None
    by_municipality: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class AgeRow:
    """Age groups that are shown together: the county and municipalities."""

    ages: tuple[AgeGroup, ...]
    figure: Figure
    by_municipality: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class SexRow:
    """Sexes that are shown together; None stands for not said."""

    sexes: tuple[Sex | None, ...]
    figure: Figure


@dataclass(frozen=True, slots=True)
class Results:
    """Everything shown of one round. The reference is Sweden's, of `reference_year`."""

    round: RoundRow
    county: AreaFigures
    municipalities: list[AreaFigures]
    classes: list[AreaFigures]
    villages: list[VillageFigures]
    levels: list[LevelRow]
    skills: list[SkillRow]
    ages: list[AgeRow]
    sexes: list[SexRow]
    reference_year: int | None
    reference_at_least_basic: float | None
