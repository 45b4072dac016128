"""Coordinate systems are known by code, name and parameters, and lead to the right place."""

import numpy as np
import pytest
from shapely.geometry import Point
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.files.crs import (
    FAR,
    RT90_25_GON_V,
    SWEREF99_TM,
    WGS84,
    Crs,
    from_code,
    from_name,
    from_wkt,
    to_sweref99_tm,
)
from outreach.files.placing import place as place_in
from tests.files.making import PRJ_RT90, PRJ_WITHOUT_CODE

WGS84_PRJ = (
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)
CORNERS = [(10.9, 55.3), (14.5, 56.0), (15.6, 56.2), (16.5, 59.9), (20.3, 63.8), (24.1, 68.4)]
SWEREF_1630 = PRJ_WITHOUT_CODE.replace("500000.0", "150000.0").replace("0.9996", "1.0")


def _by_database(session: Session, place: tuple[float, float], code: int) -> tuple[float, float]:
    text = f"SRID=4619;POINT({place[0]} {place[1]})"
    point = func.ST_Transform(func.ST_GeomFromEWKT(text), code)
    east, north = session.execute(select(func.ST_X(point), func.ST_Y(point))).one()
    return east, north


def test_sweref99_tm_is_known_by_its_parameters() -> None:
    assert from_wkt(PRJ_WITHOUT_CODE) == SWEREF99_TM


def test_rt90_is_known_by_its_parameters() -> None:
    assert from_wkt(PRJ_RT90) == RT90_25_GON_V


def test_a_local_zone_is_known_by_its_parameters() -> None:
    found = from_wkt(SWEREF_1630.replace('Meridian",15.0', 'Meridian",16.5'))
    assert found is not None
    place = to_sweref99_tm(np.array([(150_000.0, 6_240_000.0)]), source=found)
    by_code = to_sweref99_tm(np.array([(150_000.0, 6_240_000.0)]), source=Crs("EPSG:3010", ""))
    assert np.abs(place - by_code).max() < 0.001


def test_a_geographic_system_is_known() -> None:
    assert from_wkt(WGS84_PRJ) == WGS84


def test_the_code_of_a_part_is_not_that_of_the_whole() -> None:
    inner = PRJ_WITHOUT_CODE.replace("298.257222101]]", '298.257222101]],AUTHORITY["EPSG","4619"]')
    assert from_wkt(inner) == SWEREF99_TM


def test_heights_beside_places_do_no_harm() -> None:
    heights = 'VERT_CS["heights",VERT_DATUM["heights",2005],UNIT["metre",1]]'
    assert from_wkt(f'COMPD_CS["both",{PRJ_WITHOUT_CODE},{heights}]') == SWEREF99_TM


@pytest.mark.parametrize(
    "wkt",
    [
        "",
        "x",
        'LOCAL_CS["the yard",UNIT["metre",1]]',
        PRJ_WITHOUT_CODE.replace("6378137.0", "6370000.0"),
        PRJ_RT90.replace("1500000.0", "500000.0"),
        WGS84_PRJ.replace("6378137.0", "6377397.155"),
        PRJ_WITHOUT_CODE.ljust(20_000),
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
        ("EPSG:25832", 25832),
        ("http://www.opengis.net/def/crs/EPSG/0/3006", 3006),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", 4326),
    ],
)
def test_names_are_understood(name: str, code: int) -> None:
    assert from_name(name) == Crs(f"EPSG:{code}", "")


@pytest.mark.parametrize(
    "name", ["", "3006", "EPSG:99999", "EPSG:4978", "Sweden", "urn:ogc:def:crs:EPSG::"]
)
def test_other_names_are_not(name: str) -> None:
    assert from_name(name) is None


@pytest.mark.parametrize("code", [3006, 3010, 3021, 3857, 4258, 4619, 5845, 25833, 32633])
def test_places_come_out_where_the_database_puts_them(session: Session, code: int) -> None:
    crs = from_code(code)
    assert crs is not None
    flat = 3006 if code == 5845 else code
    theirs = np.array([_by_database(session, place, flat) for place in CORNERS])
    wanted = np.array([_by_database(session, place, 3006) for place in CORNERS])
    # RT 90 is a survey's approximation, which each edition of PROJ knows a little better.
    assert np.abs(to_sweref99_tm(theirs, source=crs) - wanted).max() < (
        0.6 if code == 3021 else 0.001
    )


def test_the_published_point_of_solvesborg_comes_out() -> None:
    # Statistics Sweden gives both: 14.55617 56.047598 and 472353.4 6211466.0, rounded.
    found = to_sweref99_tm(np.array([[14.55617, 56.047598]]), source=WGS84)
    assert np.abs(found - np.array([[472353.4, 6211466.0]])).max() < 0.15


@pytest.mark.parametrize(
    ("crs", "place"),
    [
        (WGS84, (15.6 + 360, 56.2)),
        (WGS84, (56.0, 1e9)),
        (WGS84, (1e308, 56.0)),
        (WGS84, (-170.0, -90.0)),
        (WGS84, (np.nan, 56.0)),
        (RT90_25_GON_V, (1e300, -1e300)),
        (RT90_25_GON_V, (6_211_000.0, 1e12)),
    ],
)
def test_what_is_no_place_on_the_ground_is_not_in_sweden(
    crs: Crs, place: tuple[float, float]
) -> None:
    found = to_sweref99_tm(np.array([place]), source=crs)
    assert np.isfinite(found).all()
    assert np.abs(found).max() <= FAR
    assert place_in([Point(found[0])], stated=SWEREF99_TM).shapes == [None]


def test_metres_in_the_same_system_are_left_alone() -> None:
    place = np.array([[500_000.123456789, 6_240_000.987654321]])
    assert to_sweref99_tm(place, source=SWEREF99_TM) is place
