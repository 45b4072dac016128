"""Localities as SCB publishes them, and villages in our own format."""

from datetime import date
from pathlib import Path

import pytest
import shapely
from shapely.geometry import Point
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.database.audit import AuditEvent
from outreach.database.spatial import loaded, stored
from outreach.files.faults import FileRefused
from outreach.places.models import (
    Municipality,
    Village,
)
from outreach.places.rules import ImportKind
from outreach.places.shapes import Options
from tests import factories
from tests.files.making import feature, geojson, geopackage, square
from tests.places.importing import (
    LOCALITIES,
    counts,
    imported,
    in_rt90,
    refusals,
    traces,
    warnings,
)
from tests.places.stored import (
    HEADER,
    MJALLBY,
    polygon,
    stored_classes,
    stored_inhabitants,
    stored_village,
)


@pytest.fixture(autouse=True)
def _solvesborg(session: Session) -> None:
    factories.municipality(session, "1083", name="Sölvesborg")


def test_scbs_points_are_stored_with_class_and_inhabitants(
    session: Session, tmp_path: Path
) -> None:
    result = imported(session, ImportKind.LOCALITIES, LOCALITIES, folder=tmp_path)
    assert counts(result) == (2, 0, 0, 0)
    mjallby = stored_village(session, "1083TB105")
    assert (mjallby.name, mjallby.municipality_code, mjallby.source) == ("Mjällby", "1083", "SCB")
    assert mjallby.point is not None
    assert loaded(mjallby.point) == Point(480608.8, 6211422.7)
    assert stored_classes(session, "1083TB105") == [(2020, date(2020, 12, 31), "tatort")]
    assert stored_inhabitants(session, "1083TB105") == [(date(2020, 12, 31), 1365, 227)]


def test_the_same_file_again_changes_nothing_and_leaves_no_trace(
    session: Session, tmp_path: Path
) -> None:
    imported(session, ImportKind.LOCALITIES, LOCALITIES, folder=tmp_path)
    before = traces(session)
    again = imported(session, ImportKind.LOCALITIES, LOCALITIES, folder=tmp_path)
    assert counts(again) == (0, 0, 2, 0)
    assert again.affected == []
    assert traces(session) == before


def test_the_villages_that_changed_are_told(session: Session, tmp_path: Path) -> None:
    first = imported(session, ImportKind.LOCALITIES, LOCALITIES, folder=tmp_path)
    assert len(first.affected) == 2
    second = imported(
        session, ImportKind.LOCALITIES, LOCALITIES.replace("1365", "1366"), folder=tmp_path
    )
    assert list(second.affected) == [stored_village(session, "1083TB105").id]
    assert stored_inhabitants(session, "1083TB105") == [(date(2020, 12, 31), 1366, 227)]
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "village.imported")).one()
    assert event.before == '{"inhabitants 2020-12-31": 1365}'
    assert event.after == '{"inhabitants 2020-12-31": 1366}'


def test_a_new_delimitation_adds_dated_rows_and_overwrites_none(
    session: Session, tmp_path: Path
) -> None:
    imported(session, ImportKind.LOCALITIES, LOCALITIES, folder=tmp_path)
    imported(session, ImportKind.LOCALITIES, polygon(bef=1400), folder=tmp_path)
    assert stored_classes(session, "1083TB105") == [
        (2020, date(2020, 12, 31), "tatort"),
        (2023, date(2023, 12, 31), "tatort"),
    ]
    assert stored_inhabitants(session, "1083TB105") == [
        (date(2020, 12, 31), 1365, 227),
        (date(2023, 12, 31), 1400, 100),
    ]


def test_an_older_delimitation_leaves_name_and_area_alone(session: Session, tmp_path: Path) -> None:
    imported(session, ImportKind.LOCALITIES, polygon(), folder=tmp_path)
    older = polygon(ar="2018", tatort="Mjällby by")
    imported(session, ImportKind.LOCALITIES, older, folder=tmp_path)
    assert stored_village(session, "1083TB105").name == "Mjällby"
    assert [year for year, _, _ in stored_classes(session, "1083TB105")] == [2018, 2023]


