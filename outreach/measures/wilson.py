"""Wilson's interval for a share of a sample: sensible for few answers and for shares at the ends.

The interval of a difference of two is made of theirs (the square-and-add of Newcombe).

Sources: Newcombe, Interval estimation for the difference between independent proportions,
Statistics in Medicine 17 (1998) 873-890, method 10; Wilson, Probable inference, the law of
succession, and statistical inference, Journal of the American Statistical Association 22 (1927)
209-212.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

from outreach.measures.rates import Share

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a share, or a difference of shares, lies: from low to high, where 1 is all."""

    low: float
    high: float


def wilson(share: Share, *, confidence: float = CONFIDENCE) -> Interval | None:
    """The interval of a share; None where the share is unknown or of nobody."""
    count, of = share.numerator, share.denominator
    if count is None or not of:
        return None
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    observed = count / of
    middle = (observed + z * z / (2 * of)) / (1 + z * z / of)
    reach = z * math.sqrt(observed * (1 - observed) / of + z * z / (4 * of * of))
    reach /= 1 + z * z / of
    return Interval(max(0.0, middle - reach), min(1.0, middle + reach))


def difference(one: Share, other: Share) -> Interval | None:
    """The interval of `one` minus `other`; None where either is unknown or of nobody."""
    first, second = wilson(one), wilson(other)
    if first is None or second is None or one.value is None or other.value is None:
        return None
    middle = one.value - other.value
    return Interval(
        middle - math.hypot(one.value - first.low, second.high - other.value),
        middle + math.hypot(first.high - one.value, other.value - second.low),
    )
