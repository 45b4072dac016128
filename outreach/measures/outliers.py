"""How far a value lies from what is usual: the modified z-score, which few strays cannot bend."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median, quantiles

UNUSUAL = 3.5
"""A modified z-score beyond this, either way, is unusual (Iglewicz and Hoaglin's own limit)."""

FEWEST_POINTS = 5
"""Under this many points nothing is called usual: the median of fewer says more of chance."""

_MAD_OF_A_NORMAL = 0.6745
_MEAN_DEVIATION_FACTOR = 1.253314


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual among the points: their median and spread, and the middle half of them."""

    points: int
    median: float
    scale: float
    low: float
    high: float

    def z(self, value: float) -> float:
        """How many of its spreads the value lies above the median; below it is negative."""
        return (value - self.median) / self.scale


def usual(points: Sequence[float]) -> Usual | None:
    """What is usual among whole numbers of homes; None for fewer than `FEWEST_POINTS`.

    z = 0.6745 · (x - median) / MAD, where MAD is the median absolute deviation from the median.
    Where more than half of the points are equal MAD is 0, and z = (x - median) / (1.253314 ·
    mean absolute deviation). Where all are equal that is 0 too; one home then stands for the
    spread, as homes are counted in ones.
    Source: Iglewicz and Hoaglin, How to Detect and Handle Outliers, ASQC Quality Press, 1993.
    """
    if len(points) < FEWEST_POINTS:
        return None
    middle = float(median(points))
    deviations = [abs(point - middle) for point in points]
    scale = median(deviations) / _MAD_OF_A_NORMAL or _MEAN_DEVIATION_FACTOR * fmean(deviations)
    low, _, high = quantiles(points, n=4, method="inclusive")
    return Usual(len(points), middle, float(scale or 1.0), low, high)