def test_a_polygon_gives_an_area_and_a_point_within_it(session: Session, tmp_path: Path) -> None:
    result = imported(session, ImportKind.LOCALITIES, polygon(), folder=tmp_path)
    village = stored_village(session, "1083TB105")
    assert village.area is not None
    assert village.point is not None
    assert loaded(village.area).area == 1_000_000
    assert loaded(village.area).contains(loaded(village.point))
    assert warnings(result) == []


def test_a_polygon_leaves_a_known_point_where_it_is(session: Session, tmp_path: Path) -> None:
    imported(session, ImportKind.LOCALITIES, LOCALITIES, folder=tmp_path)
    imported(session, ImportKind.LOCALITIES, polygon(), folder=tmp_path)
    point = stored_village(session, "1083TB105").point
    assert point is not None
    assert loaded(point) == Point(480608.8, 6211422.7)


@pytest.mark.parametrize(
    ("declared", "told"),
    [(102, []), (98, []), (103, [("hectares_differ", 1)]), (97, [("hectares_differ", 1)])],
)
def test_an_area_more_than_two_hectares_off_is_told(
    session: Session, tmp_path: Path, declared: int, told: list[tuple[str, int]]
) -> None:
    data = polygon(area_ha=declared)
    result = imported(session, ImportKind.LOCALITIES, data, folder=tmp_path)
    assert warnings(result) == told


def test_smaorter_are_known_by_their_code(session: Session, tmp_path: Path) -> None:
    content = HEADER + "1083SB105,Nogersund,1083,120,2020,478000,6207000\n"
    imported(session, ImportKind.LOCALITIES, content, folder=tmp_path)
    assert stored_classes(session, "1083SB105") == [(2020, date(2020, 12, 31), "smaort")]


def test_the_code_counts_against_the_border_and_the_conflict_is_told(
    session: Session, tmp_path: Path
) -> None:
    karlshamn = factories.municipality(session, "1082", name="Karlshamn")
    karlshamn.area = stored(shapely.MultiPolygon([square(485_000, 6_220_000, 20_000)]))
    session.get_one(Municipality, "1083").area = stored(
        shapely.MultiPolygon([square(465_000, 6_205_000, 19_990)])
    )
    session.flush()
    content = HEADER + "1083TB108,Pukavik,1083,417,2020,485100,6224000\n"
    result = imported(session, ImportKind.LOCALITIES, content, folder=tmp_path)
    assert stored_village(session, "1083TB108").municipality_code == "1083"
    assert warnings(result) == [("lies_elsewhere", 2)]
    assert result.warnings[0].facts["other"] == "Karlshamn"
    # From (485 100, 6 224 000) to the east side of Sölvesborg's square at 484 990.
    assert result.warnings[0].facts["metres"] == 110


def test_an_island_outside_every_border_belongs_where_its_code_says(
    session: Session, tmp_path: Path
) -> None:
    session.get_one(Municipality, "1083").area = stored(
        shapely.MultiPolygon([square(465_000, 6_205_000, 10_000)])
    )
    session.flush()
    content = HEADER + "1083TB106,Hanö,1083,40,2020,480000,6207000\n"
    result = imported(session, ImportKind.LOCALITIES, content, folder=tmp_path)
    assert stored_village(session, "1083TB106").municipality_code == "1083"
    assert warnings(result) == []


def test_a_place_geocoded_to_a_namesake_far_away_is_told(session: Session, tmp_path: Path) -> None:
    session.get_one(Municipality, "1083").area = stored(
        shapely.MultiPolygon([square(465_000, 6_205_000, 10_000)])
    )
    session.flush()
    content = HEADER + "1083TB106,Åsen,1083,40,2020,480000,6707000\n"
    result = imported(session, ImportKind.LOCALITIES, content, folder=tmp_path)
    assert warnings(result) == [("lies_far_away", 2)]


