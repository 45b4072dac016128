"""Areas are stored without self-intersections, and hopeless ones are refused in time."""

import time

import numpy as np
import pytest
import shapely
from shapely.geometry import MultiPolygon, Point, Polygon

from outreach.files.areas import as_area, hectares
from outreach.files.budget import Budget
from outreach.rules import RuleBroken
from tests.files.making import square


def _code(shape: shapely.Geometry, budget: Budget | None = None) -> str:
    with pytest.raises(RuleBroken) as refusal:
        as_area(shape, repairs=budget or Budget())
    return refusal.value.code


def test_a_polygon_becomes_a_multipolygon_of_one() -> None:
    area, was_repaired = as_area(square(0, 0), repairs=Budget())
    assert (area.geom_type, len(area.geoms), was_repaired) == ("MultiPolygon", 1, False)
    assert hectares(area) == 100


def test_an_area_that_crosses_itself_is_repaired() -> None:
    bow_tie = Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])
    area, was_repaired = as_area(bow_tie, repairs=Budget())
    assert was_repaired
    assert area.area == 5_000


def test_parts_that_touch_are_kept() -> None:
    area, _ = as_area(MultiPolygon([square(0, 0), square(1_000, 1_000)]), repairs=Budget())
    assert area.area == 2_000_000


def test_points_and_flat_areas_are_none() -> None:
    assert _code(Point(0, 0)) == "not_an_area"
    assert _code(Polygon([(0, 0), (100, 0), (200, 0)])) == "not_an_area"


def test_an_area_that_crosses_itself_all_over_is_refused_at_once() -> None:
    points = np.random.default_rng(1).uniform(0, 1_000, (3_000, 2))
    began = time.monotonic()
    assert _code(Polygon(points)) == "too_tangled"
    assert time.monotonic() - began < 4


def test_no_more_is_repaired_once_the_time_is_spent() -> None:
    bow_tie = Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])
    assert _code(bow_tie, Budget(seconds=-1)) == "too_tangled"
