"""GeoJSON in both dialects, and broken in every way."""

import json

import pytest
from shapely.geometry import MultiPolygon, Point

from outreach.files.budget import Budget
from outreach.files.crs import SWEREF99_TM, WGS84
from outreach.files.faults import FileRefused
from outreach.files.geojson import read
from outreach.files.reading import read_bytes
from outreach.files.table import Table
from tests.files.making import feature, geojson, square


def _read(data: bytes) -> Table:
    return read(data, budget=Budget())


def _one(geometry: object) -> bytes:
    return geojson([{"type": "Feature", "geometry": geometry, "properties": {"kod": "1"}}])


def test_properties_and_geometry_of_every_feature_are_read() -> None:
    area = MultiPolygon([square(500_000, 6_240_000), square(503_000, 6_240_000)])
    table = _read(geojson([feature(area, kod="1080", namn="Åryd", bef=12)]))
    assert table.columns.written == ("kod", "namn", "bef")
    assert table.rows[0].number == 1
    assert list(table.rows[0].cells) == ["1080", "Åryd", 12]
    assert table.rows[0].shape == area


def test_features_may_differ_in_their_properties() -> None:
    table = _read(geojson([feature(Point(15, 56), kod="1"), feature(Point(15, 56), namn="By")]))
    assert [list(row.cells) for row in table] == [["1", None], [None, "By"]]


def test_without_a_word_on_it_the_file_is_in_wgs84() -> None:
    assert _read(geojson([])).crs == WGS84


@pytest.mark.parametrize(
    "name",
    ["urn:ogc:def:crs:EPSG::3006", "EPSG:3006", "http://www.opengis.net/def/crs/EPSG/0/3006"],
)
def test_the_older_member_crs_is_believed(name: str) -> None:
    assert _read(geojson([], crs=name)).crs == SWEREF99_TM


def test_an_unknown_system_refuses_the_file() -> None:
    with pytest.raises(FileRefused) as refusal:
        _read(geojson([], crs="urn:ogc:def:crs:EPSG::4978"))
    assert refusal.value.code == "crs_unknown"


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        ({"type": "LineString", "coordinates": [[15, 56], [16, 57]]}, "geometry_kind"),
        ({"type": "GeometryCollection", "geometries": []}, "geometry_kind"),
        ({"type": "Polygon", "coordinates": []}, "geometry_missing"),
        ({"type": "Polygon", "coordinates": [[[15, 56], [16, 57], [15, 56]]]}, "ring_too_short"),
        ({"type": "Polygon", "coordinates": [[[15], [16], [15], [15]]]}, "geometry_broken"),
        ({"type": "Polygon", "coordinates": [["15", "16"]]}, "geometry_broken"),
        ({"type": "Point", "coordinates": [True, False]}, "geometry_broken"),
        ({"type": "Point", "coordinates": ["15", "56"]}, "geometry_broken"),
        ({"type": "Point", "coordinates": [15, 10**400]}, "geometry_broken"),
        ({"type": "Point", "coordinates": None}, "geometry_broken"),
        ({"type": "Point"}, "geometry_broken"),
        ([1, 2], "geometry_broken"),
    ],
)
def test_a_bad_geometry_refuses_its_row(geometry: object, code: str) -> None:
    table = _read(_one(geometry))
    assert [(one.code, one.row) for one in table.refused] == [(code, 1)]
    assert not table.rows


def test_a_number_beyond_floats_refuses_its_row() -> None:
    data = _one({"type": "Point", "coordinates": [15, 56]}).replace(b"56", b"1e999")
    assert [one.code for one in _read(data).refused] == ["geometry_broken"]


def test_an_open_ring_is_closed() -> None:
    ring = [[15, 56], [16, 56], [16, 57], [15, 57]]
    table = _read(_one({"type": "Polygon", "coordinates": [ring]}))
    assert table.rows[0].shape is not None
    assert table.rows[0].shape.area == 1


def test_what_is_no_feature_is_refused_by_its_row() -> None:
    table = _read(geojson([feature(Point(15, 56), kod="1"), "x", {"type": "Point"}]))
    assert [one.row for one in table.refused] == [2, 3]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", "json_broken"),
        (b"[]", "json_broken"),
        (b'{"type": "FeatureCollection"', "json_broken"),
        (b'{"type": "FeatureCollection", "features": [}', "json_broken"),
        (b'{"type": "FeatureCollection", "features": []} x', "json_broken"),
        (b'{"type": "Feature", "features": []}', "not_a_feature_collection"),
        (b'{"type": "FeatureCollection"}', "not_a_feature_collection"),
        (b'{"type": "FeatureCollection", "features": {}}', "not_a_feature_collection"),
        (b'{"type": "FeatureCollection", "features": [NaN]}', "json_number"),
        (b'{"type": "FeatureCollection", "features": [-Infinity]}', "json_number"),
        (b'{"x": ' + b"9" * 5000 + b"}", "json_broken"),
        (b'{"features": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "json_too_deep"),
        (b'{"x": [' + b"[]," * 600_000 + b"[]]}", "json_value_too_large"),
        (b'{"x": "' + b"y" * 9_000_000 + b'"}', "json_value_too_large"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        _read(data)
    assert refusal.value.code == code


def test_a_long_feature_that_begins_with_a_short_one_is_read_whole() -> None:
    ring = [[15 + index / 1e6, 56] for index in range(9_000)] + [[15, 57]]
    data = _one({"type": "Polygon", "coordinates": [ring]})
    assert len(data) > 128 * 1024
    table = _read(data)
    assert json.loads(data)["features"][0]["properties"]["kod"] == table.rows[0].cells[0]


def test_yes_and_no_are_read_as_such_and_not_left_out() -> None:
    table = _read(geojson([feature(Point(15, 56), jobs=True), feature(Point(15, 56), jobs=False)]))
    assert [list(row.cells) for row in table] == [["true"], ["false"]]


def test_utf16_is_read_as_windows_writes_it() -> None:
    data = geojson([feature(Point(15, 56), namn="Åby")]).decode().encode("utf-16")
    assert list(read_bytes(data, budget=Budget()).rows[0].cells) == ["Åby"]
