"""Points find the village they lie in, also on borders and where outlines overlap."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.addresses.rules import Village
from outreach.addresses.zones import NOWHERE, Zone, Zones, zone


def village(code: str) -> Village:
    return Village(code, f"By {code}", "Karlskrona")


def square(code: str, west: float, south: float, *, side: float = 100.0) -> Zone:
    return Zone(village(code), shapely.box(west, south, west + side, south + side))


def located(zones: Zones, *points: tuple[float, float]) -> list[str | None]:
    east, north = np.array(points, dtype=float).T
    found = zones.locate(east, north)
    return [None if at == NOWHERE else zones.zones[at].village.code for at in found.tolist()]


def test_a_point_lies_in_its_village_or_in_none() -> None:
    zones = Zones([square("B", 500, 500), square("A", 0, 0)])
    assert located(zones, (50, 50), (550, 599), (300, 300), (-1e12, 0), (1e12, 1e12)) == [
        "A", "B", None, None, None,
    ]  # fmt: skip


def test_a_shared_border_belongs_to_the_first_by_code() -> None:
    zones = Zones([square("B", 100, 0), square("A", 0, 0)])
    assert located(zones, (100, 50), (99.9, 50), (100.1, 50)) == ["A", "A", "B"]


def test_where_outlines_overlap_the_first_by_code_has_it() -> None:
    assert located(Zones([square("B", 0, 0), square("A", 50, 50)]), (75, 75), (25, 25)) == [
        "A",
        "B",
    ]


def test_without_an_outline_a_village_is_a_circle_of_its_area() -> None:
    made = zone(village("A"), outline=None, point=shapely.Point(0, 0), hectares=100)
    assert made is not None
    assert (made.is_circle, located(Zones([made]), (563, 0), (566, 0))) == (True, ["A", None])


@pytest.mark.parametrize(("point", "hectares"), [(None, 100), (shapely.Point(0, 0), None)])
def test_without_a_point_or_an_area_nothing_can_be_counted_into_it(
    point: shapely.Point | None, hectares: int | None
) -> None:
    assert zone(village("A"), outline=None, point=point, hectares=hectares) is None


def test_no_villages_hold_no_points() -> None:
    assert located(Zones([]), (0, 0)) == [None]


@settings(max_examples=60, deadline=None)
@given(
    corners=st.lists(
        st.tuples(st.integers(0, 900), st.integers(0, 900), st.integers(1, 400)),
        min_size=1,
        max_size=8,
    ),
    points=st.lists(st.tuples(st.integers(-50, 1400), st.integers(-50, 1400)), min_size=1),
)
def test_the_grid_finds_what_asking_every_village_finds(
    corners: list[tuple[int, int, int]], points: list[tuple[int, int]]
) -> None:
    zones = [square(f"{at:02d}", x, y, side=side) for at, (x, y, side) in enumerate(corners)]
    asked = [
        next((z.village.code for z in zones if z.area.intersects(shapely.Point(point))), None)
        for point in points
    ]
    assert located(Zones(zones), *points) == asked
