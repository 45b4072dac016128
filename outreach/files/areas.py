"""Areas as they are stored: multipolygons without self-intersections."""

import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from outreach.files.budget import Budget
from outreach.files.limits import REPAIRED_POINTS, TANGLED_NEIGHBOURS
from outreach.rules import RuleBroken

SQUARE_METRES_PER_HECTARE = 10_000
_SIDES_LOOKED_AT = 1_000


def hectares(shape: BaseGeometry) -> float:
    """The area of a geometry in metres."""
    return float(shape.area) / SQUARE_METRES_PER_HECTARE


def as_area(shape: BaseGeometry, *, repairs: Budget) -> tuple[MultiPolygon, bool]:
    """The geometry as a multipolygon, and whether it had to be repaired first."""
    if shape.geom_type not in {"Polygon", "MultiPolygon"}:
        raise RuleBroken("geometry", "not_an_area")
    try:
        was_valid = bool(shapely.is_valid(shape))
        repaired = shape if was_valid else _repaired(shape, repairs)
    except ShapelyError as error:
        raise RuleBroken("geometry", "geometry_broken") from error
    parts = [
        part
        for part in shapely.get_parts(shapely.get_parts([repaired]))
        if part.geom_type == "Polygon" and part.area > 0
    ]
    if not parts:
        raise RuleBroken("geometry", "not_an_area")
    return MultiPolygon(parts), not was_valid


def _repaired(shape: BaseGeometry, repairs: Budget) -> BaseGeometry:
    # The work grows with the number of crossings, so one that crosses itself all over is refused.
    if (
        repairs.is_spent
        or shapely.get_num_coordinates(shape) > REPAIRED_POINTS
        or _neighbours(shape) > TANGLED_NEIGHBOURS
    ):
        raise RuleBroken("geometry", "too_tangled")
    mended: BaseGeometry = shapely.make_valid(shape)
    return mended


def _neighbours(shape: BaseGeometry) -> float:
    """How many other sides' boxes a side meets on average, from a sample of the sides."""
    rings = shapely.get_rings(shapely.get_parts([shape]))
    sides = np.concatenate([_sides(shapely.get_coordinates(ring)) for ring in rings])
    sample = sides[:: max(1, len(sides) // _SIDES_LOOKED_AT)]
    pairs = shapely.STRtree(sides).query(sample)
    return float(pairs.shape[1] / len(sample))


def _sides(
    coordinates: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.object_]]:
    return np.asarray(shapely.linestrings(np.stack((coordinates[:-1], coordinates[1:]), axis=1)))
