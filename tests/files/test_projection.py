"""Our formulas against the databases' PROJ, and against published figures."""

import numpy as np
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.files.crs import BY_CODE, RT90_25_GON_V, SWEREF99_TM, WGS84, Crs
from outreach.files.projection import FAR, from_degrees, to_sweref99_tm, to_wgs84

CORNERS = [(10.9, 55.3), (14.5, 56.0), (15.6, 56.2), (16.5, 59.9), (20.3, 63.8), (24.1, 68.4)]
ZONES = [code for code in BY_CODE if 3006 <= code <= 3018]
RT90 = [code for code in BY_CODE if 3019 <= code <= 3024]


def _by_database(session: Session, place: tuple[float, float], code: int) -> tuple[float, float]:
    text = f"SRID=4619;POINT({place[0]} {place[1]})"
    point = func.ST_Transform(func.ST_GeomFromEWKT(text), code)
    east, north = session.execute(select(func.ST_X(point), func.ST_Y(point))).one()
    return east, north


@pytest.mark.parametrize("code", ZONES)
def test_sweref99_agrees_with_the_database_to_a_millimetre(session: Session, code: int) -> None:
    ours = from_degrees(np.array(CORNERS), target=BY_CODE[code])
    theirs = np.array([_by_database(session, place, code) for place in CORNERS])
    assert np.abs(ours - theirs).max() < 0.001


@pytest.mark.parametrize("code", RT90)
def test_rt90_agrees_with_the_database_to_a_metre(session: Session, code: int) -> None:
    # Both approximate the survey: a direct projection here, a seven-parameter shift there.
    ours = from_degrees(np.array(CORNERS), target=BY_CODE[code])
    theirs = np.array([_by_database(session, place, code) for place in CORNERS])
    assert np.abs(ours - theirs).max() < 0.6


@pytest.mark.parametrize("code", [*ZONES, *RT90, 4326, 4258, 25833])
def test_there_and_back_is_the_same_place(code: int) -> None:
    crs = BY_CODE[code]
    there = from_degrees(np.array(CORNERS), target=crs)
    in_metres = to_sweref99_tm(there, source=crs)
    assert np.abs(to_wgs84(in_metres) - np.array(CORNERS)).max() < 1e-8


def test_the_published_point_of_solvesborg_comes_out() -> None:
    # Statistics Sweden gives both: 14.55617 56.047598 and 472353.4 6211466.0, rounded.
    found = to_sweref99_tm(np.array([[14.55617, 56.047598]]), source=WGS84)
    assert np.abs(found - np.array([[472353.4, 6211466.0]])).max() < 0.15


@pytest.mark.parametrize(
    ("crs", "place"),
    [
        (WGS84, (56.0, 1e9)),
        (WGS84, (1e308, 56.0)),
        (WGS84, (-170.0, -90.0)),
        (RT90_25_GON_V, (1e300, -1e300)),
        (RT90_25_GON_V, (6_211_000.0, 1e12)),
    ],
)
def test_what_cannot_be_computed_comes_out_far_away(crs: Crs, place: tuple[float, float]) -> None:
    found = to_sweref99_tm(np.array([place]), source=crs)
    assert np.isfinite(found).all()
    assert np.abs(found).max() >= 1e7
    assert np.abs(found).max() <= FAR


def test_metres_in_the_same_system_are_left_alone() -> None:
    place = np.array([[500_000.123456789, 6_240_000.987654321]])
    assert to_sweref99_tm(place, source=SWEREF99_TM) is place
