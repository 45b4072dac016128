"""A round's map: municipalities coloured by the share of villages that have come in."""

from collections.abc import Sequence
from dataclasses import dataclass

from outreach.connections.queries.completeness import AreaProgress
from outreach.places.locator import LocatorMap, lands_map
from outreach.places.queries.outlines import Outline
from outreach.web.palette import CLASSES

LIMITS = (0.25, 0.5, 0.75, 1.0)
"""A share under the first is of the first class; only all of it is of the last."""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A colour and the shares, as whole percent, from one and under another, that it stands for."""

    colour: str
    lowest: float
    below: float | None


@dataclass(frozen=True, slots=True)
class RoundMap:
    """The drawing; colours and shares by municipality code, where something is expected."""

    drawing: LocatorMap
    colours: dict[str, str]
    shares: dict[str, float]
    legend: tuple[LegendEntry, ...]


def round_map(outlines: Sequence[Outline], areas: Sequence[AreaProgress]) -> RoundMap | None:
    """The map, or None where no borders are known."""
    drawing = lands_map(outlines)
    if drawing is None:
        return None
    shares = {
        area.code: area.counts.received_share
        for area in areas
        if area.counts.received_share is not None
    }
    shown = {
        area.code: area.counts.received_shown
        for area in areas
        if area.counts.received_shown is not None
    }
    lowest = (0.0, *LIMITS)
    legend = tuple(
        LegendEntry(colour, low, below)
        for colour, low, below in zip(CLASSES, lowest, (*LIMITS, None), strict=True)
    )
    return RoundMap(
        drawing, {code: colour_of(share) for code, share in shares.items()}, shown, legend
    )


def colour_of(share: float) -> str:
    """The colour of a share; full colour only where everything has come in."""
    return CLASSES[sum(share >= limit for limit in LIMITS)]
