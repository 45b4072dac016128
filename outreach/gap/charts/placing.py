"""Where the villages lie on a sheet: their outlines, or circles where those would be too small.

All rings are moved from metres to pixels at once: a country has hundreds of thousands of corners.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import Self, TypeAlias

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
        scale = self.scale * np.array([1.0, -1.0])
        corner = np.array([self.left, self.top]) - scale * np.array([self.west, self.north])
        moved: Outline = metres * scale + corner
        return moved


@dataclass(frozen=True, slots=True)
class Sign:
    """A village's outline on the sheet; `is_small` where nothing could be told inside it."""

    place: Place
    outline: Outline
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Villages with the corners of all their rings, one after the other, in metres."""

    places: Sequence[Place]
    metres: Outline

    @classmethod
    def of(cls, places: Sequence[Place]) -> Self:
        """Gather them once, as that takes a while for a country."""
        return cls(places, metres_of(ring for place in places for ring in place.rings))


def signs(placed: Placed, projection: Projection, *, size: tuple[float, float]) -> list[Sign]:
    """The villages' signs on a map of so many pixels, in the order given."""
    least = smallest_radius(len(placed.places), size)
    corners = _rings(placed, projection)
    wanted = radii([place.dwellings for place in placed.places], smallest=least)
    places: list[tuple[Place, bool]] = []
    outlines: list[Outline] = []
    circles: list[tuple[int, Point, float]] = []
    for place, wide in zip(placed.places, wanted, strict=True):
        rings = [next(corners) for _ in place.rings]
        if rings and rings[0][1] > math.pi * least**2:
            places += [(place, False)] * len(rings)
            outlines += [ring for ring, _ in rings]
        elif place.point is not None or rings:
            middle = rings[0][0][0] if place.point is None else projection.pixel(place.point)
            circles.append((len(outlines), middle, wide))
            places.append((place, wide < SMALLEST_RADIUS - 1))
            outlines.append(_NOTHING)
    for at, outline in _circles(circles):
        outlines[at] = outline
    return [
        Sign(place, outline, is_small=is_small)
        for (place, is_small), outline in zip(places, outlines, strict=True)
    ]


def smallest_radius(signs_wanted: int, size: tuple[float, float]) -> float:
    """The least radius in pixels that a sign has: smaller where there are very many."""
    room = math.sqrt(size[0] * size[1] / max(signs_wanted, 1))
    return min(max(CROWDED * room, LEAST_RADIUS), SMALLEST_RADIUS)


def radii(dwellings: Sequence[int | None], *, smallest: float = SMALLEST_RADIUS) -> list[float]:
    """Circles' radii in pixels: areas are as the dwellings, within limits of legibility."""
    known = np.array([number or 0 for number in dwellings])
    wide = LARGEST_RADIUS * np.sqrt(known / DWELLINGS_OF_LARGEST)
    limited: list[float] = np.clip(wide, smallest, LARGEST_RADIUS).tolist()
    return limited


def metres_of(rings: Iterable[Ring]) -> Outline:
    """The corners of all rings, one after the other, in metres."""
    numbers = chain.from_iterable(chain.from_iterable(rings))
    return np.fromiter(numbers, dtype=np.float64).reshape(-1, 2)


def _rings(placed: Placed, projection: Projection) -> Iterator[tuple[Outline, float]]:
    """Each ring in pixels, closed as it came, and its area in square pixels."""
    if not len(placed.metres):
        return iter(())
    corners = projection.pixels(placed.metres)
    lengths = [len(ring) for place in placed.places for ring in place.rings]
    edges = [0, *accumulate(lengths)]
    x, y = (corners - corners[0]).T
    crossed = np.zeros(len(corners))
    crossed[:-1] = x[:-1] * y[1:] - x[1:] * y[:-1]
    crossed[np.array(edges[1:]) - 1] = 0.0  # from one ring's last corner to the next one's first
    areas = np.abs(np.add.reduceat(crossed, edges[:-1])) / 2
    outlines = (corners[begin:end] for begin, end in pairwise(edges))
    return zip(outlines, areas.tolist(), strict=True)


def _circles(
    circles: Sequence[tuple[int, Point, float]],
) -> Iterator[tuple[int, Outline]]:
    """Circles of a middle and a radius, all of as many corners at once."""
    by_corners: dict[int, list[tuple[int, Point, float]]] = defaultdict(list)
    for circle in circles:
        by_corners[max(16, int(circle[2] * 2.5))].append(circle)
    for corners, alike in by_corners.items():
        middles = np.array([middle for _, middle, _ in alike])
        radii = np.array([radius_ for *_, radius_ in alike])
        drawn = middles[:, np.newaxis] + radii[:, np.newaxis, np.newaxis] * _unit(corners)
        yield from zip((at for at, *_ in alike), drawn, strict=True)


def _unit(corners: int) -> Outline:
    if corners not in _UNITS:
        turn = np.linspace(0, 2 * np.pi, corners, endpoint=False)
        _UNITS[corners] = np.column_stack([np.cos(turn), np.sin(turn)])
    return _UNITS[corners]


_NOTHING: Outline = np.empty((0, 2))
_UNITS: dict[int, Outline] = {}
