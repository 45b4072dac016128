"""Where villages lie on a drawn map: outlines where they can be seen, circles elsewhere."""

import math

import numpy as np
import pytest

from outreach.gap.charts.placing import (
    LEAST_RADIUS,
    SMALLEST_RADIUS,
    Placed,
    Projection,
    Sign,
    signs,
    smallest_radius,
)
from outreach.gap.charts.specs import Fill, Place, Ring

A_TENTH = Projection(west=1_000, north=9_000, scale=0.1, left=10, top=20)
SHEET = (700.0, 600.0)


def square(side: float) -> Ring:
    return [(1_000, 9_000), (1_000 + side, 9_000), (1_000 + side, 9_000 - side), (1_000, 9_000)]


def place(*rings: Ring, point: tuple[float, float] | None = None, dwellings: int = 0) -> Place:
    return Place(rings, point, dwellings, 1, Fill.PLAIN)


def drawn(*places: Place) -> list[Sign]:
    return signs(Placed.of(places), A_TENTH, size=SHEET)


def test_an_outline_that_can_be_seen_is_drawn_where_it_lies() -> None:
    [sign] = drawn(place(square(200)))
    assert sign.outline.tolist() == [[10, 20], [30, 20], [30, 40], [10, 20]]
    assert not sign.is_small


def test_one_that_would_be_a_speck_is_a_circle_in_its_place() -> None:
    [sign] = drawn(place(square(20)))
    wide = np.hypot(*(sign.outline - [10, 20]).T)
    assert wide == pytest.approx(SMALLEST_RADIUS)


def test_the_area_of_each_ring_is_its_own_whatever_follows_it() -> None:
    small, large = place(square(20)), place(square(200))
    found = drawn(large, small, large)
    assert [len(sign.outline) for sign in found] == [4, 16, 4]


def test_a_circle_has_an_area_as_its_dwellings() -> None:
    [one, four] = drawn(*(place(point=(1_000, 9_000), dwellings=count) for count in (1_000, 4_000)))
    widths = [float(np.ptp(sign.outline[:, 0])) for sign in (one, four)]
    assert widths[1] == pytest.approx(2 * widths[0], rel=0.02)


def test_a_place_with_nowhere_to_be_has_no_sign() -> None:
    assert drawn(place()) == []


@pytest.mark.parametrize(
    ("villages", "least"), [(1, SMALLEST_RADIUS), (140, SMALLEST_RADIUS), (100_000, LEAST_RADIUS)]
)
def test_signs_are_small_only_where_there_are_very_many(villages: int, least: float) -> None:
    assert smallest_radius(villages, SHEET) == least


def test_eight_thousand_signs_leave_most_of_the_map_open() -> None:
    one = smallest_radius(8_000, SHEET)
    assert 8_000 * math.pi * one**2 < 0.3 * SHEET[0] * SHEET[1]
