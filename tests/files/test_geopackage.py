"""GeoPackages of GDAL, and those that somebody has tampered with."""

import sqlite3
import struct
from contextlib import closing, suppress
from pathlib import Path

import pytest
import shapely

from outreach.files import geopackage as geopackage_reader
from outreach.files import reading
from outreach.files.budget import Budget
from outreach.files.crs import RT90_25_GON_V, SWEREF99_TM
from outreach.files.faults import FileRefused
from outreach.files.table import FileKind
from tests.files.making import PRJ_WITHOUT_CODE, geopackage, square, zipped

AREAS = [square(500_000, 6_240_000), square(510_000, 6_240_000)]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return geopackage(
        tmp_path / "areas.gpkg", {"kod": ["1080", "1081"], "namn": ["Åryd", "Öljehult"]}, AREAS
    )


def _run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA writable_schema = ON")
        for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            database.create_function(name, 1, lambda _value: 0)
        for statement in statements:
            database.execute(statement)
        database.commit()


def _code(path: Path) -> str:
    with pytest.raises(FileRefused) as refusal:
        reading.read(path)
    return refusal.value.code


def test_what_gdal_writes_is_read(package: Path) -> None:
    table = reading.read(package)
    assert table.kind is FileKind.GEOPACKAGE
    assert table.crs == SWEREF99_TM
    codes = [row.cell(table.columns, "kod") for row in table]
    assert codes == ["1080", "1081"]
    assert [shapely.equals(row.shape, area) for row, area in zip(table, AREAS, strict=True)] == [
        True,
        True,
    ]


def test_reading_leaves_the_file_and_its_folder_as_they_were(package: Path) -> None:
    before = package.read_bytes()
    reading.read(package)
    assert package.read_bytes() == before
    assert [path.name for path in package.parent.iterdir()] == ["areas.gpkg"]


def test_another_system_is_read_from_the_file(tmp_path: Path) -> None:
    path = geopackage(tmp_path / "rt90.gpkg", {"kod": ["1080"]}, AREAS[:1], crs="EPSG:3021")
    assert reading.read(path).crs == RT90_25_GON_V


def test_a_package_in_an_archive_is_read(package: Path) -> None:
    table = reading.read_bytes(zipped({"areas.gpkg": package.read_bytes()}), budget=Budget())
    assert len(table.rows) == 2


def test_a_view_refuses_the_file(package: Path) -> None:
    _run(package, "CREATE VIEW sly AS SELECT load_extension('x')")
    assert _code(package) == "geopackage_view"


def test_a_trigger_of_ones_own_refuses_the_file(package: Path) -> None:
    _run(package, "CREATE TRIGGER sly AFTER INSERT ON areas BEGIN SELECT 1; END")
    assert _code(package) == "geopackage_view"


def test_a_virtual_table_in_place_of_the_layer_refuses_the_file(package: Path) -> None:
    _run(
        package,
        "CREATE VIRTUAL TABLE sly USING fts5(kod)",
        "UPDATE gpkg_contents SET table_name = 'sly'",
        "UPDATE gpkg_geometry_columns SET table_name = 'sly'",
    )
    assert _code(package) == "geopackage_broken"


def test_two_layers_refuse_the_file(package: Path) -> None:
    _run(
        package,
        "CREATE TABLE other (fid INTEGER PRIMARY KEY, geom BLOB)",
        "INSERT INTO gpkg_contents (table_name, data_type, srs_id) "
        "VALUES ('other', 'features', 3006)",
        "INSERT INTO gpkg_geometry_columns VALUES ('other', 'geom', 'POLYGON', 3006, 0, 0)",
    )
    assert _code(package) == "geopackage_layers"


def test_a_nested_geometry_refuses_its_row(package: Path) -> None:
    bomb = b"GP\x00\x01" + struct.pack("<i", 3006)
    bomb += struct.pack("<BII", 1, 7, 1) * 30_000 + struct.pack("<BII", 1, 7, 0)
    _run(package, f"UPDATE areas SET geom = x'{bomb.hex()}' WHERE fid = 1")
    table = reading.read(package)
    assert [(one.code, one.row) for one in table.refused] == [("geometry_kind", 1)]
    assert [row.number for row in table] == [2]


@pytest.mark.parametrize("blob", [b"", b"GP", b"XX" + bytes(20), b"GP\x00\xff" + bytes(20)])
def test_a_blob_that_is_no_geometry_refuses_its_row(package: Path, blob: bytes) -> None:
    _run(package, f"UPDATE areas SET geom = x'{blob.hex()}' WHERE fid = 1")
    assert [one.code for one in reading.read(package).refused] == ["geometry_broken"]


def test_a_row_without_geometry_is_read(package: Path) -> None:
    _run(package, "UPDATE areas SET geom = NULL WHERE fid = 1")
    assert reading.read(package).rows[0].shape is None


@pytest.mark.parametrize("at", [100, 4096, 5000, 20_000])
def test_a_damaged_file_is_refused_or_read_whole(package: Path, at: int) -> None:
    content = bytearray(package.read_bytes())
    content[at : at + 200] = b"\xff" * 200
    package.write_bytes(content)
    with suppress(FileRefused):
        table = reading.read(package)
        assert len(table.rows) + len(table.refused) == 2


def test_another_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.gpkg"
    _run(path, "CREATE TABLE t (x)")
    assert _code(path) == "geopackage_broken"


def test_a_file_that_takes_too_much_work_is_refused(package: Path) -> None:
    with pytest.raises(FileRefused) as refusal:
        geopackage_reader.read(package, budget=Budget(seconds=-1))
    assert refusal.value.code == "too_slow"


def test_a_system_that_is_not_known_refuses_the_file(tmp_path: Path) -> None:
    path = geopackage(tmp_path / "utm.gpkg", {"kod": ["1080"]}, AREAS[:1], crs="EPSG:4978")
    assert _code(path) == "crs_unknown"


def test_a_system_without_a_code_is_known_by_its_parameters(package: Path) -> None:
    _run(
        package,
        "UPDATE gpkg_spatial_ref_sys SET organization = 'NONE', definition = "
        f"'{PRJ_WITHOUT_CODE}' WHERE srs_id = 3006",
    )
    assert reading.read(package).crs == SWEREF99_TM


def test_an_undefined_system_is_none(package: Path) -> None:
    _run(package, "UPDATE gpkg_geometry_columns SET srs_id = -1")
    assert reading.read(package).crs is None


def test_an_empty_geometry_is_none(package: Path) -> None:
    empty = (b"GP\x00\x11" + struct.pack("<i", 3006)).hex()
    _run(package, f"UPDATE areas SET geom = x'{empty}' WHERE fid = 1")
    assert reading.read(package).rows[0].shape is None


def test_a_cell_that_is_too_long_refuses_its_row(package: Path) -> None:
    _run(package, "UPDATE areas SET namn = hex(zeroblob(6000)) WHERE fid = 2")
    assert [(one.code, one.row) for one in reading.read(package).refused] == [
        ("cell_unreadable", 2)
    ]


def test_a_column_of_yes_and_no_is_read_as_such(package: Path) -> None:
    _run(
        package,
        "ALTER TABLE areas ADD COLUMN ansluten BOOLEAN",
        "UPDATE areas SET ansluten = kod = '1081'",
    )
    assert [row.cells[-1] for row in reading.read(package)] == ["false", "true"]
