"""Series of shares over dates: put side by side, and the change between two dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from outreach.measures.rates import UNKNOWN_SHARE, Share, points


@dataclass(frozen=True, slots=True)
class Moment:
    """All series on one date, in the order the series were given."""

    date: date
    shares: tuple[Share, ...]


def align(*series: Mapping[date, Share]) -> list[Moment]:
    """The series on every date any of them has, oldest first.

    A series without that date is unknown there: nothing is filled in or carried on.
    """
    dates = sorted({day for one in series for day in one})
    return [Moment(day, tuple(one.get(day, UNKNOWN_SHARE) for one in series)) for day in dates]


def change(series: Mapping[date, Share], start: date, end: date) -> float | None:
    """The change from one date to another in percentage points; None if either is undefined."""
    return points(series.get(start, UNKNOWN_SHARE), series.get(end, UNKNOWN_SHARE))
