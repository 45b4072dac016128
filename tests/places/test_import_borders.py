"""Counties and municipalities from the files that SCB and others publish."""

from pathlib import Path

import pytest
import shapely
from shapely.geometry import Point
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.database.audit import AuditEvent
from outreach.database.spatial import loaded
from outreach.files.crs import from_code
from outreach.files.faults import FileRefused
from outreach.places.models import County, Municipality
from outreach.places.rules import ImportKind
from outreach.places.shapes import Options
from tests.files.making import PRJ_RT90, feature, geojson, geopackage, shapefile, square
from tests.places.importing import (
    COUNTY_COLUMNS,
    MUNICIPALITY_COLUMNS,
    counts,
    imported,
    in_rt90,
    refusals,
    traces,
    warnings,
)

KARLSKRONA = square(530_000, 6_220_000, 20_000)
RONNEBY = square(510_000, 6_220_000, 20_000)
BORDERS = shapefile(
    MUNICIPALITY_COLUMNS, [(("1080", "Karlskrona"), KARLSKRONA), (("1081", "Ronneby"), RONNEBY)]
)
CODES = """\
municipality_code,municipality_name,municipality_name_short,county_code
0780,Växjö kommun,Växjö,07
1080,Karlskrona kommun,Karlskrona,10
1490,Borås kommun,Borås,14
"""


def _areas(session: Session) -> dict[str, shapely.Geometry]:
    rows = session.execute(select(Municipality.code, Municipality.area))
    return {code: loaded(area) for code, area in rows if area is not None}


def _names(session: Session) -> dict[str, str]:
    return dict(session.execute(select(Municipality.code, Municipality.name)).all())


def test_scbs_municipalities_are_stored_with_their_counties(
    session: Session, tmp_path: Path
) -> None:
    result = imported(session, ImportKind.MUNICIPALITIES, BORDERS, folder=tmp_path)
    assert counts(result) == (2, 0, 0, 0)
    assert _names(session) == {"1080": "Karlskrona", "1081": "Ronneby"}
    assert _areas(session)["1080"].area == 400_000_000
    assert session.get_one(County, "10").name == "Blekinge län"


def test_the_same_file_again_changes_nothing_and_leaves_no_trace(
    session: Session, tmp_path: Path
) -> None:
    imported(session, ImportKind.MUNICIPALITIES, BORDERS, folder=tmp_path)
    before = traces(session)
    again = imported(session, ImportKind.MUNICIPALITIES, BORDERS, folder=tmp_path)
    assert counts(again) == (0, 0, 2, 0)
    assert traces(session) == before


def test_another_border_is_a_change_with_its_record(session: Session, tmp_path: Path) -> None:
    imported(session, ImportKind.MUNICIPALITIES, BORDERS, folder=tmp_path)
    version, audited = traces(session)
    larger = shapefile(
        MUNICIPALITY_COLUMNS,
        [
            (("1080", "Karlskrona"), KARLSKRONA),
            (("1081", "Ronneby"), square(510_000, 6_220_000, 10_000)),
        ],
    )
    result = imported(session, ImportKind.MUNICIPALITIES, larger, folder=tmp_path)
    assert (counts(result), result.changed) == ((0, 1, 1, 0), ["1081"])
    # One row for the municipality and one for the file.
    assert traces(session) == (version + 1, audited + 2)
    event = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "municipality.imported")
    ).one()
    assert (event.before, event.after) == ('{"hectares": 40000.0}', '{"hectares": 10000.0}')


def test_borders_join_the_names_of_a_list_of_codes(session: Session, tmp_path: Path) -> None:
    first = imported(session, ImportKind.CODES, CODES, folder=tmp_path)
    second = imported(session, ImportKind.MUNICIPALITIES, BORDERS, folder=tmp_path)
    assert counts(first) == (3, 0, 0, 0)
    assert (second.new, second.changed) == (["1081"], ["1080"])
    assert _names(session)["0780"] == "Växjö"


def test_a_long_name_gives_way_to_a_short_one(session: Session, tmp_path: Path) -> None:
    long = "kommunkod;kommunnamn\n1282;Landskrona stad\n1490;Borås kommun\n0880;Kalmars kommun\n"
    result = imported(session, ImportKind.CODES, long, folder=tmp_path)
    assert _names(session) == {"0880": "Kalmars", "1282": "Landskrona", "1490": "Borås"}
    assert warnings(result) == [("name_may_be_genitive", 3), ("name_may_be_genitive", 4)]
    short = "kommunkod;kommunnamn\n1282;Landskrona\n1490;Borås\n0880;Kalmar\n"
    assert imported(session, ImportKind.CODES, short, folder=tmp_path).changed == ["0880"]
    again = imported(session, ImportKind.CODES, long, folder=tmp_path)
    assert counts(again) == (0, 0, 3, 0)


def test_a_code_eaten_to_an_integer_is_repaired_and_told(session: Session, tmp_path: Path) -> None:
    result = imported(
        session, ImportKind.MUNICIPALITIES, "kommunkod;kommunnamn\n780;Växjö\n", folder=tmp_path
    )
    assert result.new == ["0780"]
    assert warnings(result) == [("code_repaired", 2)]


