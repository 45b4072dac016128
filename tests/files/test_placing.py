"""Whether geometries lie in Sweden, and what is said when they don't."""

import pytest
from shapely.geometry import Point

from outreach.files.crs import RT90_25_GON_V, SWEREF99_TM, WGS84, Crs
from outreach.files.faults import FileRefused
from outreach.files.placing import place
from tests.files.making import square

KARLSKRONA = (536_500.0, 6_224_800.0)


def test_points_in_sweden_stay() -> None:
    placed = place([Point(KARLSKRONA)], stated=SWEREF99_TM)
    assert placed.shapes == [Point(KARLSKRONA)]
    assert not placed.is_guessed


def test_swapped_axes_are_named() -> None:
    placed = place([Point(KARLSKRONA[::-1])], stated=SWEREF99_TM)
    assert placed.shapes == [None]
    assert placed.would_fit_swapped.tolist() == [True]


def test_swapped_axes_are_swapped_when_asked_for() -> None:
    placed = place([Point(KARLSKRONA[::-1])], stated=SWEREF99_TM, swap_axes=True)
    assert placed.shapes == [Point(KARLSKRONA)]


def test_a_place_abroad_is_outside_either_way() -> None:
    placed = place([Point(12.57, 55.68), Point(-0.1, 51.5)], stated=WGS84)
    assert placed.shapes[1] is None
    assert not placed.would_fit_swapped[1]


def test_a_polygon_that_reaches_out_of_sweden_is_outside() -> None:
    assert place([square(900_000, 6_240_000, 100_000)], stated=SWEREF99_TM).shapes == [None]


@pytest.mark.parametrize(
    ("where", "crs"),
    [
        (KARLSKRONA, SWEREF99_TM),
        ((15.59, 56.16), WGS84),
        ((1_487_000.0, 6_227_000.0), RT90_25_GON_V),
        ((56.16, 15.59), WGS84),
        (KARLSKRONA[::-1], SWEREF99_TM),
    ],
)
def test_without_a_word_the_extent_tells_the_system(where: tuple[float, float], crs: Crs) -> None:
    placed = place([Point(where)], stated=None)
    assert placed.crs == crs
    assert placed.is_guessed


def test_a_single_stray_point_does_not_confuse_the_guess() -> None:
    placed = place([Point(KARLSKRONA)] * 3 + [Point(0, 0)], stated=None)
    assert placed.crs == SWEREF99_TM
    assert placed.shapes[3] is None


def test_an_extent_that_fits_nothing_refuses_the_file() -> None:
    with pytest.raises(FileRefused) as refusal:
        place([Point(150_000, 6_240_000)], stated=None)
    assert refusal.value.code == "crs_missing"


def test_a_format_s_default_gives_way_to_the_extent() -> None:
    placed = place([Point(KARLSKRONA)], stated=WGS84, may_be_default=True)
    assert (placed.crs, placed.is_guessed) == (SWEREF99_TM, True)
    assert placed.shapes == [Point(KARLSKRONA)]


def test_a_stated_system_does_not() -> None:
    assert place([Point(KARLSKRONA)], stated=WGS84).shapes == [None]


def test_polygons_that_cannot_be_computed_are_outside() -> None:
    assert place([square(1e200, 1e200, 1e199)], stated=RT90_25_GON_V).shapes == [None]


def test_nothing_to_place_is_nothing_placed() -> None:
    assert place([], stated=None).shapes == []
