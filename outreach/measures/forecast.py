"""Where a rate is heading: a logistic adoption curve on counts, with the range it may end in.

**Method.** On the logit scale a logistic curve is a straight line. Its height and slope are
followed from date to date (a Kalman filter); between dates the slope fades by a factor a year, for
growth that slows, and may drift. Around it the counts scatter as binomial ones do, times a factor:
counts of the same dwellings year after year are neither as far apart as draws would be, nor as
close together as one set of draws (overdispersion). Three things are thus unknown: the fading
(`FADING`), the drift (`DRIFT`) and the scatter (`SCATTER`). None is picked; each combination is
followed and weighs as much as it made the dates seen likely, so that the interval holds what is
not known about them, too. It is the range of the next count, not of a mean.

**What is promised.** The interval is of 80 %: it should hold four of five outcomes. `backtest` asks
whether it does, by hiding the last two dates. Over simulated regions, whose growth was drawn (half
of them a logistic with scattered counts, half with a yearly chance to connect that varies), it held
`SIMULATED_COVERAGE`.

**Limits.** Fewer than `LEAST_DATES` dates: no forecast. It knows nothing of decisions, money or
closing copper networks; it says what comes if things go on as they have.

Sources: E. M. Rogers, Diffusion of Innovations; Harvey, Forecasting, Structural Time Series Models
and the Kalman Filter (1989), ch. 3; McCullagh and Nelder, Generalized Linear Models (1989), 4.5.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import erf, exp, log, sqrt
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from outreach.measures.rates import Share

LEAST_DATES = 4
HELD_OUT = 2
LEVEL = 0.80
SIMULATED_COVERAGE = 0.765
"""Share of hidden outcomes that lay in the interval, over the simulated regions of the tests."""
LAST_YEAR = 2050
"""Nothing is said of what comes after."""

FADING = (1.0, 0.9, 0.8, 0.65)
DRIFT = (0.0, 0.01, 0.03, 0.08, 0.2)
SCATTER = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1_000.0, 3_000.0, 10_000.0)
_SLOPE_SPREAD = 0.5
"""Before anything is seen, the slope is taken to be within about half a logit a year."""
_UNSEEN_SPREAD = 10.0
_NEGLIGIBLE = 1e-6
_DAYS_PER_YEAR = 365.25
_HALVINGS = 45

Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Observation:
    """A rate that was counted on a date."""

    day: date
    share: Share


@dataclass(frozen=True, slots=True)
class Band:
    """A future date: the share as likely passed as not, and the ends of the 80 % interval."""

    day: date
    low: float
    middle: float
    high: float

    def holds(self, share: Share) -> bool:
        """Whether an outcome lies in the interval."""
        return share.value is not None and self.low <= share.value <= self.high


@dataclass(frozen=True, slots=True)
class Forecast:
    """The dates it rests on, oldest first, and the bands that follow, one a year."""

    seen: tuple[Observation, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """When a goal is reached within the interval: at the earliest, as likely as not, at the latest.

    None is not before the end of what is forecast.
    """

    earliest: date | None
    likely: date | None
    latest: date | None


def usable(series: Sequence[Observation]) -> list[Observation]:
    """The dates with a defined rate, oldest first."""
    known = [one for one in series if one.share.exact is not None]
    return sorted(known, key=lambda one: one.day)


def forecast(series: Sequence[Observation], *, until: int = LAST_YEAR) -> Forecast | None:
    """The same day of each year to come; None with fewer than four dates."""
    seen = usable(series)
    if len(seen) < LEAST_DATES:
        return None
    last = seen[-1].day
    days = [_years_after(last, years) for years in range(1, until - last.year + 1)]
    return Forecast(tuple(seen), tuple(_bands(seen, days)))


def reached(found: Forecast, goal: float) -> Reached:
    """When a share is reached, on straight lines between the years."""
    last = found.seen[-1]
    start = last.share.value or 0.0
    return Reached(
        earliest=_crossing([(last.day, start), *((b.day, b.high) for b in found.bands)], goal),
        likely=_crossing([(last.day, start), *((b.day, b.middle) for b in found.bands)], goal),
        latest=_crossing([(last.day, start), *((b.day, b.low) for b in found.bands)], goal),
    )


def backtest(series: Sequence[Observation]) -> list[bool]:
    """Whether each of the last two dates lay in the interval made without them.

    Empty where too few dates would be left.
    """
    seen = usable(series)
    if len(seen) < LEAST_DATES + HELD_OUT:
        return []
    known, hidden = seen[:-HELD_OUT], seen[-HELD_OUT:]
    bands = _bands(known, [one.day for one in hidden], denominators=[_size(one) for one in hidden])
    return [band.holds(one.share) for band, one in zip(bands, hidden, strict=True)]


@dataclass(frozen=True, slots=True)
class _State:
    """Height and slope under every combination: means, and what is uncertain about them."""

    height: Floats
    slope: Floats
    height_variance: Floats
    covariance: Floats
    slope_variance: Floats
    likelihood: Floats


_FADING, _DRIFT, _SCATTER = (
    np.array(values, dtype=np.float64).ravel()
    for values in np.meshgrid(FADING, DRIFT, SCATTER, indexing="ij")
)


def _bands(
    seen: Sequence[Observation], days: Sequence[date], *, denominators: Sequence[int] | None = None
) -> list[Band]:
    state = _followed(seen)
    weights = np.exp(state.likelihood - state.likelihood.max())
    weights = np.where(weights < _NEGLIGIBLE * weights.max(), 0.0, weights)
    kept = weights > 0
    weights = weights[kept] / weights.sum()
    sizes = denominators or [_size(seen[-1])] * len(days)
    bands = []
    for day, size in zip(days, sizes, strict=True):
        ahead = _moved(state, _years(seen[-1].day, day))
        means = ahead.height[kept]
        spreads = np.sqrt(
            ahead.height_variance[kept] + _SCATTER[kept] * _binomial(_share_of(means), size)
        )
        low, middle, high = (
            _quantile(level, means, spreads, weights)
            for level in ((1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2)
        )
        bands.append(Band(day, low, middle, high))
    return bands


def _followed(seen: Sequence[Observation]) -> _State:
    """The state after every date seen, and how likely it made them."""
    shape = _FADING.shape
    state = _State(
        height=np.zeros(shape),
        slope=np.zeros(shape),
        height_variance=np.full(shape, _UNSEEN_SPREAD**2),
        covariance=np.zeros(shape),
        slope_variance=np.full(shape, _SLOPE_SPREAD**2),
        likelihood=np.zeros(shape),
    )
    state = _updated(state, seen[0], is_judged=False)
    for before, one in pairwise(seen):
        state = _updated(_moved(state, _years(before.day, one.day)), one, is_judged=True)
    return state


def _moved(state: _State, years: float) -> _State:
    """So many years on, with nothing seen on the way."""
    fade = _FADING**years
    is_straight = _FADING == 1.0
    reach = np.where(is_straight, years, (1 - fade) / -np.log(np.where(is_straight, 0.5, _FADING)))
    noise = _DRIFT**2
    return _State(
        height=state.height + reach * state.slope,
        slope=fade * state.slope,
        height_variance=state.height_variance
        + 2 * reach * state.covariance
        + reach**2 * state.slope_variance
        + noise * years**3 / 3,
        covariance=fade * (state.covariance + reach * state.slope_variance) + noise * years**2 / 2,
        slope_variance=fade**2 * state.slope_variance + noise * years,
        likelihood=state.likelihood,
    )


def _updated(state: _State, one: Observation, *, is_judged: bool) -> _State:
    """The state once a date has been seen. The first one says nothing of the combinations."""
    size = _size(one)
    share = ((one.share.numerator or 0) + 0.5) / (size + 1)
    total = state.height_variance + _SCATTER * _binomial(np.array(share), size)
    surprise = log(share / (1 - share)) - state.height
    gain, slope_gain = state.height_variance / total, state.covariance / total
    told = -0.5 * (np.log(total) + surprise**2 / total) if is_judged else 0.0
    return _State(
        height=state.height + gain * surprise,
        slope=state.slope + slope_gain * surprise,
        height_variance=state.height_variance * (1 - gain),
        covariance=state.covariance * (1 - gain),
        slope_variance=state.slope_variance - slope_gain * state.covariance,
        likelihood=state.likelihood + told,
    )


def _binomial(share: Floats, size: int) -> Floats:
    """The variance of a binomial share's logit."""
    return np.asarray(1 / ((size + 1) * np.maximum(share * (1 - share), 1e-9)), dtype=np.float64)


