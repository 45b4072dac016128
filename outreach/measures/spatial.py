"""Whether villages near each other are alike: Moran's I and local clusters, with chance counted in.

**Neighbours** are each village's `NEIGHBOURS` nearest other villages by the straight line between
their points, all weighing the same (weights of a village add up to 1). Equal distances are settled
by the order the villages come in. A fixed number suits a region of tight towns and far farms: with
a fixed distance, some villages would have none and others a hundred.

**Moran's I** (global) is, with row-standardised weights, the slope between each village's
deviation from the mean and its neighbours' mean deviation. By chance it is -1/(n - 1), near 0.

**Local clusters** are Moran's I of one village: high among high, low among low, and the two kinds
of odd ones out. The rates are the villages' own, unsmoothed.

**Chance.** The values are dealt out anew `PERMUTATIONS` times, all of them for the global figure
and, for a village, all but its own (conditional permutation), from a fixed seed, so that everybody
gets the same answer. p is (as extreme as ours + 1) / (dealt + 1), two-sided. Hundreds of villages
are asked at once, so some would look odd by chance alone: a cluster is only named where it keeps
the false discovery rate (Benjamini-Hochberg) at `RATE` or less.

**Limits.** p says how seldom chance alone makes such a pattern, not why it is there. Small
villages' rates swing more. Villages without a figure are left out, as if they were not there.

Sources: P. A. P. Moran, Biometrika 37 (1950); L. Anselin, Local indicators of spatial association,
Geographical Analysis 27 (1995); Y. Benjamini and Y. Hochberg, J. R. Statist. Soc. B 57 (1995).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

NEIGHBOURS = 6
PERMUTATIONS = 999
SEED = 20_301_001
RATE = 0.10
LEAST = 20
"""With fewer villages than this, nothing is said: chance would have too few ways to show itself."""
_CHUNK = 512
_ROUNDED = 1 + 1e-9
"""A little farther, so that rounding leaves out none that is equally far."""

Floats: TypeAlias = NDArray[np.float64]
Indices: TypeAlias = NDArray[np.intp]


class Cluster(StrEnum):
    """What a village is among its neighbours."""

    high = "high"
    low = "low"
    high_among_low = "high_among_low"
    low_among_high = "low_among_high"
    none = "none"


@dataclass(frozen=True, slots=True)
class Global:
    """Moran's I, what it would be by chance, and how seldom chance makes one as extreme."""

    index: float
    expected: float
    p: float


@dataclass(frozen=True, slots=True)
class Local:
    """One village: its I, p, the p adjusted for asking many, and its cluster if that is kept."""

    index: float
    p: float
    adjusted_p: float
    cluster: Cluster


def nearest(points: Sequence[tuple[float, float]], *, count: int = NEIGHBOURS) -> Indices:
    """Each point's nearest others: n rows of `count` indices. Needs more points than `count`."""
    places = np.asarray(points, dtype=np.float64)
    if len(places) <= count:
        raise ValueError("there are not enough points to have so many neighbours")
    order = np.lexsort((places[:, 1], places[:, 0]))
    easts = places[order, 0]
    found = np.empty((len(places), count), dtype=np.intp)
    for first in range(0, len(places), _CHUNK):
        own = order[first : first + _CHUNK]
        # Those beside in the order of east and west tell how far off the last one is at most.
        beside = order[max(0, first - _CHUNK) : first + 2 * _CHUNK]
        bound = np.partition(_squares(places, own, beside), count - 1, axis=1)[:, count - 1].max()
        far = float(np.sqrt(bound)) * _ROUNDED
        west, east = np.searchsorted(easts, (places[own[0], 0] - far, places[own[-1], 0] + far))
        within = np.sort(order[west : east + 1])
        found[own] = within[_least(_squares(places, own, within), count)]
    return found


def _squares(places: Floats, own: Indices, others: Indices) -> Floats:
    """The squared distance from each of some to each of others, infinite to itself."""
    apart = places[own, 0][:, None] - places[others, 0][None, :]
    squares: Floats = apart * apart
    apart = places[own, 1][:, None] - places[others, 1][None, :]
    squares += apart * apart
    squares[own[:, None] == others[None, :]] = np.inf
    return squares


