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
from outreach.measures.classes import SettlementClass
from outreach.places.imports import ImportKind
from outreach.places.models import (
    Municipality,
    Village,
    VillageClass,
    VillageDwellings,
    VillagePopulation,
)
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

HEADER = "code,name,mun_code,pop,year,x_sweref99tm,y_sweref99tm\n"
MJALLBY = "1083TB105,Mjällby,1083,1365,2020,480608.8,6211422.7\n"


@pytest.fixture(autouse=True)
def _solvesborg(session: Session) -> None:
    factories.municipality(session, "1083", name="Sölvesborg")


def _village(session: Session, code: str) -> Village:
    return session.scalars(select(Village).where(Village.code == code)).one()


def _classes(session: Session, code: str) -> list[tuple[int, date, str]]:
    rows = session.execute(
        select(
            VillageClass.delimitation_year, VillageClass.valid_from, VillageClass.settlement_class
        )
        .join(Village, Village.id == VillageClass.village_id)
        .where(Village.code == code)
        .order_by(VillageClass.delimitation_year)
    )
    return [(year, day, kind.value) for year, day, kind in rows]


def _inhabitants(session: Session, code: str) -> list[tuple[date, int, int | None]]:
    rows = session.execute(
        select(
            VillagePopulation.reference_date,
            VillagePopulation.inhabitants,
            VillagePopulation.area_hectares,
        )
        .join(Village, Village.id == VillagePopulation.village_id)
        .where(Village.code == code)
        .order_by(VillagePopulation.reference_date)
    )
    return [tuple(row) for row in rows]


def _dwellings(session: Session, code: str) -> list[tuple[date, str, int]]:
    rows = session.execute(
        select(
            VillageDwellings.reference_date,
            VillageDwellings.dwelling_type,
            VillageDwellings.dwellings,
        )
        .join(Village, Village.id == VillageDwellings.village_id)
        .where(Village.code == code)
        .order_by(VillageDwellings.reference_date, VillageDwellings.dwelling_type)
    )
    return [(day, kind.value, count) for day, kind, count in rows]


def _polygon(**properties: str | float | None) -> bytes:
    given = {"tatortskod": "1083TB105", "tatort": "Mjällby", "kommun": "1083", "bef": 1365}
    area = square(480_000, 6_211_000)
    return geojson(
        [feature(area, **(given | {"area_ha": 100, "ar": "2023"} | properties))],
        crs="urn:ogc:def:crs:EPSG::3006",
    )


def test_scbs_points_are_stored_with_class_and_inhabitants(
    session: Session, tmp_path: Path
) -> None:
    result = imported(session, ImportKind.LOCALITIES, LOCALITIES, folder=tmp_path)
    assert counts(result) == (2, 0, 0, 0)
    mjallby = _village(session, "1083TB105")
    assert (mjallby.name, mjallby.municipality_code, mjallby.source) == ("Mjällby", "1083", "SCB")
    assert mjallby.point is not None
    assert loaded(mjallby.point) == Point(480608.8, 6211422.7)
    assert _classes(session, "1083TB105") == [(2020, date(2020, 12, 31), "tatort")]
    assert _inhabitants(session, "1083TB105") == [(date(2020, 12, 31), 1365, 227)]


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
    assert list(second.affected) == [_village(session, "1083TB105").id]
    assert _inhabitants(session, "1083TB105") == [(date(2020, 12, 31), 1366, 227)]
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "village.imported")).one()
    assert event.before == '{"inhabitants 2020-12-31": 1365}'
    assert event.after == '{"inhabitants 2020-12-31": 1366}'


def test_a_new_delimitation_adds_dated_rows_and_overwrites_none(
    session: Session, tmp_path: Path
) -> None:
    imported(session, ImportKind.LOCALITIES, LOCALITIES, folder=tmp_path)
    imported(session, ImportKind.LOCALITIES, _polygon(bef=1400), folder=tmp_path)
    assert _classes(session, "1083TB105") == [
        (2020, date(2020, 12, 31), "tatort"),
        (2023, date(2023, 12, 31), "tatort"),
    ]
    assert _inhabitants(session, "1083TB105") == [
        (date(2020, 12, 31), 1365, 227),
        (date(2023, 12, 31), 1400, 100),
    ]


def test_an_older_delimitation_leaves_name_and_area_alone(session: Session, tmp_path: Path) -> None:
    imported(session, ImportKind.LOCALITIES, _polygon(), folder=tmp_path)
    older = _polygon(ar="2018", tatort="Mjällby by")
    imported(session, ImportKind.LOCALITIES, older, folder=tmp_path)
    assert _village(session, "1083TB105").name == "Mjällby"
    assert [year for year, _, _ in _classes(session, "1083TB105")] == [2018, 2023]


def test_a_polygon_gives_an_area_and_a_point_within_it(session: Session, tmp_path: Path) -> None:
    result = imported(session, ImportKind.LOCALITIES, _polygon(), folder=tmp_path)
    village = _village(session, "1083TB105")
    assert village.area is not None
    assert village.point is not None
    assert loaded(village.area).area == 1_000_000
    assert loaded(village.area).contains(loaded(village.point))
    assert warnings(result) == []


