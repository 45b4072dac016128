"""Why our rate differs from an official one: what has changed since, and what is left to explain.

Ours minus the official rate is split exactly in two: the change of our own rate from the official
date to ours, and the rest, which is there on the same date. The rest is held against what dwellings
without a report could explain: our rate if none or all of them counted. What lies outside that
range is left to the definition (people against dwellings, what counts as passed) or to a faulty
count.
"""

from dataclasses import dataclass
from enum import StrEnum

from outreach.measures.ranking import bounds
from outreach.measures.rates import Share


class Cause(StrEnum):
    """What the rest can come from."""

    LEVEL = "level"
    UNCOVERED = "uncovered"
    OTHER = "other"
    UNKNOWN = "unknown"


LEVEL_POINTS = 1.0
"""A rest smaller than this many percentage points needs no explanation."""


@dataclass(frozen=True, slots=True)
class Residual:
    """Differences in percentage points; None where something is unknown.

    `points` = `since` + `rest` wherever both are known. `least` and `most` are how far dwellings
    without a report could move our rate.
    """

    points: float | None
    since: float | None
    rest: float | None
    least: float | None
    most: float | None
    cause: Cause


def residual(ours: Share, *, then: Share, official: float, uncovered_then: int | None) -> Residual:
    """Split the difference between our rate now, ours on the official date, and the official one.

    `official` is from 0 to 1; `uncovered_then` are register dwellings without a report on its date.
    """
    if ours.value is None:
        return Residual(None, None, None, None, None, Cause.UNKNOWN)
    points = 100 * (ours.value - official)
    if then.value is None:
        return Residual(points, None, None, None, None, Cause.UNKNOWN)
    rest = 100 * (then.value - official)
    since = points - rest
    found = bounds(then, uncovered=uncovered_then)
    if found is None:
        return Residual(points, since, rest, None, None, Cause.UNKNOWN)
    least = 100 * (float(found.least) - then.value)
    most = 100 * (float(found.most) - then.value)
    return Residual(points, since, rest, least, most, _cause(rest, least, most))


def _cause(rest: float, least: float, most: float) -> Cause:
    """The rest is ours minus theirs, so what moves ours the other way explains it."""
    if abs(rest) < LEVEL_POINTS:
        return Cause.LEVEL
    is_within = least - LEVEL_POINTS <= -rest <= most + LEVEL_POINTS
    return Cause.UNCOVERED if is_within else Cause.OTHER
