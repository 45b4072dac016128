"""Which village each of very many points lies in: a grid finds the few to ask, GEOS decides.

A village without a known outline but with a point and an area is taken as a circle of that area.
A point on a border, or where outlines overlap, belongs to the first by code that covers it.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from outreach.addresses.rules import Village

CIRCLE_SIDES_A_QUARTER = 16
SQUARE_METRES_A_HECTARE = 10_000.0
CELLS_A_SIDE = 8
"""Of the grid, across a village of middling size."""
SMALLEST_CELL_METRES = 50.0
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Zone:
    """A village's area in SWEREF 99 TM; `is_circle` where its outline isn't known."""

    village: Village
    area: BaseGeometry
    is_circle: bool = False


def zone(
    village: Village,
    *,
    outline: BaseGeometry | None,
    point: BaseGeometry | None,
    hectares: int | None,
) -> Zone | None:
    """The zone of a village, or None where neither an outline nor a point with an area is known."""
    if outline is not None and not outline.is_empty:
        return Zone(village, outline)
    if point is None or not hectares:
        return None
    radius = math.sqrt(hectares * SQUARE_METRES_A_HECTARE / math.pi)
    return Zone(village, point.buffer(radius, quad_segs=CIRCLE_SIDES_A_QUARTER), is_circle=True)


class Zones:
    """Zones by code, with the rows of grid cells that each one's extent touches.

    Cells are numbered row by row, so that the cells of one extent in one row are a run of numbers,
    and the points in them a run of the points sorted by cell.
    """

    def __init__(self, zones: Iterable[Zone]) -> None:
        self.zones = sorted(zones, key=lambda each: each.village.code)
        areas = np.array([each.area for each in self.zones], dtype=object)
        shapely.prepare(areas)
        self._areas = areas
        bounds = shapely.bounds(areas) if len(areas) else np.empty((0, 4))
        self._cell = _cell_metres(bounds)
        corner = bounds[:, :2].min(axis=0) if len(areas) else np.zeros(2)
        self._west, self._south = float(corner[0]), float(corner[1])
        corners = (bounds - [self._west, self._south] * 2) / self._cell
        self._cells = np.floor(corners).astype(np.int64)
        self._wide = int(self._cells[:, 2].max()) + 1 if len(areas) else 1
        self._high = int(self._cells[:, 3].max()) + 1 if len(areas) else 1
        self._heads, self._firsts, self._lasts = self._runs()

    def locate(self, east: NDArray[np.float64], north: NDArray[np.float64]) -> NDArray[np.int64]:
        """For each point the position of its zone in `zones`, NOWHERE outside all of them."""
        found = np.full(len(east), NOWHERE, dtype=np.int64)
        column = np.floor((east - self._west) / self._cell)
        row = np.floor((north - self._south) / self._cell)
        near = (column >= 0) & (column < self._wide) & (row >= 0) & (row < self._high)
        if not near.any():
            return found
        kept = np.flatnonzero(near)
        key = row[kept].astype(np.int64) * self._wide + column[kept].astype(np.int64)
        by_cell = np.argsort(key)
        key, kept = key[by_cell], kept[by_cell]
        sorted_east, sorted_north = east[kept], north[kept]
        sorted_found = np.full(len(kept), NOWHERE, dtype=np.int64)
        for owner, runs in self._candidates(key):
            is_inside = shapely.intersects_xy(
                self._areas[owner], sorted_east[runs], sorted_north[runs]
            )
            inside = runs[is_inside]
            sorted_found[inside[sorted_found[inside] == NOWHERE]] = owner
        found[kept] = sorted_found
        return found

    def _candidates(self, key: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.int64]]]:
        """Each zone by code that has points in its cells, with the positions of those points."""
        begins = np.searchsorted(key, self._firsts, side="left")
        ends = np.searchsorted(key, self._lasts, side="right")
        lengths = ends - begins
        offsets = np.cumsum(lengths) - lengths
        positions = np.repeat(begins - offsets, lengths) + np.arange(int(lengths.sum()))
        # Where each zone's points begin in that list; the runs stand by owner.
        edges = np.append(offsets[self._heads], len(positions))
        for owner in np.flatnonzero(np.diff(edges)):
            yield int(owner), positions[edges[owner] : edges[owner + 1]]

    def _runs(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Where each zone's runs begin, and the first and last cell of each run, zone by zone."""
        west, south, east, north = self._cells.T
        rows = north - south + 1
        owners = np.repeat(np.arange(len(self.zones)), rows)
        heads = np.cumsum(rows) - rows
        within = np.arange(int(rows.sum())) - np.repeat(heads, rows)
        start = (south[owners] + within) * self._wide
        return heads, start + west[owners], start + east[owners]


def _cell_metres(bounds: NDArray[np.float64]) -> float:
    if not len(bounds):
        return SMALLEST_CELL_METRES
    sides = np.maximum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1])
    return max(float(np.median(sides)) / CELLS_A_SIDE, SMALLEST_CELL_METRES)