def test_a_polygon_leaves_a_known_point_where_it_is(session: Session, tmp_path: Path) -> None:
    imported(session, ImportKind.LOCALITIES, LOCALITIES, folder=tmp_path)
    imported(session, ImportKind.LOCALITIES, _polygon(), folder=tmp_path)
    point = _village(session, "1083TB105").point
    assert point is not None
    assert loaded(point) == Point(480608.8, 6211422.7)


@pytest.mark.parametrize(
    ("declared", "told"),
    [(102, []), (98, []), (103, [("hectares_differ", 1)]), (97, [("hectares_differ", 1)])],
)
def test_an_area_more_than_two_hectares_off_is_told(
    session: Session, tmp_path: Path, declared: int, told: list[tuple[str, int]]
) -> None:
    data = _polygon(area_ha=declared)
    result = imported(session, ImportKind.LOCALITIES, data, folder=tmp_path)
    assert warnings(result) == told


def test_smaorter_are_known_by_their_code(session: Session, tmp_path: Path) -> None:
    content = HEADER + "1083SB105,Nogersund,1083,120,2020,478000,6207000\n"
    imported(session, ImportKind.LOCALITIES, content, folder=tmp_path)
    assert _classes(session, "1083SB105") == [(2020, date(2020, 12, 31), "smaort")]


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
    assert _village(session, "1083TB108").municipality_code == "1083"
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
    assert _village(session, "1083TB106").municipality_code == "1083"
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
    assert _village(session, "1083TB105").municipality_code == "1083"
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
    assert _inhabitants(session, "1083TB105") == [(date(2020, 12, 31), 1365, 227)]


def test_the_delimitation_may_be_stated(session: Session, tmp_path: Path) -> None:
    content = "code,name,lon,lat\n1083TB105,Mjällby,14.688699,56.047615\n"
    with pytest.raises(FileRefused) as refusal:
        imported(session, ImportKind.LOCALITIES, content, folder=tmp_path)
    assert refusal.value.code == "delimitation_year_missing"
    options = Options(delimitation_year=2020)
    imported(session, ImportKind.LOCALITIES, content, folder=tmp_path, options=options)
    assert _classes(session, "1083TB105")[0][0] == 2020
    point = _village(session, "1083TB105").point
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
    assert _inhabitants(session, "1083TB105") == [(date(2020, 10, 1), 1365, None)]


def test_what_a_new_delimitation_leaves_out_is_told_and_kept(
    session: Session, tmp_path: Path
) -> None:
    imported(session, ImportKind.LOCALITIES, LOCALITIES, folder=tmp_path)
    factories.village(session, "Norje", municipality_code="1083")
    result = imported(session, ImportKind.LOCALITIES, _polygon(), folder=tmp_path)
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


def test_a_village_of_our_own_gets_a_code_from_its_municipality_and_name(
    session: Session, tmp_path: Path
) -> None:
    content = (
        "name;municipality;east;north;delimitation_year;inhabitants;dwellings;holiday_dwellings\n"
        "Västra Näs;1083;478500;6207800;2020;41;20;7\n"
    )
    result = imported(session, ImportKind.VILLAGES, content, folder=tmp_path, source="Registret")
    assert list(result.new) == ["1083-vastra-nas"]
    assert _classes(session, "1083-vastra-nas") == [(2020, date(2020, 12, 31), "outside")]
    assert _dwellings(session, "1083-vastra-nas") == [
        (date(2020, 12, 31), "holiday", 7),
        (date(2020, 12, 31), "permanent", 20),
    ]
    assert _village(session, "1083-vastra-nas").source == "Registret"
    again = imported(session, ImportKind.VILLAGES, content, folder=tmp_path, source="Registret")
    assert counts(again) == (0, 0, 1, 0)


def test_two_villages_of_one_name_in_a_municipality_need_codes(
    session: Session, tmp_path: Path
) -> None:
    content = (
        "code;name;municipality;delimitation_year\n;Näs;1083;2020\n;Näs;1083;2020\n"
        "1083-nas-ostra;Näs;1083;2020\n"
    )
    result = imported(session, ImportKind.VILLAGES, content, folder=tmp_path)
    assert refusals(result) == [("code_twice", 3, None)]
    assert list(result.new) == ["1083-nas", "1083-nas-ostra"]
    assert warnings(result) == [("position_missing", 2), ("position_missing", 4)]


def test_dwellings_of_a_locality_are_added_by_its_code(session: Session, tmp_path: Path) -> None:
    imported(session, ImportKind.LOCALITIES, HEADER + MJALLBY, folder=tmp_path)
    content = "kod;hushåll;datum\n1083TB105;612;2020-10-01\n"
    result = imported(session, ImportKind.VILLAGES, content, folder=tmp_path)
    assert counts(result) == (0, 1, 0, 0)
    assert _dwellings(session, "1083TB105") == [(date(2020, 10, 1), "permanent", 612)]
    assert _village(session, "1083TB105").name == "Mjällby"
    changed = content.replace("612", "615")
    assert counts(imported(session, ImportKind.VILLAGES, changed, folder=tmp_path)) == (0, 1, 0, 0)
    assert _dwellings(session, "1083TB105") == [(date(2020, 10, 1), "permanent", 615)]


