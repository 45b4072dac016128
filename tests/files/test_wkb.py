"""Binary geometries are looked through before GEOS, which ends the process on some of them."""

import struct

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, MultiPolygon, Point

from outreach.files.wkb import shape_of
from outreach.rules import RuleBroken
from tests.files.making import square

AREAS = [
    Point(500_000, 6_240_000),
    square(500_000, 6_240_000),
    MultiPolygon([square(500_000, 6_240_000), square(510_000, 6_240_000)]),
]


def _code(data: bytes) -> str:
    with pytest.raises(RuleBroken) as refusal:
        shape_of(data)
    return refusal.value.code


@pytest.mark.parametrize("shape", AREAS, ids=lambda shape: shape.geom_type)
@pytest.mark.parametrize("byte_order", [0, 1])
@pytest.mark.parametrize("flavor", ["iso", "extended"])
def test_points_and_areas_are_read_in_every_spelling(
    shape: shapely.Geometry, byte_order: int, flavor: str
) -> None:
    raised = shapely.force_3d(shape, z=12)
    assert shape_of(shapely.to_wkb(raised, byte_order=byte_order, flavor=flavor)) == shape


def test_a_stated_srid_is_skipped() -> None:
    shape = shapely.set_srid(square(500_000, 6_240_000), 3006)
    assert shape_of(shapely.to_wkb(shape, include_srid=True)) == shape


def test_nested_collections_are_refused_without_recursion() -> None:
    bomb = struct.pack("<BII", 1, 7, 1) * 30_000 + struct.pack("<BII", 1, 7, 0)
    assert len(bomb) > 135_000
    assert _code(bomb) == "geometry_kind"


def test_nested_multipolygons_are_refused_without_recursion() -> None:
    bomb = struct.pack("<BII", 1, 6, 1) * 30_000 + struct.pack("<BII", 1, 6, 0)
    assert _code(bomb) == "geometry_broken"


@pytest.mark.parametrize("promised", [2**31 - 1, 2**32 - 1, 1_000])
def test_promised_points_that_are_not_there_are_refused(promised: int) -> None:
    data = struct.pack("<BII", 1, 3, 1) + struct.pack("<I", promised)
    assert _code(data) in {"geometry_broken", "too_many_points"}


def test_promised_parts_that_are_not_there_are_refused() -> None:
    assert _code(struct.pack("<BII", 1, 6, 2**32 - 1)) == "geometry_broken"


@pytest.mark.parametrize("size", [0, 1, 4, 5, 8, 20, 100])
def test_cut_geometries_are_refused(size: int) -> None:
    assert _code(shapely.to_wkb(AREAS[2])[:size]) == "geometry_broken"


def test_other_kinds_are_refused() -> None:
    assert _code(shapely.to_wkb(LineString([(0, 0), (1, 1)]))) == "geometry_kind"


def test_a_byte_order_that_is_none_is_refused() -> None:
    assert _code(b"\x07" + shapely.to_wkb(AREAS[0])[1:]) == "geometry_broken"


def test_a_ring_that_is_no_ring_is_refused() -> None:
    data = struct.pack("<BII", 1, 3, 1) + struct.pack("<I", 2) + struct.pack("<4d", 0, 0, 1, 1)
    assert _code(data) == "geometry_broken"


def test_numbers_that_are_none_are_refused() -> None:
    data = shapely.to_wkb(AREAS[1])
    north = struct.pack("<d", 6_240_000)
    assert _code(data.replace(north, struct.pack("<d", np.inf))) == "geometry_broken"
    assert _code(data.replace(north, struct.pack("<d", np.nan))) == "geometry_broken"


def test_an_empty_geometry_is_refused() -> None:
    assert _code(shapely.to_wkb(MultiPolygon())) == "geometry_missing"
