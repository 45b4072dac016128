"""The closed sets of words every figure is sorted by, and the class limits of the maps."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from enum import StrEnum

import numpy as np


class SettlementClass(StrEnum):
    """Statistics Sweden's class of a place, taken from its list and never computed."""

    tatort = "tatort"
    smaort = "smaort"
    outside = "outside"


class DwellingType(StrEnum):
    """What is counted; counts of different types are never added together."""

    permanent = "permanent"
    holiday = "holiday"
    workplace = "workplace"


class Scheme(StrEnum):
    """A way to call places urban or rural. Every gap names the scheme it was made with."""

    pts = "pts"
    scb = "scb"
    large = "large"


class Group(StrEnum):
    """The two sides of a gap."""

    urban = "urban"
    rural = "rural"


class FineClass(StrEnum):
    """The finest classes any scheme tells apart, in an order the schemes only ever cut once.

    Urban and rural of each scheme, and each settlement class, are a stretch of this list. A
    tätort of unknown size is on neither side of the scheme `large`; a village without a
    settlement class is on neither side of any scheme, and counts in totals only.
    """

    tatort_large = "tatort_large"
    tatort_unsized = "tatort_unsized"
    tatort_small = "tatort_small"
    smaort = "smaort"
    outside = "outside"
    unclassed = "unclassed"


LARGE_TATORT_INHABITANTS = 3_000
"""From this many inhabitants a tätort is urban in the scheme `large`."""

POLICY_LIMITS = (0.40, 0.60, 0.75, 0.90)
"""Class limits of the maps, as shares: under 40 %, 40, 60, 75, and 90 % and more.

Source: the project's own choice, no official norm. They are narrower towards the top, where
regions work today, and the same for every date and measure, so that two maps can be compared
by colour alone. Limits that follow the data (`quantile_limits`) can't.
"""


DIFFERENCE_LIMITS = (-0.20, -0.10, -0.02, 0.02, 0.10, 0.20)
"""Class limits of a difference between two dates, as differences of shares: 20, 10 and 2
percentage points down, the same up, and between -2 and +2 about the same.

Source: the project's own choice. Symmetric and the same for every pair of dates, so that growth
and decline of a size look alike and two maps can be compared.
"""


_AS_FINE_AS_IT_IS = {
    one: FineClass(one.value) for one in SettlementClass if one is not SettlementClass.tatort
}
"""Looked up rather than called by value: a country is asked for hundreds of thousands at once."""


def fine_class_of(
    settlement_class: SettlementClass | None, *, inhabitants: int | None
) -> FineClass:
    """The finest class of a place; only for a tätort do the inhabitants matter."""
    if settlement_class is None:
        return FineClass.unclassed
    if settlement_class is not SettlementClass.tatort:
        return _AS_FINE_AS_IT_IS[settlement_class]
    if inhabitants is None:
        return FineClass.tatort_unsized
    if inhabitants >= LARGE_TATORT_INHABITANTS:
        return FineClass.tatort_large
    return FineClass.tatort_small


def group_of(
    scheme: Scheme, settlement_class: SettlementClass, *, inhabitants: int | None
) -> Group | None:
    """The side of the gap a place is on, or None when the scheme can't tell.

    That happens in the scheme `large` only: a tätort whose inhabitants are unknown is neither
    side, rather than rural by default. A place that is no tätort is rural there at any size.
    """
    if scheme is Scheme.pts:
        return Group.rural if settlement_class is SettlementClass.outside else Group.urban
    if scheme is Scheme.scb:
        return Group.urban if settlement_class is SettlementClass.tatort else Group.rural
    fine = fine_class_of(settlement_class, inhabitants=inhabitants)
    if fine is FineClass.tatort_unsized:
        return None
    return Group.urban if fine is FineClass.tatort_large else Group.rural


def class_index(share: float | None, limits: Sequence[float]) -> int | None:
    """The map class of a share: 0 below the first limit, `len(limits)` from the last on.

    A share that equals a limit belongs to the class above it. An undefined share has no class.
    """
    if share is None:
        return None
    return bisect_right(limits, share)


def quantile_limits(shares: Iterable[float | None], *, classes: int = 5) -> tuple[float, ...]:
    """Limits that put about equally many places in each class; undefined shares don't count.

    Limits are strictly increasing and lie above the lowest share, so no class below the first
    limit is empty. Values that are all equal, or none at all, give no limit: one class.
    """
    known = [share for share in shares if share is not None]
    if not known:
        return ()
    steps = np.arange(1, classes) / classes
    quantiles = np.quantile(np.array(known, dtype=np.float64), steps)
    lowest = min(known)
    return tuple(sorted({float(limit) for limit in quantiles if limit > lowest}))
