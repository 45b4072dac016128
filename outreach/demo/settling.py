"""Shares a fixed total out over villages along parallel adoption curves, within their limits."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

STEPS = 60
STEEPEST = 40.0


class TotalOutOfReach(ValueError):
    """The total asked for lies outside what the limits of the parts allow."""


@dataclass(frozen=True, slots=True)
class Part:
    """One village's share of a total: lean is its place on the curve, in log-odds."""

    size: int
    low: int
    high: int
    lean: float


def settle(total: int, parts: Sequence[Part]) -> list[int]:
    """Whole numbers with this sum, each within its part's limits.

    Every part follows the same logistic curve, moved sideways by its own lean; one common shift is
    sought that gives the sum (bisection), and what rounding leaves goes to the largest fractions.
    With the previous year's numbers as lows, a growing total never lowers a part.
    """
    if not sum(part.low for part in parts) <= total <= sum(part.high for part in parts):
        raise TotalOutOfReach(
            f"{total} of {sum(part.low for part in parts)}-{sum(part.high for part in parts)}"
        )
    below, above = -STEEPEST, STEEPEST
    for _ in range(STEPS):
        middle = (below + above) / 2
        if sum(_wanted(part, middle) for part in parts) < total:
            below = middle
        else:
            above = middle
    return _rounded(total, parts, [_wanted(part, above) for part in parts])


def _wanted(part: Part, shift: float) -> float:
    share = 1 / (1 + math.exp(-(part.lean + shift)))
    return min(max(part.size * share, part.low), part.high)


def _rounded(total: int, parts: Sequence[Part], wanted: Sequence[float]) -> list[int]:
    whole = [math.floor(value) for value in wanted]
    order = sorted(range(len(parts)), key=lambda index: (whole[index] - wanted[index], index))
    missing = total - sum(whole)
    while missing > 0:
        for index in order:
            if missing and whole[index] < parts[index].high:
                whole[index] += 1
                missing -= 1
    return whole
