"""How unequally connections are spread over dwellings: Theil's T, Lorenz curve and Gini.

Each village has a part of all dwellings, p, and of all connections, s. Theil's T is the sum of
s · ln(s / p): 0 where every village has the same rate, and larger the more the connections keep
to few dwellings. It falls apart exactly: between groups it is the same sum over the groups'
parts, and within them the groups' own T, each weighted by its part of the connections. So one can
say how much of the inequality lies between municipalities, or between settlement classes.

The Lorenz curve goes through the villages from the lowest rate to the highest and shows which part
of the connections the first dwellings have. Gini is the area between it and the diagonal, doubled.

**Limits.** Villages' rates only: how unequal dwellings are within a village isn't known. Both
measures see how connections are spread and not how many there are: half of what everyone has gives
the same figure. A village with no connection adds 0 to T (the limit of s · ln s).

Sources: H. Theil, Economics and Information Theory (1967); A. F. Shorrocks, The class of additively
decomposable inequality measures, Econometrica 48 (1980).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import Generic, TypeVar

from outreach.measures.rates import Share, total

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class GroupPart(Generic[K]):
    """One group: its sum, its own T, and how much it adds to the between and the within part."""

    key: K
    share: Share
    theil: float | None
    between: float
    within: float
    villages: int


@dataclass(frozen=True, slots=True)
class Decomposition(Generic[K]):
    """T, and its parts, whose sum it is."""

    theil: float
    between: float
    within: float
    groups: tuple[GroupPart[K], ...]

    @property
    def between_share(self) -> float | None:
        """The part of the inequality that lies between groups; None where there is none."""
        return self.between / self.theil if self.theil > 0 else None


def _usable(shares: Iterable[Share]) -> list[Share]:
    return [share for share in shares if share.known and share.denominator]


def theil(shares: Iterable[Share]) -> float | None:
    """Theil's T of villages' shares; None where nothing is connected or known."""
    usable = _usable(shares)
    whole = total(usable)
    if not whole.numerator or not whole.denominator:
        return None
    return max(0.0, sum(_term(share, whole) for share in usable))


def decomposed(villages: Iterable[tuple[K, Share]]) -> Decomposition[K] | None:
    """T over villages, between and within the groups they are given with; keys in first order."""
    groups: dict[K, list[Share]] = defaultdict(list)
    for key, share in villages:
        if share.known and share.denominator:
            groups[key].append(share)
    whole = total(share for group in groups.values() for share in group)
    if not whole.numerator or not whole.denominator:
        return None
    parts = [_group(key, shares, whole) for key, shares in groups.items()]
    between = max(0.0, sum(part.between for part in parts))
    within = sum(part.within for part in parts)
    return Decomposition(between + within, between, within, tuple(parts))


def _group(key: K, shares: Sequence[Share], whole: Share) -> GroupPart[K]:
    own = total(shares)
    inside = theil(shares)
    weight = (own.numerator or 0) / (whole.numerator or 1)
    return GroupPart(
        key, own, inside, _term(own, whole), weight * (inside or 0.0), villages=len(shares)
    )


def _term(share: Share, whole: Share) -> float:
    """One s · ln(s / p)."""
    if not share.numerator or not share.denominator:
        return 0.0
    of_connected = share.numerator / (whole.numerator or 1)
    of_dwellings = share.denominator / (whole.denominator or 1)
    return of_connected * log(of_connected / of_dwellings)


@dataclass(frozen=True, slots=True)
class Lorenz:
    """Points (part of dwellings, part of connections) from (0, 0) to (1, 1), and Gini."""

    points: tuple[tuple[float, float], ...]
    gini: float

    def at(self, dwellings: float) -> float:
        """The part of the connections that this part of the dwellings, least connected, has."""
        for (x0, y0), (x1, y1) in zip(self.points, self.points[1:], strict=False):
            if dwellings <= x1:
                return y0 if x1 == x0 else y0 + (y1 - y0) * (dwellings - x0) / (x1 - x0)
        return 1.0


def lorenz(shares: Iterable[Share]) -> Lorenz | None:
    """The curve of villages' shares; None where nothing is connected or known."""
    usable = sorted(_usable(shares), key=lambda share: (share.exact or 0, share.denominator or 0))
    whole = total(usable)
    if not whole.numerator or not whole.denominator:
        return None
    above = below = 0
    doubled = 0
    points = [(0.0, 0.0)]
    for share in usable:
        more, dwellings = share.numerator or 0, share.denominator or 0
        doubled += dwellings * (2 * above + more)
        above, below = above + more, below + dwellings
        points.append((below / whole.denominator, above / whole.numerator))
    return Lorenz(tuple(points), 1 - doubled / (whole.numerator * whole.denominator))