def test_a_locality_that_spans_municipalities_stays_under_its_codes(
    session: Session, tmp_path: Path
) -> None:
    content = HEADER + MJALLBY.replace(",1083,", ",1082,")
    result = imported(session, ImportKind.LOCALITIES, content, folder=tmp_path)
    assert stored_village(session, "1083TB105").municipality_code == "1083"
    assert warnings(result) == [("municipality_differs", 2)]


def test_namesakes_are_told_apart_by_their_codes(session: Session, tmp_path: Path) -> None:
    factories.municipality(session, "0780", name="Växjö")
    content = HEADER + (
        "1083TB101,Gränum,1083,254,2020,475485,6211560\n"
        "780TB101,Gränum,780,254,2020,475485,6311560\n"
    )
    result = imported(session, ImportKind.LOCALITIES, content, folder=tmp_path)
    assert list(result.new) == ["1083TB101", "0780TB101"]
    assert warnings(result) == [("code_repaired", 3)]


def test_an_unknown_municipality_refuses_the_row(session: Session, tmp_path: Path) -> None:
    content = HEADER + MJALLBY + "0780TB101,Gemla,0780,1200,2020,480000,6300000\n"
    result = imported(session, ImportKind.LOCALITIES, content, folder=tmp_path)
    assert counts(result) == (1, 0, 0, 1)
    assert refusals(result) == [("municipality_unknown", 3, None)]


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [
        ("1365", "1.365", ("ambiguous_thousands", 2, "pop")),
        ("1365", "-1", ("negative", 2, "pop")),
        ("1365", "12;5", ("not_a_number", 2, "pop")),
        ("1083TB105", "T3052", ("not_a_code", 2, "code")),
        ("Mjällby", "", ("missing", 2, "name")),
        ("Mjällby", "12", ("not_a_name", 2, "name")),
        ("2020,", "2031,", ("delimitation_year_unlikely", 2, "year")),
        ("2020,", ",", ("missing", 2, "year")),
        ("480608.8", "", ("missing", 2, "x_sweref99tm")),
        ("480608.8", "abc", ("not_a_number", 2, "x_sweref99tm")),
        ("480608.8", "80608.8", ("outside_sweden", 2, "x_sweref99tm, y_sweref99tm")),
        (
            "480608.8,6211422.7",
            "6211422.7,480608.8",
            ("axes_swapped", 2, "x_sweref99tm, y_sweref99tm"),
        ),
    ],
)
def test_a_bad_cell_refuses_its_row_by_number_and_column(
    session: Session, tmp_path: Path, old: str, new: str, refusal: tuple[str, int, str]
) -> None:
    content = HEADER + MJALLBY.replace(old, new, 1)
    result = imported(session, ImportKind.LOCALITIES, content, folder=tmp_path)
    assert refusals(result) == [refusal]
    assert counts(result) == (0, 0, 0, 1)


def test_swedish_numbers_are_read(session: Session, tmp_path: Path) -> None:
    content = (
        "Tätortskod;Tätort;Befolkning;Areal;År;Öst;Nord\n"
        "1083TB105;Mjällby;1\N{NO-BREAK SPACE}365;227,4;2020;480608,8;6 211 422,7\n"
    ).encode("cp1252")
    imported(session, ImportKind.LOCALITIES, content, folder=tmp_path)
    assert stored_inhabitants(session, "1083TB105") == [(date(2020, 12, 31), 1365, 227)]


def test_the_delimitation_may_be_stated(session: Session, tmp_path: Path) -> None:
    content = "code,name,lon,lat\n1083TB105,Mjällby,14.688699,56.047615\n"
    with pytest.raises(FileRefused) as refusal:
        imported(session, ImportKind.LOCALITIES, content, folder=tmp_path)
    assert refusal.value.code == "delimitation_year_missing"
    options = Options(delimitation_year=2020)
    imported(session, ImportKind.LOCALITIES, content, folder=tmp_path, options=options)
    assert stored_classes(session, "1083TB105")[0][0] == 2020
    point = stored_village(session, "1083TB105").point
    assert point is not None
    assert loaded(point).distance(Point(480608.8, 6211422.7)) < 0.2


