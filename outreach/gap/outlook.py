"""Where a rate is heading in an area, as an audience may know it.

A forecast is made of the sums that the audience sees, date by date, so nothing follows from it
that isn't shown. Dates for which too few have reported are left out: figures that are carried
forward stand still, and would slow the forecast.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from outreach.gap.disclosed import Audience, Disclosure
from outreach.gap.queries.progress import ProgressSum
from outreach.gap.rules import AreaKind, Choice
from outreach.gap.summing import fine_classes, sides
from outreach.gap.why import Of
from outreach.measures.disclosure import Part
from outreach.measures.forecast import (
    Forecast,
    Observation,
    Reached,
    backtest,
    forecast,
    reached,
)
from outreach.measures.rates import UNKNOWN_SHARE, Measure, Share, total

REPORTED_LEAST = 0.80
"""A date counts where at least this share of those asked has reported for it."""
GOAL_YEAR = 2030
GOALS = (0.60, 0.70, 0.80, 0.90, 0.95, 0.98, 1.00)
DEFAULT_GOALS = {
    Measure.coverage: 0.98,
    Measure.connection_rate: 0.90,
    Measure.take_up: 0.90,
    Measure.activation: 0.90,
}
"""98 % is the national goal for access; no goal is set for the others, so 90 % is the project's."""


@dataclass(frozen=True, slots=True)
class Tested:
    """A series whose last dates were hidden, and how many of them lay in the range."""

    hits: int
    hidden: int

    @property
    def share(self) -> Share:
        """The part that lay in the range."""
        return Share(self.hits, self.hidden)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The forecast of one choice, or why there is none.

    `left_out` are dates with too few reports; `tested` the back-test over the municipalities.
    """

    choice: Choice
    of: Of
    audience: Audience
    seen: tuple[Observation, ...]
    left_out: tuple[date, ...]
    found: Forecast | None
    goal: float
    reached: Reached | None
    tested: Tested

    @property
    def is_on_the_day(self) -> bool | None:
        """Whether the goal is reached by the end of 2030: surely, surely not, or open (None)."""
        last = date(GOAL_YEAR, 12, 31)
        day = self.reached
        if day is None or day.earliest is None or day.earliest > last:
            return False
        return True if day.latest is not None and day.latest <= last else None


@dataclass(frozen=True, slots=True)
class Looking:
    """How sums become a forecast, for one audience and choice."""

    choice: Choice
    of: Of
    audience: Audience
    disclosure: Disclosure

    def outlook(self, sums: Sequence[ProgressSum], goal: float) -> Outlook:
        """The forecast of the area."""
        area = self.choice.area
        code = area.code if area.kind is AreaKind.MUNICIPALITY else None
        series = self._series(sums, self._part(), code)
        known = [one for one, is_reported in series if is_reported]
        found = forecast(known, until=LAST_SHOWN)
        return Outlook(
            choice=self.choice,
            of=self.of,
            audience=self.audience,
            seen=tuple(known),
            left_out=tuple(one.day for one, is_reported in series if not is_reported),
            found=found,
            goal=goal,
            reached=None if found is None else reached(found, goal),
            tested=self._tested(sums),
        )

    def _part(self) -> Part:
        rural, urban = sides(self.choice.scheme)
        return {Of.rural: rural, Of.urban: urban}.get(self.of, Part.total)

    def _tested(self, sums: Sequence[ProgressSum]) -> Tested:
        """Both sides of every municipality in the counties."""
        hits: list[bool] = []
        for code in sorted({one.municipality_code for one in sums}):
            for part in sides(self.choice.scheme):
                series = self._series(sums, part, code)
                hits += backtest([one for one, is_reported in series if is_reported])
        return Tested(sum(hits), len(hits))

    def _series(
        self, sums: Sequence[ProgressSum], part: Part, code: str | None
    ) -> list[tuple[Observation, bool]]:
        """Each date up to the chosen one with its sum, and whether enough had reported."""
        inside = [
            one
            for one in sums
            if one.day <= self.choice.day
            and code in (None, one.municipality_code)
            and one.fine_class in fine_classes(part)
        ]
        return [
            self._observed(day, list(group), part, code)
            for day, group in groupby(inside, key=lambda one: one.day)
        ]

    def _observed(
        self, day: date, sums: Iterable[ProgressSum], part: Part, code: str | None
    ) -> tuple[Observation, bool]:
        found = list(sums)
        reported = total(one.reported for one in found).value
        share = total(one.share for one in found)
        if self._is_hidden(day, part, code):
            share = UNKNOWN_SHARE
        return Observation(day, share), reported is not None and reported >= REPORTED_LEAST

    def _is_hidden(self, day: date, part: Part, code: str | None) -> bool:
        if self.audience is Audience.INTERNAL:
            return False
        measure = self.choice.measure
        if code is None:
            return self.disclosure.hides_sum(self.choice.area, day, part=part, measure=measure)
        return self.disclosure.hides_sum_of(code, day, part=part, measure=measure)


LAST_SHOWN = 2035
"""The chart and its table end here; what is later is said to be so."""
