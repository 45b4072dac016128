"""What is found about one choice: both gaps, the series, the municipalities, the reporting."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from outreach.gap.disclosed import Audience, VillageFigures
from outreach.gap.rules import Beside, Choice, Shown
from outreach.measures.gap import Gap, GroupSum
from outreach.measures.passport import Passport
from outreach.measures.rates import UNKNOWN_SHARE, Measure, Share, points
from outreach.measures.wilson import Interval

LEVEL_POINTS = 1.0
"""A gap smaller than this many percentage points either way is called level: it turns with a
handful of households, and nobody should dig for it."""


class Direction(StrEnum):
    """Where the countryside stands against towns."""

    BEHIND = "behind"
    AHEAD = "ahead"
    LEVEL = "level"
    UNKNOWN = "unknown"


class Advice(StrEnum):
    """What the two gaps together call for."""

    BUILD = "build"
    TALK = "talk"
    BOTH = "both"
    NEITHER = "neither"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class MeasureGap:
    """One measure's gap with all that is said about it.

    `whole` is the area with both sides and the villages on neither. `to_close` counts dwellings,
    once the villages are known; with `is_least` it may be more, as not every rural village's own
    figures are shown.
    """

    measure: Measure
    gap: Gap
    whole: GroupSum
    par: float | None
    to_close: int | None = None
    is_least: bool = False
    beside: Beside | None = None

    @property
    def shown(self) -> Shown:
        """What the gap is of."""
        return self.measure if self.beside is None else self.beside

    @property
    def direction(self) -> Direction:
        """Where the countryside stands."""
        return direction(self.gap.points)


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """Both sides and the whole on one date, with how much stands behind them.

    `passport` is of figures of people; those of connection follow from the choice.
    """

    day: date
    rural: Share
    urban: Share
    whole: Share
    reporting: Share = UNKNOWN_SHARE
    completeness: Share = UNKNOWN_SHARE
    passport: Passport | None = None

    @property
    def points(self) -> float | None:
        """The gap on that date, in percentage points."""
        return points(self.urban, self.rural)


@dataclass(frozen=True, slots=True)
class MunicipalityFigures:
    """One municipality's sides, its whole, and its reporting, for one measure."""

    code: str
    name: str
    rural: GroupSum
    urban: GroupSum
    whole: GroupSum
    expected: int
    reported: int
    passport: Passport | None = None

    @property
    def points(self) -> float | None:
        """The municipality's own gap, in percentage points."""
        return points(self.urban.share, self.rural.share)

    @property
    def reported_share(self) -> Share:
        """Villages that have reported for the date, of those asked to."""
        return Share(self.reported, self.expected)


@dataclass(frozen=True, slots=True)
class Reporting:
    """How much stands behind the figures. `oldest` is the date of the oldest report in them."""

    expected: int
    reported: int
    villages: int
    covered: int
    completeness: Share
    oldest: date | None

    @property
    def share(self) -> Share:
        """Villages that have reported for the date, of those asked to."""
        return Share(self.reported, self.expected)


@dataclass(frozen=True, slots=True)
class BesideBasis:
    """What figures of people stand on. `day` is the survey's, or the last of the twelve months.

    `interval` is of the gap in percentage points, where the figures are of a sample.
    """

    day: date | None
    interval: Interval | None
    rural: Interval | None
    urban: Interval | None
    is_demonstration: bool = False
    kilometres: int | None = None
    passport: Passport | None = None


def direction(gap_points: float | None) -> Direction:
    """The word for a gap."""
    if gap_points is None:
        return Direction.UNKNOWN
    if abs(gap_points) < LEVEL_POINTS:
        return Direction.LEVEL
    return Direction.BEHIND if gap_points < 0 else Direction.AHEAD


def advice(build: MeasureGap, take_up: MeasureGap) -> Advice:
    """Dig, talk to people, both or neither. Behind in what is unknown, nothing is advised."""
    if Direction.UNKNOWN in (build.direction, take_up.direction):
        return Advice.UNKNOWN
    must_build = build.direction is Direction.BEHIND
    must_talk = take_up.direction is Direction.BEHIND
    if must_build and must_talk:
        return Advice.BOTH
    if must_build:
        return Advice.BUILD
    return Advice.TALK if must_talk else Advice.NEITHER


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything the gap page, its charts and its files are made of.

    `villages` are empty where only the sums were asked for.
    """

    choice: Choice
    audience: Audience
    build: MeasureGap
    take_up: MeasureGap
    chosen: MeasureGap
    series: list[SeriesPoint]
    municipalities: list[MunicipalityFigures]
    reporting: Reporting
    villages: list[VillageFigures] = field(default_factory=list)
    basis: BesideBasis | None = None

    @property
    def advice(self) -> Advice:
        """What the two gaps together call for."""
        return advice(self.build, self.take_up)
