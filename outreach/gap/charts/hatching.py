"""Lines across an outline, so that a state shows in print and without colours."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from shapely import LineString, MultiLineString, Polygon
from shapely.geometry.base import BaseGeometry

from outreach.web.charts.sheet import Point

SPACING = 4.5


def diagonals(outline: Sequence[Point] | NDArray[np.float64]) -> list[list[Point]]:
    """Lines rising to the right."""
    return _across(outline, slope=-1)


def crossed(outline: Sequence[Point] | NDArray[np.float64]) -> list[list[Point]]:
    """Lines both ways."""
    return _across(outline, slope=-1) + _across(outline, slope=1)


def circle(middle: Point, radius: float) -> list[Point]:
    """A circle as an outline of many corners."""
    corners = max(16, int(radius * 2.5))
    return [
        (
            middle[0] + radius * math.cos(2 * math.pi * corner / corners),
            middle[1] + radius * math.sin(2 * math.pi * corner / corners),
        )
        for corner in range(corners)
    ]


def _across(outline: Sequence[Point] | NDArray[np.float64], *, slope: int) -> list[list[Point]]:
    shape = Polygon(outline)
    if not shape.is_valid:
        shape = shape.buffer(0)
    left, top, right, bottom = shape.bounds
    height = bottom - top
    step = SPACING * math.sqrt(2)
    # Counted from the sheet's corner, so that neighbours' lines meet.
    start = math.floor((left - height) / step) * step
    lines = []
    across = start
    while across < right + height:
        foot = (across, bottom if slope < 0 else top)
        head = (across + height, top if slope < 0 else bottom)
        lines.append(LineString([foot, head]))
        across += step
    return [list(line.coords) for line in _parts(MultiLineString(lines).intersection(shape))]


def _parts(shape: BaseGeometry) -> Iterator[LineString]:
    if isinstance(shape, LineString):
        if not shape.is_empty:
            yield shape
        return
    for part in getattr(shape, "geoms", ()):
        yield from _parts(part)
