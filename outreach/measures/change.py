"""Why a rate changed between two dates: its causes, exact to the sum.

**Causes.** Numerator (new connections, or newly passed dwellings), denominator (more or fewer
dwellings), reclassification (villages that changed side, or area), the reporting set (villages
that entered or left what is known) and definition (what is counted as such changed its meaning).

**How it is done.** A cause can be at its start or at its end. Every combination of causes gives a
rate that can be counted: the villages of the date the set is of, on the side they were on, with
the numerators and denominators of their dates. A cause's part is the mean, over every order in
which the causes could have come, of what it changed when its turn came: its Shapley value. It is
the one division that adds up to the change, gives equal causes equal parts, gives nothing to a
cause that changes nothing and adds over rates; so no cause gains by being counted first, as in a
step-by-step division the first one does. All of it is in exact fractions.

A village known on one date only has only that date's counts: it is part of the reporting set, and
its counts are no other cause's. 60 of 120 to 60 of 100 is +10 points from the dwellings, and none
from connections, in any order.

**Limits.** It says what the figures consist of, not what made people connect. Orders that pass
through an empty set of dwellings, whose rate is undefined, are left out; if no order is left, the
change can't be divided.

Source: L. S. Shapley, A value for n-person games (1953); for rates: Das Gupta, Standardization
and decomposition of rates (US Bureau of the Census, 1993), whose factors are this mean.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cache
from math import factorial

from outreach.measures.rates import Share


class Cause(StrEnum):
    """What a change can come from, in the order it is told."""

    numerator = "numerator"
    denominator = "denominator"
    reclassified = "reclassified"
    reporting = "reporting"
    definition = "definition"


@dataclass(frozen=True, slots=True)
class Piece:
    """Villages, one or a sum of some, that stand alike on the two dates.

    `was_inside` and `is_inside`: whether they belong to the group on the first and second date.
    A share with an unknown count on a date is outside of what is reported on that date.
    """

    start: Share
    end: Share
    was_inside: bool = True
    is_inside: bool = True
    villages: int = 1


@dataclass(frozen=True, slots=True)
class Split:
    """A change in percentage points and its parts, whose sum it is exactly.

    `counted` tells how many of the numerator were added in villages known on both dates and
    inside of the group on one of them: 0 new connections is 0, whatever the rate did.
    """

    start: Share
    end: Share
    parts: Mapping[Cause, Fraction]
    added_numerator: int
    added_denominator: int
    villages: Mapping[Cause, int] = field(default_factory=dict)

    @property
    def total(self) -> Fraction:
        """The change, in percentage points."""
        return sum(self.parts.values(), Fraction(0))

    def points(self, cause: Cause) -> float:
        """One cause's part in percentage points."""
        return float(self.parts[cause])


def split(pieces: Iterable[Piece]) -> Split | None:
    """The causes of a group's change; None if a rate is undefined or no order can be gone.

    Both dates must be counted by one definition; what a newer one counts differently at the end
    is added by `redefined`.
    """
    found = [piece for piece in pieces if piece.start.known or piece.end.known]
    states = _states(found)
    start, end = states[frozenset()], states[frozenset(_MOVING)]
    if start.exact is None or end.exact is None:
        return None
    active = [cause for cause in _MOVING if _is_active(states, cause)]
    parts = _shapley(states, active)
    if parts is None:
        return None
    stayed = [one for one in found if _is_both(one) and (one.was_inside or one.is_inside)]
    return Split(
        start=start,
        end=end,
        parts={cause: parts.get(cause, Fraction(0)) for cause in Cause},
        added_numerator=sum((p.end.numerator or 0) - (p.start.numerator or 0) for p in stayed),
        added_denominator=sum(
            (p.end.denominator or 0) - (p.start.denominator or 0) for p in stayed
        ),
        villages=_villages(found),
    )


def redefined(found: Split, end: Share) -> Split | None:
    """The same change to an end counted by a newer definition: the rest is the definition's."""
    if end.exact is None or found.end.exact is None:
        return None
    parts = dict(found.parts)
    parts[Cause.definition] += 100 * (end.exact - found.end.exact)
    return Split(
        found.start,
        end,
        parts,
        found.added_numerator,
        found.added_denominator,
        found.villages,
    )


def of_gap(rural: Split | None, urban: Split | None) -> Mapping[Cause, Fraction] | None:
    """The causes of a gap's change: a part of the rural change less that of the urban one."""
    if rural is None or urban is None:
        return None
    return {cause: rural.parts[cause] - urban.parts[cause] for cause in Cause}