def test_zero_dwellings_are_stored_and_a_blank_is_not(session: Session, tmp_path: Path) -> None:
    imported(session, ImportKind.LOCALITIES, HEADER + MJALLBY, folder=tmp_path)
    content = "kod;hushåll;fritidshus;datum\n1083TB105;0;;2020-10-01\n"
    imported(session, ImportKind.VILLAGES, content, folder=tmp_path)
    assert _dwellings(session, "1083TB105") == [(date(2020, 10, 1), "permanent", 0)]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("1083-nas;Näs;12;;;", "reference_date_missing", "reference_date"),
        ("1083-nas;Näs;;2031-01-01;;", "day_ahead", "datum"),
        ("1083-nas;;;;;2020", "village_unknown", None),
        ("1083-nas;Näs;;;;", "class_missing", None),
        ("1083-nas;Näs;;;byn;2020", "class_unknown", "bebyggelsetyp"),
        ("1083-nas;Näs;;;småort;", "delimitation_year_missing", "bebyggelsetyp"),
        ("1083-Näs;Näs;;;;2020", "not_a_code", "kod"),
        ("9983-nas;Näs;;;;2020", "county_unknown", "kod"),
        ("0780-nas;Näs;;;;2020", "municipality_unknown", None),
    ],
)
def test_a_village_that_cannot_be_stored_is_refused(
    session: Session, tmp_path: Path, row: str, code: str, column: str | None
) -> None:
    content = f"kod;namn;hushåll;datum;bebyggelsetyp;avgränsningsår\n{row}\n"
    result = imported(session, ImportKind.VILLAGES, content, folder=tmp_path)
    written = "datum" if column == "reference_date" else column
    assert refusals(result) == [(code, 2, written)]


def test_the_class_of_a_village_may_be_corrected(session: Session, tmp_path: Path) -> None:
    content = "kod;namn;bebyggelsetyp;avgränsningsår\n1083-nas;Näs;utanför;2020\n"
    imported(session, ImportKind.VILLAGES, content, folder=tmp_path)
    corrected = content.replace("utanför", "Småort")
    result = imported(session, ImportKind.VILLAGES, corrected, folder=tmp_path)
    assert list(result.changed) == ["1083-nas"]
    assert _classes(session, "1083-nas") == [(2020, date(2020, 12, 31), SettlementClass.smaort)]


def test_a_file_without_codes_or_names_is_refused(session: Session, tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refusal:
        imported(session, ImportKind.VILLAGES, "ort;hushåll\nNäs;12\n", folder=tmp_path)
    assert refusal.value.code == "village_columns_missing"


def test_a_village_that_moved_and_was_renamed_is_changed_with_its_record(
    session: Session, tmp_path: Path
) -> None:
    imported(session, ImportKind.LOCALITIES, HEADER + MJALLBY, folder=tmp_path)
    moved = (HEADER + MJALLBY).replace("480608.8", "480708.8").replace("Mjällby", "Mjällby kyrkby")
    result = imported(session, ImportKind.LOCALITIES, moved, folder=tmp_path)
    assert list(result.changed) == ["1083TB105"]
    village = _village(session, "1083TB105")
    session.refresh(village)
    assert village.name == "Mjällby kyrkby"
    assert village.point is not None
    assert loaded(village.point) == Point(480708.8, 6211422.7)
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "village.imported")).one()
    assert event.before == '{"name": "Mjällby", "point": "480608.8 6211422.7"}'
    assert event.after == '{"name": "Mjällby kyrkby", "point": "480708.8 6211422.7"}'


def test_a_new_area_is_recorded_by_its_size(session: Session, tmp_path: Path) -> None:
    imported(session, ImportKind.LOCALITIES, HEADER + MJALLBY, folder=tmp_path)
    imported(session, ImportKind.LOCALITIES, _polygon(bef=None), folder=tmp_path)
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "village.imported")).one()
    assert event.before == '{"class 2023": null, "hectares": null}'
    assert event.after == '{"class 2023": "tatort", "hectares": 100.0}'


def test_zeros_eaten_from_villages_codes_are_put_back(session: Session, tmp_path: Path) -> None:
    factories.municipality(session, "0780", name="Växjö")
    content = (
        "code;name;municipality;delimitation_year;east;north\n"
        "780-nas;Näs;;2020;480000;6300000\n"
        ";Ås;780;2020;480000;6300000\n"
        "780TB101;Gemla;780;;480000;6300000\n"
    )
    result = imported(session, ImportKind.VILLAGES, content, folder=tmp_path)
    assert list(result.new) == ["0780-nas", "0780-as"]
    assert warnings(result) == [("code_repaired", 2), ("code_repaired", 3)]
    assert refusals(result) == [("class_missing", 4, None)]


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
    point = _village(session, "1083-nas").point
    assert point is not None
    assert loaded(point).distance(Point(478_500, 6_207_800)) < 0.01
