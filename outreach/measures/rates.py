"""Connection counts, the four rates between them, and how they are added over an area."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Self


class Measure(StrEnum):
    """A rate between two counts, see `numerator_field` and `denominator_field`."""

    coverage = "coverage"
    connection_rate = "connection_rate"
    take_up = "take_up"
    activation = "activation"

    @property
    def numerator_field(self) -> str:
        """The name of the count on top, as in `Counts` and in the database."""
        return _FIELDS[self][0]

    @property
    def denominator_field(self) -> str:
        """The name of the count below the line."""
        return _FIELDS[self][1]


_FIELDS = {
    Measure.coverage: ("homes_passed", "dwellings"),
    Measure.connection_rate: ("connected", "dwellings"),
    Measure.take_up: ("connected", "homes_passed"),
    Measure.activation: ("active", "connected"),
}


@dataclass(frozen=True, slots=True)
class Counts:
    """One place's counts of one dwelling type on one date; None is unknown, 0 was counted."""

    dwellings: int | None
    homes_passed: int | None
    connected: int | None
    active: int | None = None

    def __add__(self, other: Self) -> Self:
        """Field by field; a sum with an unknown part is unknown, never the part that is known.

        So this adds what belongs together (two buildings of a village). For the rate of an
        area, where some villages are unknown, add `Share`s instead.
        """
        return type(self)(
            _plus(self.dwellings, other.dwellings),
            _plus(self.homes_passed, other.homes_passed),
            _plus(self.connected, other.connected),
            _plus(self.active, other.active),
        )


@dataclass(frozen=True, slots=True)
class Share:
    """A numerator over a denominator, carried as counts for as long as possible.

    Shares add by count, never by value: that is what keeps an area's rate the same however its
    villages are grouped. A share with an unknown side adds nothing to either side of a sum, so
    a sum counts only the places where both are known; a sum of nothing known stays unknown.
    """

    numerator: int | None
    denominator: int | None

    @property
    def known(self) -> bool:
        """Whether both counts are known. A known share may still be undefined, as 0 of 0 is."""
        return self.numerator is not None and self.denominator is not None

    @property
    def exact(self) -> Fraction | None:
        """The share as an exact fraction; None when undefined."""
        if self.numerator is None or not self.denominator:
            return None
        return Fraction(self.numerator, self.denominator)

    @property
    def value(self) -> float | None:
        """The share, 0 to 1. None when a count is unknown or the denominator is 0: never 0 %."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator

    def __add__(self, other: Self) -> Self:
        """Both counts added, an unknown share adding nothing."""
        if not other.known:
            return self if self.known else type(self)(None, None)
        if not self.known:
            return other
        return type(self)(
            _plus(self.numerator, other.numerator), _plus(self.denominator, other.denominator)
        )


UNKNOWN_SHARE = Share(None, None)
"""What a sum of shares starts from."""


def rate(counts: Counts, measure: Measure) -> Share:
    """One place's share for a measure, with its two counts."""
    if measure is Measure.coverage:
        return Share(counts.homes_passed, counts.dwellings)
    if measure is Measure.connection_rate:
        return Share(counts.connected, counts.dwellings)
    if measure is Measure.take_up:
        return Share(counts.connected, counts.homes_passed)
    return Share(counts.active, counts.connected)


def total(shares: Iterable[Share]) -> Share:
    """The share of an area: counts summed over the places where both are known."""
    return sum(shares, start=UNKNOWN_SHARE)


def left_to_connect(counts: Counts) -> int | None:
    """Dwellings the network passes that are not connected: someone to talk to."""
    return _minus(counts.homes_passed, counts.connected)


def left_to_build(counts: Counts) -> int | None:
    """Dwellings no network passes: something to dig."""
    return _minus(counts.dwellings, counts.homes_passed)


def points(before: Share, after: Share) -> float | None:
    """The change from one share to another in percentage points; None if either is undefined."""
    if before.exact is None or after.exact is None:
        return None
    return float(100 * (after.exact - before.exact))


def _plus(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _minus(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one - other
