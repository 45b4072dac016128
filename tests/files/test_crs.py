"""Coordinate systems are known by code, by name and by their parameters."""

import pytest

from outreach.files.crs import BY_CODE, RT90_25_GON_V, SWEREF99_TM, WGS84, from_name, from_wkt
from tests.files.making import PRJ_RT90, PRJ_WITHOUT_CODE

WGS84_PRJ = (
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)
SWEREF_1630 = PRJ_WITHOUT_CODE.replace("500000.0", "150000.0").replace("0.9996", "1.0")


def test_sweref99_tm_is_known_by_its_parameters() -> None:
    assert from_wkt(PRJ_WITHOUT_CODE) == SWEREF99_TM


def test_rt90_is_known_by_its_parameters() -> None:
    assert from_wkt(PRJ_RT90) == RT90_25_GON_V


def test_a_local_zone_is_known_by_its_parameters() -> None:
    assert from_wkt(SWEREF_1630.replace('Meridian",15.0', 'Meridian",16.5')) == BY_CODE[3010]


def test_a_geographic_system_is_known() -> None:
    assert from_wkt(WGS84_PRJ) == WGS84


def test_the_code_of_the_whole_counts_and_not_that_of_a_part() -> None:
    inner = PRJ_WITHOUT_CODE.replace("298.257222101]]", '298.257222101]],AUTHORITY["EPSG","4619"]')
    assert from_wkt(inner) == SWEREF99_TM
    assert from_wkt(PRJ_WITHOUT_CODE[:-1] + ',AUTHORITY["EPSG","3021"]]') == RT90_25_GON_V


@pytest.mark.parametrize(
    "wkt",
    [
        "",
        "x",
        PRJ_WITHOUT_CODE.replace("15.0", "16.0"),
        PRJ_WITHOUT_CODE.replace("Transverse_Mercator", "Lambert_Conformal_Conic"),
        PRJ_WITHOUT_CODE.replace("6378137.0", "6370000.0"),
        PRJ_RT90.replace("1500000.0", "500000.0"),
        WGS84_PRJ.replace("6378137.0", "6377397.155"),
    ],
)
def test_what_is_not_known_is_not_guessed(wkt: str) -> None:
    assert from_wkt(wkt) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("urn:ogc:def:crs:EPSG::3006", 3006),
        ("urn:ogc:def:crs:EPSG:9.9:3021", 3021),
        ("EPSG:4326", 4326),
        ("http://www.opengis.net/def/crs/EPSG/0/3006", 3006),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", 4326),
    ],
)
def test_names_are_understood(name: str, code: int) -> None:
    found = from_name(name)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("name", ["", "3006", "EPSG:99999", "Sweden", "urn:ogc:def:crs:EPSG::"])
def test_other_names_are_not(name: str) -> None:
    assert from_name(name) is None