def _least(squares: Floats, count: int) -> Indices:
    """Where each row's `count` least stand, the least first, equal ones in their order.

    Only what is as small as the last of them is put in order: a whole row would be sorted for six.
    """
    last = np.partition(squares, count - 1, axis=1)[:, count - 1]
    row, column = np.nonzero(squares <= last[:, None])
    order = np.lexsort((column, squares[row, column], row))
    starts = np.searchsorted(row, np.arange(len(squares)))
    kept: Indices = column[order[starts[:, None] + np.arange(count)]]
    return kept


def moran(
    values: Sequence[float],
    neighbours: Indices,
    *,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> Global | None:
    """The global figure; None where all values are equal, as nothing then differs by place."""
    deviations = _deviations(values)
    if deviations is None:
        return None
    expected = -1 / (len(deviations) - 1)
    index = _moran(deviations, neighbours)
    chance = np.random.default_rng(seed)
    dealt = np.array(
        [_moran(chance.permutation(deviations), neighbours) for _ in range(permutations)]
    )
    extreme = np.abs(dealt - expected) >= abs(index - expected) - 1e-12
    return Global(index, expected, float((extreme.sum() + 1) / (permutations + 1)))


def local(
    values: Sequence[float],
    neighbours: Indices,
    *,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
    rate: float = RATE,
) -> list[Local] | None:
    """Each village's own figure, in the order of the values; None where all are equal."""
    deviations = _deviations(values)
    if deviations is None:
        return None
    spread = float((deviations**2).mean())
    around = deviations[neighbours].mean(axis=1)
    indices = deviations * around / spread
    ps = _local_ps(deviations, around, neighbours.shape[1], permutations=permutations, seed=seed)
    adjusted = false_discovery(ps)
    return [
        Local(
            float(index),
            float(p),
            float(kept),
            _cluster(own, near) if kept <= rate else Cluster.none,
        )
        for index, p, kept, own, near in zip(indices, ps, adjusted, deviations, around, strict=True)
    ]


def false_discovery(ps: Sequence[float] | Floats) -> Floats:
    """p-values adjusted by Benjamini and Hochberg: the least rate at which each is kept."""
    given = np.asarray(ps, dtype=np.float64)
    order = np.argsort(given, kind="stable")
    scaled = given[order] * len(given) / np.arange(1, len(given) + 1)
    lowest = np.minimum.accumulate(scaled[::-1])[::-1]
    adjusted = np.empty_like(given)
    adjusted[order] = np.minimum(lowest, 1.0)
    return adjusted


def _deviations(values: Sequence[float]) -> Floats | None:
    found = np.asarray(values, dtype=np.float64)
    if len(found) < 2 or np.ptp(found) == 0:
        return None
    return np.asarray(found - found.mean(), dtype=np.float64)


def _moran(deviations: Floats, neighbours: Indices) -> float:
    return float((deviations * deviations[neighbours].mean(axis=1)).sum() / (deviations**2).sum())


def _local_ps(
    deviations: Floats, around: Floats, count: int, *, permutations: int, seed: int
) -> Floats:
    """Two-sided p of each village's neighbours' mean, its own value kept out of the dealing.

    One set of deals serves all villages: places in the list of the n - 1 others, turned into
    indices by passing over the village itself.
    """
    size = len(deviations)
    chance = np.random.default_rng(seed)
    deals = np.array(
        [chance.choice(size - 1, size=count, replace=False) for _ in range(permutations)]
    )
    ps = np.empty(size)
    for own in range(size):
        dealt = deviations[deals + (deals >= own)].mean(axis=1)
        larger = int((dealt >= around[own] - 1e-12).sum())
        smaller = int((dealt <= around[own] + 1e-12).sum())
        ps[own] = min(1.0, 2 * (min(larger, smaller) + 1) / (permutations + 1))
    return ps


def _cluster(own: float, around: float) -> Cluster:
    if own >= 0:
        return Cluster.high if around >= 0 else Cluster.high_among_low
    return Cluster.low if around < 0 else Cluster.low_among_high
