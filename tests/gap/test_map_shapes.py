"""What the map's script gets to draw: every place, and the outlines that can be seen."""

import json

from shapely.geometry import Point, box

from outreach.gap.map_shapes import Detail, shapes
from outreach.gap.queries.outlines import Outline

COUNTY = [Outline("10", "Kommunen", box(0, 0, 120_000, 60_000))]
"""A hundred metres to the pixel, of which an outline must be six wide."""
VILLAGES = [
    Outline("T1", "Staden", box(1_000, 1_000, 1_600, 1_200)),
    Outline("T2", "Byn", box(5_000, 5_000, 5_500, 5_100)),
    Outline("T3", "Punkten", Point(9_000, 9_000)),
]


def outlines(detail: Detail) -> dict[str, int]:
    listed = json.loads(shapes(VILLAGES, COUNTY, detail))["villages"]
    return {code: len(rings) for code, _, _, rings in listed}


def test_from_afar_only_outlines_of_six_pixels_are_drawn_and_every_place_is_listed() -> None:
    assert outlines(Detail.WIDE) == {"T1": 1, "T2": 0, "T3": 0}


def test_from_near_every_outline_is_drawn() -> None:
    assert outlines(Detail.NEAR) == {"T1": 1, "T2": 1, "T3": 0}


def test_an_area_without_places_has_nothing_to_draw() -> None:
    assert json.loads(shapes([], [], Detail.WIDE))["villages"] == []
