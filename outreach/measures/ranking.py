"""A place in a ranking, with the places it could have if everything unknown were known.

Fibre figures are counts, not samples, so what makes a rank uncertain is not chance but the
dwellings that no report covers. Each area's rate lies between two bounds: none of the uncovered
dwellings counts, or all of them do. An area is surely ahead of another only when its lower bound
lies above the other's upper one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from outreach.measures.rates import Share


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and most a rate can be, as exact shares from 0 to 1."""

    least: Fraction
    most: Fraction


@dataclass(frozen=True, slots=True)
class Place:
    """The place by the figures as they are, and the best and worst it could be; 1 is the first."""

    now: int
    best: int
    worst: int


def bounds(share: Share, *, uncovered: int | None) -> Bounds | None:
    """What a rate can be when `uncovered` dwellings are added, none or all of which count.

    None where the rate or the number of uncovered dwellings is unknown.
    """
    if share.numerator is None or share.denominator is None or uncovered is None:
        return None
    whole = share.denominator + max(uncovered, 0)
    if not whole:
        return None
    most = Fraction(share.numerator + max(uncovered, 0), whole)
    return Bounds(Fraction(share.numerator, whole), most)


def places(shares: Sequence[Share], uncovered: Sequence[int | None]) -> list[Place | None]:
    """Each area's place among all, highest rate first; equal rates share the better place.

    Areas whose rate is unknown have no place. Where an area's bounds are unknown, it could stand
    anywhere, and so stretches the others' range by one place either way.
    """
    found = [bounds(share, uncovered=more) for share, more in zip(shares, uncovered, strict=True)]
    known = {index for index, share in enumerate(shares) if share.exact is not None}
    return [
        _place(index, shares, found, sorted(known - {index})) if index in known else None
        for index in range(len(shares))
    ]


def _place(
    index: int, shares: Sequence[Share], found: Sequence[Bounds | None], others: Sequence[int]
) -> Place:
    own, mine = shares[index].exact or Fraction(0), found[index]
    ahead = sum((shares[other].exact or 0) > own for other in others)
    surely_ahead = surely_behind = 0
    for other in others:
        theirs = found[other]
        if mine is None or theirs is None:
            continue
        surely_ahead += theirs.least > mine.most
        surely_behind += theirs.most < mine.least
    return Place(1 + ahead, 1 + surely_ahead, 1 + len(others) - surely_behind)
