"""Small maps drawn by the server: where a village lies in its municipality, where all lie.

Everything is in whole units of the drawing, so that a template only has to print it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from outreach.measures.classes import SettlementClass
from outreach.places.queries.outlines import Outline, VillageDot, VillageShape

WIDTH = 480
TALLEST, LOWEST = 560, 240
MARGIN = 0.08
"""Of the municipality's larger side, left around it."""
DETAIL_METRES = 40.0
SMALLEST_AREA = 12
"""Units under which a village's area would be a speck beside its marker."""
EDGE_UNITS = 50
MIDDLE_SHARE = 0.17


class Position(StrEnum):
    """In which part of its municipality a village lies."""

    MIDDLE = "middle"
    NORTH = "north"
    NORTH_EAST = "north_east"
    EAST = "east"
    SOUTH_EAST = "south_east"
    SOUTH = "south"
    SOUTH_WEST = "south_west"
    WEST = "west"
    NORTH_WEST = "north_west"


_AROUND = (
    Position.EAST,
    Position.NORTH_EAST,
    Position.NORTH,
    Position.NORTH_WEST,
    Position.WEST,
    Position.SOUTH_WEST,
    Position.SOUTH,
    Position.SOUTH_EAST,
)


@dataclass(frozen=True, slots=True)
class Land:
    """A municipality drawn: its path, its name and where that stands, None where it is cut off."""

    code: str
    name: str
    path: str
    is_own: bool
    label: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A village drawn as a mark."""

    x: int
    y: int
    settlement_class: SettlementClass | None = None


@dataclass(frozen=True, slots=True)
class LocatorMap:
    """A drawing; `area` is the path of the village's own area where it is large enough."""

    width: int
    height: int
    lands: Sequence[Land]
    marks: Sequence[Mark]
    area: str | None = None
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class _Window:
    west: float
    north: float
    units_a_metre: float
    height: int

    def points(self, coordinates: np.ndarray) -> np.ndarray:
        """Rows of metres as rows of whole units, downwards from the north-west corner."""
        moved = (coordinates - (self.west, self.north)) * (self.units_a_metre, -self.units_a_metre)
        return np.rint(moved).astype(int)

    def point(self, shape: BaseGeometry) -> tuple[int, int]:
        x, y = self.points(shapely.get_coordinates(shape)[:1])[0]
        return int(x), int(y)


def village_map(
    outlines: Sequence[Outline], *, municipality_code: str, village: VillageShape
) -> LocatorMap | None:
    """A village within its municipality; None where neither has a known place."""
    own = next((one.area for one in outlines if one.code == municipality_code), None)
    point = village.middle
    if own is None or point is None:
        return None
    window = _window(shapely.union_all([shapely.box(*own.bounds), point]))
    x, y = window.point(point)
    return LocatorMap(
        WIDTH,
        window.height,
        _lands(outlines, municipality_code, window),
        [Mark(x, y)],
        area=_area(village.area, window),
        position=position(point, own),
    )


def municipality_map(
    outlines: Sequence[Outline], *, municipality_code: str, villages: Sequence[VillageDot]
) -> LocatorMap | None:
    """All villages of a municipality; None where its borders are unknown.

    Where several of a class would be drawn on top of each other, one mark stands for them.
    """
    own = next((one.area for one in outlines if one.code == municipality_code), None)
    if own is None:
        return None
    points = [one.point for one in villages]
    window = _window(shapely.GeometryCollection([shapely.box(*own.bounds), *points]))
    places = window.points(shapely.get_coordinates(points)).tolist()
    marks = list(
        dict.fromkeys(
            Mark(x, y, one.settlement_class) for (x, y), one in zip(places, villages, strict=True)
        )
    )
    return LocatorMap(WIDTH, window.height, _lands(outlines, municipality_code, window), marks)


def lands_map(outlines: Sequence[Outline]) -> LocatorMap | None:
    """Whole municipalities beside each other, without villages; None where there are none."""
    if not outlines:
        return None
    window = _window(shapely.union_all([shapely.box(*one.area.bounds) for one in outlines]))
    return LocatorMap(WIDTH, window.height, _lands(outlines, "", window), [])


def position(point: BaseGeometry, area: BaseGeometry) -> Position:
    """The part of an area's extent in which a point lies."""
    west, south, east, north = area.bounds
    x, y = shapely.get_coordinates(point)[0]
    right = (x - (west + east) / 2) / max(east - west, 1.0)
    up = (y - (south + north) / 2) / max(north - south, 1.0)
    if abs(right) < MIDDLE_SHARE and abs(up) < MIDDLE_SHARE:
        return Position.MIDDLE
    eighth = round(np.degrees(np.arctan2(up, right)) / 45) % 8
    return _AROUND[eighth]


def _window(around: BaseGeometry) -> _Window:
    west, south, east, north = around.bounds
    margin = MARGIN * max(east - west, north - south)
    width, height = east - west + 2 * margin, north - south + 2 * margin
    scale = min(WIDTH / width, TALLEST / height)
    units = max(LOWEST, round(height * scale))
    left = (WIDTH / scale - width) / 2
    above = (units / scale - height) / 2
    return _Window(west - margin - left, north + margin + above, scale, units)


def _lands(outlines: Iterable[Outline], own: str, window: _Window) -> list[Land]:
    """The municipalities that show in the window, the own one last and so on top."""
    seen = shapely.box(
        window.west,
        window.north - window.height / window.units_a_metre,
        window.west + WIDTH / window.units_a_metre,
        window.north,
    )
    lands = []
    for one in sorted(outlines, key=lambda one: one.code == own):
        visible = shapely.intersection(shapely.make_valid(one.area), seen)
        if not visible.is_empty:
            label = _label(visible, window)
            path = _path(one.area, window)
            lands.append(Land(one.code, one.name, path, one.code == own, label))
    return lands


def _label(visible: BaseGeometry, window: _Window) -> tuple[int, int] | None:
    """Where a name stands: within the land, and not so near the edge that it is cut."""
    x, y = window.point(visible.point_on_surface())
    fits = EDGE_UNITS <= x <= WIDTH - EDGE_UNITS and EDGE_UNITS / 2 <= y <= window.height - 10
    return (x, y) if fits else None


def _area(area: BaseGeometry | None, window: _Window) -> str | None:
    if area is None:
        return None
    west, south, east, north = area.bounds
    if max(east - west, north - south) * window.units_a_metre < SMALLEST_AREA:
        return None
    return _path(area.simplify(1 / window.units_a_metre), window)


def _path(area: BaseGeometry, window: _Window) -> str:
    """An area as an SVG path, each ring begun anew and rings without extent left out."""
    rings = shapely.get_rings(shapely.get_parts([area]))
    drawn = (_ring(window.points(shapely.get_coordinates(ring))) for ring in rings)
    return "".join(part for part in drawn if part)


def _ring(points: np.ndarray) -> str:
    moved = np.ones(len(points), dtype=bool)
    moved[1:] = (points[1:] != points[:-1]).any(axis=1)
    kept = points[moved]
    if len(kept) < 4:
        return ""
    return "M" + "L".join(f"{x} {y}" for x, y in kept[:-1].tolist()) + "Z"
