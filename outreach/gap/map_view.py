"""What the map page's address asks for besides the choice: dates, limits, what stands out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from outreach.gap.forms import Allowed, Field, Matching
from outreach.gap.marks import Overlay
from outreach.gap.rules import Choice, Options, VillageState
from outreach.measures.classes import DIFFERENCE_LIMITS, POLICY_LIMITS

CLASS_PREFIX = "class-"
PLACE = re.compile(r"\d{1,7}/\d{1,7}/\d{1,7}/\d{1,7}", re.ASCII)
"""West, south, east and north in metres (SWEREF 99 TM)."""


class Mode(StrEnum):
    """One date, two side by side, or the difference between two."""

    ONE = "one"
    BESIDE = "beside"
    CHANGE = "change"


class Limits(StrEnum):
    """Class limits that are the same always, or that follow the data on the map."""

    FIXED = "fixed"
    QUANTILE = "quantile"


USUAL = frozenset({Overlay.MUNICIPALITIES})
"""What an address that says nothing of layers shows."""
_NONE = "none"
_TOGETHER = [
    "-".join(some) for many in range(1, len(Overlay) + 1) for some in combinations(Overlay, many)
]


def layers_in_address(overlays: frozenset[Overlay]) -> str:
    """How an address names the layers."""
    return "-".join(one for one in Overlay if one in overlays) or _NONE


@dataclass(frozen=True, slots=True)
class Extent:
    """A part of the map, in metres east and north."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class MapView:
    """How the map is looked at. `before` is the earlier of two dates, None with one.

    `mark` is the class or state that stands out: `class-1` the lowest, or a state's name.
    """

    mode: Mode
    before: date | None
    limits: Limits
    mark: str | None
    overlays: frozenset[Overlay]
    extent: Extent | None

    @property
    def layers(self) -> str:
        """The layers as an address names them."""
        return layers_in_address(self.overlays)

    @property
    def has_usual_layers(self) -> bool:
        """Whether an address need not name them."""
        return self.overlays == USUAL

    def stands_out(self, *, class_index: int | None, state: str) -> bool:
        """Whether a place is of what is marked; with nothing marked, each is."""
        if self.mark is None:
            return True
        if self.mark.startswith(CLASS_PREFIX):
            return class_index is not None and self.mark == f"{CLASS_PREFIX}{class_index + 1}"
        return self.mark == state


def further(options: Options) -> dict[Field, Allowed]:
    """The parameters of the map with the values they may have."""
    classes = max(len(POLICY_LIMITS), len(DIFFERENCE_LIMITS)) + 1
    return {
        Field.MODE: list(Mode),
        Field.BEFORE: [day.isoformat() for day in options.days],
        Field.LIMITS: list(Limits),
        Field.MARK: [*(f"{CLASS_PREFIX}{number + 1}" for number in range(classes)), *VillageState],
        Field.OVERLAYS: [_NONE, *_TOGETHER],
        Field.AT: Matching(PLACE),
    }


def map_view(args: Mapping[str, str], choice: Choice, options: Options) -> MapView:
    """The view of an address that is spelled right; with nothing older, it is one date."""
    mode = Mode(args.get(Field.MODE, Mode.ONE))
    older = [day for day in options.days if day < choice.day]
    before = None if mode is Mode.ONE or not older else _before(args.get(Field.BEFORE), older)
    return MapView(
        mode=mode if before else Mode.ONE,
        before=before,
        limits=Limits(args.get(Field.LIMITS, Limits.FIXED)),
        mark=args.get(Field.MARK),
        overlays=_overlays(args.get(Field.OVERLAYS)),
        extent=_extent(args.get(Field.AT)),
    )


def fields_of_view(view: MapView) -> dict[Field, str]:
    """The view as parameters of an address; what is usual is left out."""
    fields = {}
    if view.mode is not Mode.ONE:
        fields[Field.MODE] = view.mode.value
    if view.before is not None:
        fields[Field.BEFORE] = view.before.isoformat()
    if view.limits is not Limits.FIXED:
        fields[Field.LIMITS] = view.limits.value
    if view.mark is not None:
        fields[Field.MARK] = view.mark
    if not view.has_usual_layers:
        fields[Field.OVERLAYS] = view.layers
    return fields


def _before(text: str | None, older: Sequence[date]) -> date:
    """The date asked for if it is older, or else the second newest: rounds come twice a year."""
    asked = next((day for day in older if day.isoformat() == text), None)
    if asked is not None:
        return asked
    return older[min(1, len(older) - 1)]


def _overlays(text: str | None) -> frozenset[Overlay]:
    if text is None:
        return USUAL
    return frozenset(one for one in Overlay if one in text.split("-"))


def _extent(text: str | None) -> Extent | None:
    if text is None:
        return None
    west, south, east, north = (float(part) for part in text.split("/"))
    return Extent(west, south, east, north) if west < east and south < north else None
