"""Polygons from rings of coordinates, checked before they reach GEOS."""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.errors import ShapelyError
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from outreach.files.limits import RING_PAIRS
from outreach.rules import RuleBroken

FEWEST_RING_POINTS = 4
Ring = NDArray[np.float64]


def point(east: float, north: float) -> BaseGeometry:
    """A point of two finite numbers."""
    if not np.isfinite((east, north)).all():
        raise RuleBroken("geometry", "geometry_broken")
    return Point(east, north)


def polygons(parts: Sequence[Sequence[Ring]]) -> BaseGeometry:
    """One geometry of parts, each an outer ring followed by its holes."""
    made = [_polygon(rings) for rings in parts]
    if not made:
        raise RuleBroken("geometry", "geometry_missing")
    return made[0] if len(made) == 1 else MultiPolygon(made)


def assembled(rings: Sequence[Ring]) -> BaseGeometry:
    """One geometry of loose rings as in a shapefile: outer ones clockwise, holes the other way.

    A hole goes to the smallest outer ring around it; a hole that none surrounds, as some programs
    write them, is an outer ring.
    """
    checked = [_checked(ring) for ring in rings]
    outers = [ring for ring in checked if _twice_area(ring) < 0]
    holes = [ring for ring in checked if _twice_area(ring) >= 0]
    if not outers:
        return polygons([[hole] for hole in holes])
    parts: list[list[Ring]] = [[outer] for outer in outers]
    if not holes:
        return polygons(parts)
    for hole, around in zip(holes, _smallest_around(outers, holes), strict=True):
        if around is None:
            parts.append([hole])
        else:
            parts[around].append(hole)
    return polygons(parts)


def _smallest_around(outers: Sequence[Ring], holes: Sequence[Ring]) -> list[int | None]:
    """For each hole the position of the smallest outer ring that covers its first point."""
    if len(outers) * len(holes) > RING_PAIRS:
        raise RuleBroken("geometry", "too_many_rings")
    tree = shapely.STRtree([Polygon(outer) for outer in outers])
    firsts = shapely.points(np.array([hole[0] for hole in holes]))
    areas = [-_twice_area(outer) for outer in outers]
    smallest: list[int | None] = [None] * len(holes)
    for hole, outer in tree.query(firsts, predicate="intersects").T.tolist():
        best = smallest[hole]
        if areas[outer] > _twice_area(holes[hole]) and (best is None or areas[outer] < areas[best]):
            smallest[hole] = outer
    return smallest


def _polygon(rings: Sequence[Ring]) -> Polygon:
    if not rings:
        raise RuleBroken("geometry", "geometry_missing")
    outer, *holes = [_checked(ring) for ring in rings]
    try:
        return Polygon(outer, holes)
    except (ShapelyError, ValueError) as error:
        raise RuleBroken("geometry", "geometry_broken") from error


def _checked(ring: Ring) -> Ring:
    if not np.isfinite(ring).all():
        raise RuleBroken("geometry", "geometry_broken")
    if len(ring) and (ring[0] != ring[-1]).any():
        ring = np.vstack((ring, ring[:1]))
    if len(ring) < FEWEST_RING_POINTS:
        raise RuleBroken("geometry", "ring_too_short")
    return ring


def _twice_area(ring: Ring) -> float:
    x, y = (ring - ring[0]).T
    return float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))
