"""Villages in our own format, with codes or without."""

from datetime import date
from pathlib import Path

import pytest
from shapely.geometry import Point
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.database.audit import AuditEvent
from outreach.database.spatial import loaded
from outreach.files.faults import FileRefused
from outreach.measures.classes import SettlementClass
from outreach.places.rules import ImportKind
from tests import factories
from tests.places.importing import (
    counts,
    imported,
    refusals,
    warnings,
)
from tests.places.stored import (
    HEADER,
    MJALLBY,
    polygon,
    stored_classes,
    stored_dwellings,
    stored_village,
)


@pytest.fixture(autouse=True)
def _solvesborg(session: Session) -> None:
    factories.municipality(session, "1083", name="Sölvesborg")


def test_a_village_of_our_own_gets_a_code_from_its_municipality_and_name(
    session: Session, tmp_path: Path
) -> None:
    content = (
        "name;municipality;east;north;delimitation_year;inhabitants;dwellings;holiday_dwellings\n"
        "Västra Näs;1083;478500;6207800;2020;41;20;7\n"
    )
    result = imported(session, ImportKind.VILLAGES, content, folder=tmp_path, source="Registret")
    assert list(result.new) == ["1083-vastra-nas"]
    assert stored_classes(session, "1083-vastra-nas") == [(2020, date(2020, 12, 31), "outside")]
    assert stored_dwellings(session, "1083-vastra-nas") == [
        (date(2020, 12, 31), "holiday", 7),
        (date(2020, 12, 31), "permanent", 20),
    ]
    assert stored_village(session, "1083-vastra-nas").source == "Registret"
    again = imported(session, ImportKind.VILLAGES, content, folder=tmp_path, source="Registret")
    assert counts(again) == (0, 0, 1, 0)


def test_a_name_too_long_to_make_a_code_of_asks_for_one(session: Session, tmp_path: Path) -> None:
    content = f"name;municipality;delimitation_year\n{'Västra Näs ' * 7};1083;2020\n"
    result = imported(session, ImportKind.VILLAGES, content, folder=tmp_path)
    assert refusals(result) == [("code_needed", 2, "name")]


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
    assert stored_dwellings(session, "1083TB105") == [(date(2020, 10, 1), "permanent", 612)]
    assert stored_village(session, "1083TB105").name == "Mjällby"
    changed = content.replace("612", "615")
    assert counts(imported(session, ImportKind.VILLAGES, changed, folder=tmp_path)) == (0, 1, 0, 0)
    assert stored_dwellings(session, "1083TB105") == [(date(2020, 10, 1), "permanent", 615)]


def test_zero_dwellings_are_stored_and_a_blank_is_not(session: Session, tmp_path: Path) -> None:
    imported(session, ImportKind.LOCALITIES, HEADER + MJALLBY, folder=tmp_path)
    content = "kod;hushåll;fritidshus;datum\n1083TB105;0;;2020-10-01\n"
    imported(session, ImportKind.VILLAGES, content, folder=tmp_path)
    assert stored_dwellings(session, "1083TB105") == [(date(2020, 10, 1), "permanent", 0)]


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
    assert stored_classes(session, "1083-nas") == [
        (2020, date(2020, 12, 31), SettlementClass.smaort)
    ]


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
    village = stored_village(session, "1083TB105")
    session.refresh(village)
    assert village.name == "Mjällby kyrkby"
    assert village.point is not None
    assert loaded(village.point) == Point(480708.8, 6211422.7)
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "village.imported")).one()
    assert event.before == '{"name": "Mjällby", "point": "480608.8 6211422.7"}'
    assert event.after == '{"name": "Mjällby kyrkby", "point": "480708.8 6211422.7"}'


def test_a_new_area_is_recorded_by_its_size(session: Session, tmp_path: Path) -> None:
    imported(session, ImportKind.LOCALITIES, HEADER + MJALLBY, folder=tmp_path)
    imported(session, ImportKind.LOCALITIES, polygon(bef=None), folder=tmp_path)
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
