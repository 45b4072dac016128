"""What the pictures of the analysis show: numbers and finished texts; drawing knows no language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Step:
    """One cause: its name, its part in points, and the part as text."""

    name: str
    points: float
    text: str


@dataclass(frozen=True, slots=True)
class WaterfallSpec:
    """From a start over steps to an end. `start` and `end` are dots with their texts."""

    label: str
    start: Step
    steps: tuple[Step, ...]
    end: Step
    source: str


@dataclass(frozen=True, slots=True)
class FanBand:
    """A future date and the range told for it."""

    day: date
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class FanSpec:
    """A series of shares, what follows it, and the goal with the day it is for."""

    label: str
    seen: tuple[tuple[date, float], ...]
    bands: tuple[FanBand, ...]
    goal: float
    goal_day: date
    goal_text: str
    ticks: tuple[tuple[date, str], ...]
    levels: tuple[tuple[float, str], ...]
    names: tuple[str, str, str]
    source: str


@dataclass(frozen=True, slots=True)
class LorenzSpec:
    """The curve, and the words for its axes, the diagonal and itself."""

    label: str
    points: tuple[tuple[float, float], ...]
    levels: tuple[tuple[float, str], ...]
    across: str
    upwards: str
    diagonal: str
    curve: str
    source: str


@dataclass(frozen=True, slots=True)
class ClusterDot:
    """A village by the kind of cluster it is in: an index into the legend."""

    point: tuple[float, float]
    kind: int


@dataclass(frozen=True, slots=True)
class ClusterSpec:
    """Municipalities' outlines and the villages in clusters; the legend's first is for none."""

    label: str
    outlines: tuple[Sequence[tuple[float, float]], ...]
    dots: tuple[ClusterDot, ...]
    legend: tuple[str, ...]
    source: str
