"""The drawings of where places lie."""

import re

import pytest
import shapely
from shapely.geometry import MultiPolygon, Point

from outreach.measures.classes import SettlementClass
from outreach.places.locator import Position, municipality_map, position, village_map
from outreach.places.queries.outlines import Outline, VillageDot, VillageShape
from tests.files.making import square

OWN = Outline("1080", "Karlskrona", MultiPolygon([square(520_000, 6_220_000, 20_000)]))
NEIGHBOUR = Outline("1081", "Ronneby", MultiPolygon([square(500_000, 6_220_000, 20_000)]))
FAR_OFF = Outline("1060", "Olofström", MultiPolygon([square(400_000, 6_220_000, 20_000)]))
OUTLINES = [NEIGHBOUR, OWN, FAR_OFF]


def _village(east: float, north: float, area: shapely.Geometry | None = None) -> VillageShape:
    return VillageShape("1080-by", "By", Point(east, north), area)


@pytest.mark.parametrize(
    ("east", "north", "expected"),
    [
        (530_000, 6_230_000, Position.MIDDLE),
        (530_000, 6_239_000, Position.NORTH),
        (539_000, 6_239_000, Position.NORTH_EAST),
        (539_000, 6_230_000, Position.EAST),
        (539_000, 6_221_000, Position.SOUTH_EAST),
        (530_000, 6_221_000, Position.SOUTH),
        (521_000, 6_221_000, Position.SOUTH_WEST),
        (521_000, 6_230_000, Position.WEST),
        (521_000, 6_239_000, Position.NORTH_WEST),
        (519_000, 6_230_500, Position.WEST),
    ],
)
def test_the_part_of_the_municipality_is_named(
    east: float, north: float, expected: Position
) -> None:
    assert position(Point(east, north), OWN.area) is expected


def test_north_is_up_and_the_municipality_fills_the_drawing() -> None:
    drawing = village_map(OUTLINES, municipality_code="1080", village=_village(521_600, 6_238_400))
    assert drawing is not None
    # A square of 20 km with 8 % around it: 23.2 km on 480 units.
    assert (drawing.width, drawing.height) == (480, 480)
    mark = drawing.marks[0]
    assert (mark.x, mark.y) == (66, 66)


def test_only_what_shows_is_drawn_and_the_own_municipality_on_top() -> None:
    drawing = village_map(OUTLINES, municipality_code="1080", village=_village(530_000, 6_230_000))
    assert drawing is not None
    assert [land.name for land in drawing.lands] == ["Ronneby", "Karlskrona"]
    assert drawing.lands[-1].is_own
    assert drawing.lands[-1].path == "M447 447L447 33L33 33L33 447Z"


def test_paths_are_whole_numbers_and_nothing_else() -> None:
    drawing = village_map(OUTLINES, municipality_code="1080", village=_village(530_000, 6_230_000))
    assert drawing is not None
    for land in drawing.lands:
        assert re.fullmatch(r"(M-?\d+ -?\d+(L-?\d+ -?\d+)+Z)+", land.path)


def test_a_village_on_an_island_outside_the_borders_is_within_the_drawing() -> None:
    drawing = village_map(OUTLINES, municipality_code="1080", village=_village(530_000, 6_200_000))
    assert drawing is not None
    mark = drawing.marks[0]
    assert 0 < mark.x < drawing.width
    assert 0 < mark.y < drawing.height


def test_a_villages_area_is_drawn_where_it_is_large_enough() -> None:
    large, small = square(530_000, 6_230_000, 2_000), square(530_000, 6_230_000, 100)
    drawn = [
        village_map(OUTLINES, municipality_code="1080", village=_village(531_000, 6_231_000, area))
        for area in (large, small)
    ]
    assert [drawing is not None and drawing.area is not None for drawing in drawn] == [True, False]


def test_a_village_with_an_area_only_is_marked_within_it() -> None:
    village = VillageShape("1080-by", "By", None, square(530_000, 6_230_000, 2_000))
    drawing = village_map(OUTLINES, municipality_code="1080", village=village)
    assert drawing is not None
    assert drawing.marks


def test_without_borders_or_position_there_is_no_drawing() -> None:
    nowhere = VillageShape("1080-by", "By", None, None)
    assert village_map([], municipality_code="1080", village=_village(530_000, 6_230_000)) is None
    assert village_map(OUTLINES, municipality_code="1080", village=nowhere) is None
    assert municipality_map([], municipality_code="1080", villages=[]) is None


def test_a_municipality_shows_every_village() -> None:
    tatort, smaort = SettlementClass.tatort, SettlementClass.smaort
    villages = [
        VillageDot(Point(525_000, 6_225_000), tatort),
        VillageDot(Point(535_000, 6_235_000), smaort),
        VillageDot(Point(535_001, 6_235_001), smaort),
    ]
    drawing = municipality_map(OUTLINES, municipality_code="1080", villages=villages)
    assert drawing is not None
    # The third lies on top of the second and is of its class.
    assert [mark.settlement_class for mark in drawing.marks] == [tatort, smaort]
    assert drawing.marks[0].y > drawing.marks[1].y
