"""Wilson's interval for a share of a sample: sensible for few answers and for shares at the ends.

Source: Wilson, Probable inference, the law of succession, and statistical inference, Journal of
the American Statistical Association 22 (1927) 209-212.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

from outreach.measures.rates import Share

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a share lies, from low to high, as shares between 0 and 1."""

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
