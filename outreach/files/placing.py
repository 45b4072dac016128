"""Geometries from a file's own coordinates into SWEREF 99 TM, and whether they lie in Sweden."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from outreach.files.crs import RT90_25_GON_V, SWEREF99_TM, WGS84, Crs, to_sweref99_tm
from outreach.files.faults import FileRefused

SWEDEN = (250_000.0, 6_110_000.0, 930_000.0, 7_690_000.0)
"""West, south, east and north of Sweden with its islands, in SWEREF 99 TM."""
_EXTENTS = (
    (SWEREF99_TM, SWEDEN),
    (WGS84, (10.0, 55.0, 25.0, 69.5)),
    (RT90_25_GON_V, (1_200_000.0, 6_110_000.0, 1_900_000.0, 7_690_000.0)),
)


@dataclass(frozen=True, slots=True)
class Placed:
    """Geometries in SWEREF 99 TM, None where one lies outside Sweden.

    `would_fit_swapped` marks those that would lie in Sweden with their axes swapped. `is_guessed`
    says that the file named no system, or an impossible one by default, and the extent decided.
    """

    shapes: Sequence[BaseGeometry | None]
    would_fit_swapped: NDArray[np.bool_]
    crs: Crs
    is_guessed: bool


def place(
    shapes: Sequence[BaseGeometry],
    *,
    stated: Crs | None,
    may_be_default: bool = False,
    swap_axes: bool = False,
) -> Placed:
    """Transform all geometries at once.

    `may_be_default`: the stated system is what the format means when it says nothing, so the
    extent may overrule it.
    """
    found: NDArray[np.object_] = np.array([*shapes, None], dtype=object)[:-1]
    if swap_axes:
        found = _swapped(found)
    crs = stated or guess(found)
    is_guessed = stated is None
    placed = _transformed(found, crs) if crs else None
    inside = _inside(placed) if placed is not None else np.zeros(len(found), dtype=np.bool_)
    if may_be_default and len(found) and not inside.any():
        other = guess(found)
        if other is not None and other != crs:
            crs, is_guessed = other, True
            placed = _transformed(found, other)
            inside = _inside(placed)
    if crs is None or placed is None:
        raise FileRefused("crs_missing")
    outside = ~inside
    would_fit = np.zeros(len(found), dtype=np.bool_)
    if outside.any():
        would_fit[outside] = _inside(_transformed(_swapped(found[outside]), crs))
    kept = [shape if fits else None for shape, fits in zip(placed, inside, strict=True)]
    return Placed(kept, would_fit, crs, is_guessed)


def guess(shapes: NDArray[np.object_]) -> Crs | None:
    """The system in which most geometries lie in Sweden, with their axes one way or the other."""
    if not len(shapes):
        return SWEREF99_TM
    bounds = shapely.bounds(shapes)
    turned = bounds[:, (1, 0, 3, 2)]
    for crs, extent in _EXTENTS:
        fitting = _within(bounds, extent) | _within(turned, extent)
        if fitting.sum() * 2 > len(shapes):
            return crs
    return None


def _transformed(shapes: NDArray[np.object_], crs: Crs) -> NDArray[np.object_]:
    return np.asarray(
        shapely.transform(shapes, lambda rows: to_sweref99_tm(rows, source=crs)), dtype=object
    )


def _swapped(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    return np.asarray(shapely.transform(shapes, lambda rows: rows[:, ::-1]), dtype=object)


def _inside(shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    return _within(shapely.bounds(shapes), SWEDEN)


def _within(
    bounds: NDArray[np.float64], extent: tuple[float, float, float, float]
) -> NDArray[np.bool_]:
    west, south, east, north = extent
    with np.errstate(invalid="ignore"):
        within: NDArray[np.bool_] = (
            (bounds[:, 0] >= west)
            & (bounds[:, 1] >= south)
            & (bounds[:, 2] <= east)
            & (bounds[:, 3] <= north)
        )
    return within