def test_a_stated_delimitation_that_the_file_contradicts_refuses_the_row(
    session: Session, tmp_path: Path
) -> None:
    options = Options(delimitation_year=2023)
    result = imported(
        session, ImportKind.LOCALITIES, HEADER + MJALLBY, folder=tmp_path, options=options
    )
    assert refusals(result) == [("delimitation_year_differs", 2, "year")]


def test_the_figures_may_be_of_another_day(session: Session, tmp_path: Path) -> None:
    options = Options(reference_date=date(2020, 10, 1))
    content = HEADER + MJALLBY
    imported(session, ImportKind.LOCALITIES, content, folder=tmp_path, options=options)
    assert stored_inhabitants(session, "1083TB105") == [(date(2020, 10, 1), 1365, None)]


def test_what_a_new_delimitation_leaves_out_is_told_and_kept(
    session: Session, tmp_path: Path
) -> None:
    imported(session, ImportKind.LOCALITIES, LOCALITIES, folder=tmp_path)
    factories.village(session, "Norje", municipality_code="1083")
    result = imported(session, ImportKind.LOCALITIES, polygon(), folder=tmp_path)
    assert [(one.code, one.name) for one in result.missing] == [("1083TC109", "Sölvesborg")]
    assert session.scalars(select(func.count()).select_from(Village)).one() == 3


def test_a_geopackage_of_localities_is_read(session: Session, tmp_path: Path) -> None:
    path = geopackage(
        tmp_path / "tatorter.gpkg",
        {"tatortskod": ["1083TB105"], "tatort": ["Mjällby"], "bef": [1365], "ar": [2020]},
        [square(480_000, 6_211_000)],
    )
    assert counts(imported(session, ImportKind.LOCALITIES, path, folder=tmp_path)) == (1, 0, 0, 0)


def test_decomposed_letters_are_the_same_name(session: Session, tmp_path: Path) -> None:
    imported(session, ImportKind.LOCALITIES, HEADER + MJALLBY, folder=tmp_path)
    decomposed = (HEADER + MJALLBY).replace("ä", "a\N{COMBINING DIAERESIS}")
    again = imported(session, ImportKind.LOCALITIES, decomposed, folder=tmp_path)
    assert counts(again) == (0, 0, 1, 0)


def test_a_polygon_that_crosses_itself_is_repaired_and_told(
    session: Session, tmp_path: Path
) -> None:
    east, north = 480_000, 6_211_000
    bow_tie = shapely.Polygon(
        [(east, north), (east + 1_000, north + 1_000), (east + 1_000, north), (east, north + 1_000)]
    )
    data = geojson(
        [feature(bow_tie, tatortskod="1083TB105", tatort="Mjällby", ar="2023")], crs="EPSG:3006"
    )
    result = imported(session, ImportKind.LOCALITIES, data, folder=tmp_path)
    assert warnings(result) == [("area_repaired", 1)]


def test_a_garbled_name_of_a_village_is_told(session: Session, tmp_path: Path) -> None:
    content = HEADER + MJALLBY.replace("ä", "Ã¤")
    result = imported(session, ImportKind.LOCALITIES, content, folder=tmp_path)
    assert warnings(result) == [("name_garbled", 2)]


def test_east_and_north_in_rt90_are_understood_and_told(session: Session, tmp_path: Path) -> None:
    east, north = in_rt90(478_500, 6_207_800)
    content = f"kod;namn;avgränsningsår;öst;nord\n1083-nas;Näs;2020;{east:.3f};{north:.3f}\n"
    result = imported(session, ImportKind.VILLAGES, content, folder=tmp_path)
    assert warnings(result) == [("crs_guessed", None)]
    point = stored_village(session, "1083-nas").point
    assert point is not None
    assert loaded(point).distance(Point(478_500, 6_207_800)) < 0.01
