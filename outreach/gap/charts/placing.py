"""Where the villages lie on a sheet: their outlines, or circles where those would be too small.

All rings are moved from metres to pixels at once: a country has hundreds of thousands of corners.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from outreach.gap.charts.specs import Place, Ring
from outreach.web.charts.sheet import Point

Outline: TypeAlias = NDArray[np.float64]
"""Corners in pixels, n × 2."""

SMALLEST_RADIUS, LARGEST_RADIUS = 4.0, 24.0
LEAST_RADIUS = 1.5
CROWDED = 0.3
"""Where very many signs would cover each other, a circle is this share of the room for one."""
DWELLINGS_OF_LARGEST = 12_000


@dataclass(frozen=True, slots=True)
class Projection:
    """From metres to pixels."""

    west: float
    north: float
    scale: float
    left: float
    top: float

    def pixel(self, at: tuple[float, float]) -> Point:
        """Where a place lies on the sheet."""
        east, north = at
        return (
            self.left + (east - self.west) * self.scale,
            self.top + (self.north - north) * self.scale,
        )

    def ring(self, ring: Ring) -> list[Point]:
        """An outline on the sheet."""
        return [self.pixel(at) for at in ring]

    def pixels(self, metres: Outline) -> Outline:
        """Where many corners lie on the sheet."""
        down = np.array([1.0, -1.0])
        origin = np.array([self.west, self.north])
        corner = np.array([self.left, self.top])
        moved: Outline = (metres - origin) * down * self.scale + corner
        return moved


@dataclass(frozen=True, slots=True)
class Sign:
    """A village's outline on the sheet; `is_small` where nothing could be told inside it."""

    place: Place
    outline: Outline
    is_small: bool = False


def signs(
    places: Sequence[Place], projection: Projection, *, size: tuple[float, float]
) -> list[Sign]:
    """The villages' signs on a map of so many pixels, in the order given."""
    least = smallest_radius(len(places), size)
    corners = _rings(places, projection)
    found: list[Sign] = []
    for place in places:
        rings = [next(corners) for _ in place.rings]
        if rings and rings[0][1] > math.pi * least**2:
            found += [Sign(place, ring) for ring, _ in rings]
            continue
        if place.point is not None:
            middle = np.array(projection.pixel(place.point))
        elif rings:
            middle = rings[0][0][0]
        else:
            continue
        wide = radius(place.dwellings, smallest=least)
        found.append(Sign(place, middle + _circle(wide), is_small=wide < SMALLEST_RADIUS - 1))
    return found


def smallest_radius(signs_wanted: int, size: tuple[float, float]) -> float:
    """The least radius in pixels that a sign has: smaller where there are very many."""
    room = math.sqrt(size[0] * size[1] / max(signs_wanted, 1))
    return min(max(CROWDED * room, LEAST_RADIUS), SMALLEST_RADIUS)


def radius(dwellings: int | None, *, smallest: float = SMALLEST_RADIUS) -> float:
    """A circle's radius in pixels: its area is as the dwellings, within limits of legibility."""
    ratio = math.sqrt((dwellings or 0) / DWELLINGS_OF_LARGEST)
    return min(max(LARGEST_RADIUS * ratio, smallest), LARGEST_RADIUS)


def metres_of(rings: Iterable[Ring]) -> Outline:
    """The corners of all rings, one after the other, in metres."""
    numbers = chain.from_iterable(chain.from_iterable(rings))
    return np.fromiter(numbers, dtype=np.float64).reshape(-1, 2)


def _rings(places: Sequence[Place], projection: Projection) -> Iterator[tuple[Outline, float]]:
    """Each ring in pixels, closed as it came, and its area in square pixels."""
    rings = [ring for place in places for ring in place.rings]
    if not rings:
        return iter(())
    corners = projection.pixels(metres_of(rings))
    ends = np.cumsum([len(ring) for ring in rings])
    x, y = (corners - corners.mean(axis=0)).T
    crossed = np.zeros(len(corners))
    crossed[:-1] = x[:-1] * y[1:] - x[1:] * y[:-1]
    crossed[ends - 1] = 0.0  # from one ring's last corner to the next one's first
    areas = np.abs(np.add.reduceat(crossed, np.concatenate([[0], ends[:-1]]))) / 2
    return zip(np.split(corners, ends[:-1]), areas.tolist(), strict=True)


def _circle(radius_: float) -> Outline:
    corners = max(16, int(radius_ * 2.5))
    return radius_ * _unit(corners)


def _unit(corners: int) -> Outline:
    if corners not in _UNITS:
        turn = np.linspace(0, 2 * np.pi, corners, endpoint=False)
        _UNITS[corners] = np.column_stack([np.cos(turn), np.sin(turn)])
    return _UNITS[corners]


_UNITS: dict[int, Outline] = {}
