"""The gap between rural and urban places, and what it would take to close it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from outreach.measures.rates import Share, points


@dataclass(frozen=True, slots=True)
class GroupSum:
    """One side of a gap, summed over its villages.

    `villages` counts the villages in the sum. `covered_dwellings` are the register's dwellings
    in villages with a report, `register_dwellings` all of the side: a share *with data*, which
    is a different thing from the share connected.
    """

    numerator: int | None
    denominator: int | None
    villages: int
    covered_dwellings: int | None
    register_dwellings: int | None

    @property
    def share(self) -> Share:
        """The side's rate."""
        return Share(self.numerator, self.denominator)

    @property
    def covered(self) -> Share:
        """The share of the side's dwellings that reports cover."""
        return Share(self.covered_dwellings, self.register_dwellings)


@dataclass(frozen=True, slots=True)
class Gap:
    """Rural against urban; whatever can't be told is None.

    `points` is rural minus urban in percentage points, so below zero when the countryside is
    behind. `ratio` is rural over urban, undefined also where urban is 0.
    """

    rural: GroupSum
    urban: GroupSum
    points: float | None
    ratio: float | None


def gap(rural: GroupSum, urban: GroupSum) -> Gap:
    """The gap of one measure, scheme, area and date."""
    return Gap(
        rural=rural,
        urban=urban,
        points=points(urban.share, rural.share),
        ratio=_ratio(rural.share, urban.share),
    )


def dwellings_to_close(rural_villages: Iterable[Share], urban: Share) -> int | None:
    """How many more dwellings it takes to lift every rural village to the urban rate.

    The sum over rural villages of max(0, urban rate - own rate) * own denominator, rounded up
    in each village, since no village can connect half a dwelling. In exact fractions: with
    floats, 0.07 * 100 would round up to 8. None when the urban rate is undefined or no
    rural village's own rate is defined; villages whose rate is undefined take no part.
    """
    goal = urban.exact
    if goal is None:
        return None
    missing = [
        max(0, ceil(goal * village.denominator - village.numerator))
        for village in rural_villages
        if village.numerator is not None and village.denominator
    ]
    return sum(missing) if missing else None


def par(urban: Share, whole_area: Share) -> float | None:
    """Population attributable risk: the urban rate minus the whole area's, in percentage points.

    So much the area would gain if all of it were as urban places are. Floored at 0; None when
    either rate is undefined.
    """
    gain = points(whole_area, urban)
    return None if gain is None else max(0.0, gain)


def _ratio(rural: Share, urban: Share) -> float | None:
    if rural.exact is None or not urban.exact:
        return None
    return float(rural.exact / urban.exact)
