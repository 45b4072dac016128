"""Where everything lies, small enough to be drawn at once: whole metres in EPSG:3006.

From afar a village is a dot: its outline comes only to who looks closely. Neighbours are
simplified together, so that a common border stays common.
"""

import json
from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from outreach.gap.map_words import mark_text
from outreach.gap.marks import Mark
from outreach.gap.queries.outlines import Outline
from outreach.gap.queries.overlays import ServedArea

PIXELS = 1200
LEAST_PIXELS = 6
NEAR_METRES = 15.0
MUNICIPALITY_METRES = 60.0


class Detail(StrEnum):
    """From how far the map is looked at."""

    WIDE = "wide"
    NEAR = "near"


def shapes(villages: Sequence[Outline], municipalities: Sequence[Outline], detail: Detail) -> bytes:
    """Villages and municipalities: code, name, middle, and outlines as runs of numbers."""
    resolution = _resolution([*municipalities, *villages])
    is_near = detail is Detail.NEAR
    metres = NEAR_METRES if is_near else resolution
    ground = max(MUNICIPALITY_METRES, 0 if is_near else resolution / 2)
    least = 0.0 if is_near else resolution * LEAST_PIXELS
    return _text(
        {
            "resolution": round(resolution),
            "villages": _listed(villages, metres, least=least),
            "municipalities": _listed(municipalities, ground, least=0.0),
        }
    )


def areas(found: Sequence[ServedArea]) -> bytes:
    """The associations' areas."""
    return _text({"areas": [[one.association_id, one.name, _rings(one.shape)] for one in found]})


def marks(found: Sequence[Mark]) -> bytes:
    """Service points and nodes: sign, what to say of it, and where it lies."""
    listed = [[one.sign, mark_text(one), [round(one.at[0]), round(one.at[1])]] for one in found]
    return _text({"marks": listed})


def _listed(places: Sequence[Outline], metres: float, *, least: float) -> list[list[object]]:
    """The outlines are of those only that are `least` metres wide or high."""
    geometries = np.array([place.geometry for place in places], dtype=object)
    bounds = shapely.bounds(geometries).reshape(-1, 4)
    is_drawn = (bounds[:, 2:] - bounds[:, :2]).max(axis=1, initial=0) >= least
    drawn = np.full(len(geometries), None, dtype=object)
    drawn[is_drawn] = _simplified(geometries[is_drawn], metres)
    middles = shapely.point_on_surface(geometries)
    return [
        [
            place.code,
            place.name,
            [round(middle.x), round(middle.y)],
            [] if shape is None else _rings(shape),
        ]
        for place, shape, middle in zip(places, drawn, middles, strict=True)
    ]


def _simplified(
    geometries: "np.ndarray[tuple[int], np.dtype[np.object_]]", metres: float
) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    """Areas that don't overlap are simplified together; others each for itself."""
    result = geometries.copy()
    is_area = shapely.get_dimensions(geometries) == 2
    areas_only = geometries[is_area]
    if len(areas_only) and shapely.coverage_is_valid(areas_only):
        result[is_area] = shapely.coverage_simplify(areas_only, metres)
    else:
        result[is_area] = shapely.simplify(areas_only, metres)
    return result


def _rings(shape: BaseGeometry) -> list[list[int]]:
    """Outer lines as east, north, east, north …; a point has none."""
    if shape.is_empty or shape.geom_type == "Point":
        return []
    parts = getattr(shape, "geoms", None) or [shape]
    return [
        np.rint(shapely.get_coordinates(part.exterior)).astype(int).ravel().tolist()
        for part in parts
    ]


def _resolution(places: Sequence[Outline]) -> float:
    """Metres that a pixel is wide when all of it is in view."""
    if not places:
        return 1.0
    box = shapely.total_bounds([place.geometry for place in places])
    return float(max(box[2] - box[0], box[3] - box[1], 1.0)) / PIXELS


def _text(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