_MOVING = (Cause.numerator, Cause.denominator, Cause.reclassified, Cause.reporting)
_Causes = frozenset[Cause]


def _is_both(piece: Piece) -> bool:
    return piece.start.known and piece.end.known


@cache
def _subsets(causes: tuple[Cause, ...]) -> tuple[_Causes, ...]:
    return tuple(
        frozenset(cause for bit, cause in enumerate(causes) if number >> bit & 1)
        for number in range(2 ** len(causes))
    )


def _states(pieces: Iterable[Piece]) -> dict[_Causes, Share]:
    """The sums that each combination of causes at their end gives."""
    sums = {causes: [0, 0] for causes in _subsets(_MOVING)}
    for piece in _merged(pieces):
        for causes, pair in sums.items():
            is_known = (piece.end if Cause.reporting in causes else piece.start).known
            is_inside = piece.is_inside if Cause.reclassified in causes else piece.was_inside
            if not (is_known and is_inside):
                continue
            pair[0] += _count(piece, "numerator", is_late=Cause.numerator in causes)
            pair[1] += _count(piece, "denominator", is_late=Cause.denominator in causes)
    return {causes: Share(above, below) for causes, (above, below) in sums.items()}


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """One piece for all that stand alike: at most sixteen, however many there were.

    What a piece gives to a state is a sum of its counts, so like pieces may be added first.
    """
    sums: dict[tuple[bool, bool, bool, bool], list[int]] = {}
    for piece in pieces:
        key = piece.start.known, piece.end.known, piece.was_inside, piece.is_inside
        found = sums.setdefault(key, [0, 0, 0, 0])
        for at, share in ((0, piece.start), (2, piece.end)):
            if share.known:
                found[at] += share.numerator or 0
                found[at + 1] += share.denominator or 0
    for (was_known, is_known, was_inside, is_inside), counts in sums.items():
        yield Piece(
            start=Share(*counts[:2]) if was_known else Share(None, None),
            end=Share(*counts[2:]) if is_known else Share(None, None),
            was_inside=was_inside,
            is_inside=is_inside,
        )


def _count(piece: Piece, name: str, *, is_late: bool) -> int:
    """The count of the date asked for, or of the only date it is known on."""
    if _is_both(piece):
        share = piece.end if is_late else piece.start
    else:
        share = piece.start if piece.start.known else piece.end
    return int(getattr(share, name))


def _is_active(states: Mapping[_Causes, Share], cause: Cause) -> bool:
    return any(
        states[causes] != states[causes | {cause}] for causes in states if cause not in causes
    )


def _shapley(states: Mapping[_Causes, Share], active: list[Cause]) -> dict[Cause, Fraction] | None:
    """The mean part of each cause over all orders that pass through defined rates only."""
    rates = {causes: states[causes].exact for causes in _subsets(tuple(active))}
    before = _ways(rates, active, is_from_start=True)
    after = _ways(rates, active, is_from_start=False)
    orders = after[frozenset()]
    if not orders:
        return None
    parts = dict.fromkeys(active, Fraction(0))
    for causes, rate in rates.items():
        for cause in active:
            larger = causes | {cause}
            ways = 0 if cause in causes else before[causes] * after[larger]
            if ways and rate is not None and (other := rates[larger]) is not None:
                parts[cause] += Fraction(100 * ways, orders) * (other - rate)
    return parts


def _ways(
    rates: Mapping[_Causes, Fraction | None], active: list[Cause], *, is_from_start: bool
) -> dict[_Causes, int]:
    """How many orders lead from the start to a state (or from it to the end), all defined."""
    if all(rate is not None for rate in rates.values()):
        whole = len(active)
        return {
            causes: factorial(len(causes) if is_from_start else whole - len(causes))
            for causes in rates
        }
    found: dict[_Causes, int] = {}
    for causes in sorted(rates, key=len, reverse=not is_from_start):
        if rates[causes] is None:
            found[causes] = 0
            continue
        steps = (
            [causes - {cause} for cause in causes]
            if is_from_start
            else [causes | {cause} for cause in active if cause not in causes]
        )
        found[causes] = sum(found[one] for one in steps) if steps else 1
    return found


def _villages(pieces: Iterable[Piece]) -> dict[Cause, int]:
    """How many villages each cause is about: those that moved, and those that came or went."""
    moved = came = 0
    for piece in pieces:
        if not (piece.was_inside or piece.is_inside):
            continue
        if _is_both(piece):
            moved += piece.villages if piece.was_inside != piece.is_inside else 0
        else:
            came += piece.villages
    return {Cause.reclassified: moved, Cause.reporting: came}