@pytest.mark.parametrize("code", ["80", "10800", "1080.5", "١٠٨٠", "Karlskrona", ""])
def test_what_is_no_code_is_refused(session: Session, tmp_path: Path, code: str) -> None:
    content = f"kommunkod;kommunnamn\n{code};Karlskrona\n"
    result = imported(session, ImportKind.MUNICIPALITIES, content, folder=tmp_path)
    assert refusals(result) == [("not_a_code", 2, "kommunkod")]


def test_a_code_of_no_county_is_refused(session: Session, tmp_path: Path) -> None:
    content = "kommunkod;kommunnamn\n9980;Nowhere\n"
    result = imported(session, ImportKind.MUNICIPALITIES, content, folder=tmp_path)
    assert refusals(result) == [("county_unknown", 2, "kommunkod")]


def test_the_code_is_believed_before_the_countys_column(session: Session, tmp_path: Path) -> None:
    content = "kommunkod;kommunnamn;lanskod\n0780;Växjö;10\n"
    result = imported(session, ImportKind.MUNICIPALITIES, content, folder=tmp_path)
    assert session.get_one(Municipality, "0780").county_code == "07"
    assert warnings(result) == [("county_differs", 2)]


def test_a_countys_name_comes_from_its_code(session: Session, tmp_path: Path) -> None:
    data = shapefile(
        COUNTY_COLUMNS,
        [
            (("10", "Blekinge"), KARLSKRONA),
            (("07", "Kronobergs"), square(480_000, 6_300_000)),
            (("12", "Malmöhus"), square(400_000, 6_180_000)),
        ],
    )
    result = imported(session, ImportKind.COUNTIES, data, folder=tmp_path)
    names = dict(session.execute(select(County.code, County.name)).all())
    assert names == {"07": "Kronobergs län", "10": "Blekinge län", "12": "Skåne län"}
    assert warnings(result) == [("name_differs", 3)]


def test_geojson_by_the_standard_is_wgs84(session: Session, tmp_path: Path) -> None:
    ring = [[15.5, 56.2], [15.6, 56.2], [15.6, 56.3], [15.5, 56.3], [15.5, 56.2]]
    area = shapely.Polygon(ring)
    data = geojson([feature(area, KnKod="1080", KnNamn="Karlskrona")])
    imported(session, ImportKind.MUNICIPALITIES, data, folder=tmp_path)
    corner = func.ST_Transform(func.ST_GeomFromEWKT("SRID=4619;POINT(15.5 56.2)"), 3006)
    by_database = session.execute(select(func.ST_X(corner), func.ST_Y(corner))).one()
    nearest = _areas(session)["1080"].distance(Point(by_database))
    assert nearest < 0.001


def test_geojson_in_metres_without_a_word_is_understood_and_told(
    session: Session, tmp_path: Path
) -> None:
    data = geojson([feature(KARLSKRONA, KnKod="1080", KnNamn="Karlskrona")])
    result = imported(session, ImportKind.MUNICIPALITIES, data, folder=tmp_path)
    assert _areas(session)["1080"].bounds == KARLSKRONA.bounds
    assert warnings(result) == [("crs_guessed", None)]


def test_a_geopackage_is_read(session: Session, tmp_path: Path) -> None:
    path = geopackage(
        tmp_path / "kommuner.gpkg",
        {"KnKod": ["1080", "1081"], "KnNamn": ["Karlskrona", "Ronneby"]},
        [KARLSKRONA, RONNEBY],
    )
    assert counts(imported(session, ImportKind.MUNICIPALITIES, path, folder=tmp_path)) == (
        2,
        0,
        0,
        0,
    )
    assert _areas(session)["1081"].area == 400_000_000


def test_rt90_is_brought_to_sweref99(session: Session, tmp_path: Path) -> None:
    corners = [in_rt90(east, north) for east, north in KARLSKRONA.exterior.coords]
    data = shapefile(
        MUNICIPALITY_COLUMNS, [(("1080", "Karlskrona"), shapely.Polygon(corners))], prj=PRJ_RT90
    )
    imported(session, ImportKind.MUNICIPALITIES, data, folder=tmp_path)
    assert shapely.hausdorff_distance(_areas(session)["1080"], KARLSKRONA) < 0.01


def test_a_stated_system_counts_for_a_file_that_names_none(
    session: Session, tmp_path: Path
) -> None:
    zone = square(150_000, 6_220_000)
    data = shapefile(MUNICIPALITY_COLUMNS, [(("1080", "Karlskrona"), zone)], prj=None)
    with pytest.raises(FileRefused) as refusal:
        imported(session, ImportKind.MUNICIPALITIES, data, folder=tmp_path)
    assert refusal.value.code == "crs_missing"
    options = Options(crs=from_code(3010))
    imported(session, ImportKind.MUNICIPALITIES, data, folder=tmp_path, options=options)
    # The zone's own meridian, 16° 30′ E, is at 150 000.
    assert 590_000 < _areas(session)["1080"].bounds[0] < 600_000


