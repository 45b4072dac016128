"""What a picture shows: shares from 0 to 1 and finished texts; drawing knows no language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from outreach.gap.charts.analysis_specs import ClusterSpec, FanSpec, LorenzSpec, WaterfallSpec
from outreach.gap.marks import Mark, Sign

Ring: TypeAlias = Sequence[tuple[float, float]]
"""A closed line in metres east and north."""


class Format(StrEnum):
    """What kind of file a picture is."""

    SVG = "svg"
    PNG = "png"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Line:
    """Shares on the chart's dates; None breaks the line. `first` and `last` are its values."""

    name: str
    colour: str
    has_rings: bool
    shares: tuple[float | None, ...]
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class SeriesSpec:
    """Lines over time. `levels` are the marked shares with their texts, `ticks` the marked days.

    `gap` stands between the first two lines' ends where there is room. `breaks` are the days from
    which something is counted in another way, oldest first, each with its text.
    """

    label: str
    days: tuple[date, ...]
    ticks: tuple[tuple[date, str], ...]
    levels: tuple[tuple[float, str], ...]
    lines: tuple[Line, ...]
    gap: str | None
    source: str
    breaks: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """One municipality: its two shares, and the gap in words."""

    name: str
    rural: float | None
    urban: float | None
    gap: str


@dataclass(frozen=True, slots=True)
class RankSpec:
    """Municipalities with a dot for each group, in the order given."""

    label: str
    rural: str
    urban: str
    gap: str
    levels: tuple[tuple[float, str], ...]
    pairs: tuple[Pair, ...]
    source: str


class Fill(StrEnum):
    """How a village is drawn, besides its class colour."""

    PLAIN = "plain"
    ZERO = "zero"
    OVERDUE = "overdue"
    NOT_EXPECTED = "not_expected"
    UNDEFINED = "undefined"
    NOT_SHOWN = "not_shown"


@dataclass(frozen=True, slots=True)
class Place:
    """A village on the map: its outlines, or its middle and size where only a point is known."""

    rings: tuple[Ring, ...]
    point: tuple[float, float] | None
    dwellings: int | None
    class_index: int | None
    fill: Fill
    is_change: bool = False
    is_faded: bool = False


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A sign of the map and what it means. `mark` is what an address calls it.

    `sign` is set for what is no village.
    """

    text: str
    class_index: int | None
    fill: Fill
    is_change: bool = False
    mark: str = ""
    sign: Sign | None = None


@dataclass(frozen=True, slots=True)
class MapSpec:
    """Municipalities' outlines with the villages on them, in metres east and north.

    `names` are the municipalities' with the middle of each. A bare map leaves its title, legend,
    scale and source to the page around it.
    """

    label: str
    title: str
    subtitle: str
    outlines: tuple[Ring, ...]
    names: tuple[tuple[str, tuple[float, float]], ...]
    places: tuple[Place, ...]
    legend: tuple[LegendEntry, ...]
    north: str
    kilometres: str
    source: str
    is_bare: bool = False
    hulls: tuple[Ring, ...] = ()
    marks: Sequence[Mark] = ()
    extent: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class BesideSpec:
    """Two maps of the same places on two dates, side by side."""

    label: str
    left: MapSpec
    right: MapSpec


@dataclass(frozen=True, slots=True)
class SlideSpec:
    """A picture on a slide: what it is of, what it shows, and what its figures stand on."""

    picture: SeriesSpec | RankSpec | WaterfallSpec
    title: str
    finding: str
    passport: str

    @property
    def label(self) -> str:
        """What is read out instead of it."""
        return f"{self.title}. {self.finding}"


@dataclass(frozen=True, slots=True)
class NotedSpec:
    """A picture with something to be read below it, wherever it goes."""

    picture: "Spec"
    note: str

    @property
    def label(self) -> str:
        """What is read out instead of it."""
        return f"{self.picture.label.removesuffix('.')}. {self.note}"


Spec: TypeAlias = (
    SeriesSpec
    | RankSpec
    | MapSpec
    | BesideSpec
    | WaterfallSpec
    | FanSpec
    | LorenzSpec
    | ClusterSpec
    | SlideSpec
    | NotedSpec
)