def _share_of(logits: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -500, 500))), dtype=np.float64)


def _quantile(level: float, means: Floats, spreads: Floats, weights: Floats) -> float:
    """The share that the mixture of normal logits stays under with this probability."""
    low, high = float((means - 9 * spreads).min()), float((means + 9 * spreads).max())
    parts = list(zip(means.tolist(), (spreads * sqrt(2)).tolist(), weights.tolist(), strict=True))
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        under = sum(weight * (1 + erf((middle - mean) / wide)) for mean, wide, weight in parts) / 2
        low, high = (middle, high) if under < level else (low, middle)
    return 1 / (1 + exp(-max(-500.0, low)))


def _crossing(line: Sequence[tuple[date, float]], goal: float) -> date | None:
    """The first day a line is at the goal."""
    if line[0][1] >= goal:
        return line[0][0]
    for (before, lower), (after, higher) in pairwise(line):
        if higher >= goal:
            part = (goal - lower) / (higher - lower)
            return before + timedelta(days=round((after - before).days * part))
    return None


def _size(one: Observation) -> int:
    return one.share.denominator or 0


def _years(start: date, end: date) -> float:
    return (end - start).days / _DAYS_PER_YEAR


def _years_after(day: date, years: int) -> date:
    """The same day of a later year; 29 February becomes the 28th."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if is_leap_day else day.day)