def test_swapped_axes_are_refused_with_the_hint_and_swapped_on_demand(
    session: Session, tmp_path: Path
) -> None:
    swapped = shapely.transform(KARLSKRONA, lambda rows: rows[:, ::-1])
    data = shapefile(MUNICIPALITY_COLUMNS, [(("1080", "Karlskrona"), swapped)])
    result = imported(session, ImportKind.MUNICIPALITIES, data, folder=tmp_path)
    assert refusals(result) == [("axes_swapped", 1, "geometry")]
    options = Options(swap_axes=True)
    imported(session, ImportKind.MUNICIPALITIES, data, folder=tmp_path, options=options)
    assert shapely.equals(_areas(session)["1080"], KARLSKRONA)


def test_borders_abroad_are_refused(session: Session, tmp_path: Path) -> None:
    data = geojson([feature(shapely.box(-1, 51, 0, 52), KnKod="1080", KnNamn="London")])
    result = imported(session, ImportKind.MUNICIPALITIES, data, folder=tmp_path)
    assert refusals(result) == [("outside_sweden", 1, "geometry")]


def test_points_are_no_borders(session: Session, tmp_path: Path) -> None:
    data = geojson([feature(Point(15.5, 56.2), KnKod="1080", KnNamn="Karlskrona")])
    result = imported(session, ImportKind.MUNICIPALITIES, data, folder=tmp_path)
    assert refusals(result) == [("not_an_area", 1, "geometry")]


def test_a_border_that_crosses_itself_is_repaired_and_told(
    session: Session, tmp_path: Path
) -> None:
    east, north = 530_000, 6_220_000
    bow_tie = shapely.Polygon(
        [(east, north), (east + 1_000, north + 1_000), (east + 1_000, north), (east, north + 1_000)]
    )
    data = geojson([feature(bow_tie, KnKod="1080", KnNamn="Karlskrona")], crs="EPSG:3006")
    result = imported(session, ImportKind.MUNICIPALITIES, data, folder=tmp_path)
    assert warnings(result) == [("area_repaired", 1)]
    assert _areas(session)["1080"].area == 500_000
    again = imported(session, ImportKind.MUNICIPALITIES, data, folder=tmp_path)
    assert counts(again) == (0, 0, 1, 0)


def test_the_same_code_twice_is_refused_the_second_time(session: Session, tmp_path: Path) -> None:
    content = "kommunkod;kommunnamn\n1080;Karlskrona\n1081;Ronneby\n1080;Karlskrona\n"
    result = imported(session, ImportKind.MUNICIPALITIES, content, folder=tmp_path)
    assert counts(result) == (2, 0, 0, 1)
    assert refusals(result) == [("code_twice", 4, None)]


def test_a_file_of_something_else_is_refused_with_what_it_lacks(
    session: Session, tmp_path: Path
) -> None:
    with pytest.raises(FileRefused) as refusal:
        imported(session, ImportKind.MUNICIPALITIES, "geo;time\nSE;2023\n", folder=tmp_path)
    assert refusal.value.code == "column_missing"
    assert refusal.value.facts["found"] == "geo, time"


def test_a_countys_borders_are_added_and_changed(session: Session, tmp_path: Path) -> None:
    codes = "county_code,county_name\n10,Blekinge län\n7,Kronobergs län\n"
    first = imported(session, ImportKind.CODES, codes, folder=tmp_path)
    assert (list(first.new), warnings(first)) == (["10", "07"], [("code_repaired", 3)])
    borders = shapefile(COUNTY_COLUMNS, [(("10", "Blekinge"), KARLSKRONA)])
    second = imported(session, ImportKind.COUNTIES, borders, folder=tmp_path)
    assert list(second.changed) == ["10"]
    again = imported(session, ImportKind.COUNTIES, borders, folder=tmp_path)
    assert counts(again) == (0, 0, 1, 0)


def test_codes_without_names_are_no_new_municipalities(session: Session, tmp_path: Path) -> None:
    data = shapefile(MUNICIPALITY_COLUMNS[:1], [(("1080",), KARLSKRONA)])
    first = imported(session, ImportKind.MUNICIPALITIES, data, folder=tmp_path)
    assert refusals(first) == [("municipality_unnamed", 1, None)]
    imported(session, ImportKind.CODES, CODES, folder=tmp_path)
    second = imported(session, ImportKind.MUNICIPALITIES, data, folder=tmp_path)
    assert (list(second.changed), _names(session)["1080"]) == (["1080"], "Karlskrona")


def test_a_garbled_name_is_told(session: Session, tmp_path: Path) -> None:
    content = "kommunkod;kommunnamn\n0780;VÃ¤xjÃ¶\n"
    result = imported(session, ImportKind.MUNICIPALITIES, content, folder=tmp_path)
    assert warnings(result) == [("name_garbled", 2)]


def test_names_are_whole_with_the_right_encoding(session: Session, tmp_path: Path) -> None:
    content = "kommunkod;kommunnamn\n0780;Växjö\n".encode("cp850")
    options = Options(encoding="cp850")
    imported(session, ImportKind.MUNICIPALITIES, content, folder=tmp_path, options=options)
    assert _names(session)["0780"] == "Växjö"
