"""Zipped shapefiles as SCB writes them, and worse."""

import struct
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from shapely.geometry import MultiPolygon, Polygon

from outreach.files import reading
from outreach.files.budget import Budget
from outreach.files.crs import RT90_25_GON_V, SWEREF99_TM
from outreach.files.faults import FileRefused
from outreach.files.table import FileKind, Table
from tests.files.making import PRJ_RT90, Column, dbf, shapefile, shp, square, zipped

COLUMNS = (Column("KnKod", 4), Column("KnNamn"))
RING = Polygon([(0, 0), (0, 100), (100, 100), (100, 0)], [[(20, 20), (20, 40), (40, 40), (40, 20)]])


def _read(data: bytes, encoding: str | None = None) -> Table:
    return reading.read_bytes(data, budget=Budget(), encoding=encoding)


def _code(data: bytes) -> str:
    with pytest.raises(FileRefused) as refusal:
        _read(data)
    return refusal.value.code


def test_scbs_kind_of_file_is_read() -> None:
    area = square(500_000, 6_240_000)
    table = _read(shapefile(COLUMNS, [(("0780", "Växjö"), area)]))
    assert table.kind is FileKind.SHAPEFILE
    assert table.crs == SWEREF99_TM
    assert table.columns.written == ("KnKod", "KnNamn")
    assert [list(row.cells) for row in table] == [["0780", "Växjö"]]
    assert shapely.equals(table.rows[0].shape, area)


def test_a_table_in_utf8_without_cpg_is_read_as_such() -> None:
    table = _read(shapefile(COLUMNS, [(("1080", "Åryd"), RING)], encoding="utf-8"))
    assert (table.rows[0].cells[1], table.encoding) == ("Åryd", "utf-8")


def test_the_cpg_is_believed() -> None:
    data = shapefile(COLUMNS, [(("1080", "Åryd"), RING)], more={"borders/area.cpg": b"ISO-8859-1"})
    assert _read(data).rows[0].cells[1] == "Åryd"


def test_a_stated_encoding_is_taken_at_its_word() -> None:
    data = shapefile(COLUMNS, [(("1080", "Åryd"), RING)], encoding="cp850")
    assert _read(data, encoding="cp850").rows[0].cells[1] == "Åryd"


def test_rt90_is_recognised_by_its_parameters() -> None:
    assert _read(shapefile(COLUMNS, [(("1", "a"), RING)], prj=PRJ_RT90)).crs == RT90_25_GON_V


def test_a_file_without_prj_says_no_system() -> None:
    assert _read(shapefile(COLUMNS, [(("1", "a"), RING)], prj=None)).crs is None


def test_a_system_that_is_not_known_refuses_the_file() -> None:
    prj = PRJ_RT90.replace("15.80827777777778", "3.0")
    assert _code(shapefile(COLUMNS, [(("1", "a"), RING)], prj=prj)) == "crs_unknown"


def test_islands_and_lakes_are_put_together_again() -> None:
    island = shapely.affinity.translate(RING, 1_000, 0)
    within_lake = shapely.box(25, 25, 30, 30)
    area = MultiPolygon([RING, island, within_lake])
    table = _read(shapefile(COLUMNS, [(("1", "a"), area)]))
    assert shapely.equals(table.rows[0].shape, area)
    assert table.rows[0].shape is not None
    assert table.rows[0].shape.area == 2 * (10_000 - 400) + 25


def test_an_outer_ring_drawn_the_wrong_way_round_is_an_area() -> None:
    counter_clockwise = shapely.orient_polygons(square(0, 0))
    records = shp([counter_clockwise])
    points = shapely.get_coordinates(counter_clockwise)
    start = records.index(
        shapely.get_coordinates(
            shapely.orient_polygons(counter_clockwise, exterior_cw=True)
        ).tobytes()
    )
    records = records[:start] + points.tobytes() + records[start + points.nbytes :]
    table = _read(zipped({"a.shp": records, "a.dbf": dbf(COLUMNS, [("1", "a")])}))
    assert table.rows[0].shape is not None
    assert table.rows[0].shape.area == 1_000_000


def test_what_gdal_writes_is_read_alike(tmp_path: Path) -> None:
    areas = [RING, MultiPolygon([square(0, 0), square(5_000, 0)])]
    pyogrio.raw.write(
        tmp_path / "area.shp",
        geometry=shapely.to_wkb(np.array(areas, dtype=object)),
        field_data=[np.array(["Åryd", "Öljehult"], dtype=object), np.array([780, 1080])],
        fields=["namn", "kod"],
        geometry_type="MultiPolygon",
        crs="EPSG:3006",
        driver="ESRI Shapefile",
    )
    members = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    table = _read(zipped(members))
    assert [list(row.cells) for row in table] == [["Åryd", 780], ["Öljehult", 1080]]
    assert [shapely.equals(row.shape, area) for row, area in zip(table, areas, strict=True)] == [
        True,
        True,
    ]
    assert table.crs == SWEREF99_TM


def test_a_null_shape_is_a_row_without_geometry() -> None:
    record = struct.pack(">ii", 1, 2) + struct.pack("<i", 0)
    data = zipped({"a.shp": shp([])[:100] + record, "a.dbf": dbf(COLUMNS, [("1", "a")])})
    assert _read(data).rows[0].shape is None


def test_a_damaged_record_refuses_its_row() -> None:
    whole = bytearray(shp([square(0, 0), square(0, 0)]))
    struct.pack_into("<i", whole, 108 + 40, 10_000)
    table = _read(zipped({"a.shp": bytes(whole), "a.dbf": dbf(COLUMNS, [("1", "a"), ("2", "b")])}))
    assert [(one.code, one.row) for one in table.refused] == [("geometry_broken", 1)]
    assert [row.number for row in table] == [2]


@pytest.mark.parametrize("kind", [3, 8, 31])
def test_lines_and_surfaces_are_refused_by_their_row(kind: int) -> None:
    whole = bytearray(shp([square(0, 0)]))
    struct.pack_into("<i", whole, 108, kind)
    table = _read(zipped({"a.shp": bytes(whole), "a.dbf": dbf(COLUMNS, [("1", "a")])}))
    assert [one.code for one in table.refused] == ["geometry_kind"]


def test_more_shapes_than_rows_refuse_the_file() -> None:
    data = zipped({"a.shp": shp([square(0, 0)] * 2), "a.dbf": dbf(COLUMNS, [("1", "a")])})
    assert _code(data) == "shapefile_uneven"


def test_a_shapefile_without_its_table_is_refused() -> None:
    assert _code(zipped({"a.shp": shp([square(0, 0)])})) == "shapefile_without_table"


@pytest.mark.parametrize("size", [0, 20, 99, 120, 200])
def test_cut_shapes_are_refused(size: int) -> None:
    data = {"a.shp": shp([square(0, 0)])[:size], "a.dbf": dbf(COLUMNS, [("1", "a")])}
    assert _code(zipped(data)) in {"shp_broken", "shapefile_uneven"}


@pytest.mark.parametrize("size", [0, 20, 40, 97, 120])
def test_a_cut_table_is_refused(size: int) -> None:
    data = {"a.shp": shp([square(0, 0)]), "a.dbf": dbf(COLUMNS, [("1", "a")])[:size]}
    assert _code(zipped(data)) == "dbf_broken"


def test_points_are_read() -> None:
    record = struct.pack(">ii", 1, 10) + struct.pack("<idd", 1, 500_000, 6_240_000)
    data = zipped({"a.shp": shp([])[:100] + record, "a.dbf": dbf(COLUMNS, [("1", "a")])})
    assert _read(data).rows[0].shape == shapely.Point(500_000, 6_240_000)


def test_a_row_deleted_in_place_is_left_out_and_counted() -> None:
    table = bytearray(dbf(COLUMNS, [("1", "a"), ("2", "b")]))
    table[33 + 32 * len(COLUMNS)] = ord("*")
    data = zipped({"a.shp": shp([square(0, 0), square(0, 0)]), "a.dbf": bytes(table)})
    assert [row.number for row in _read(data)] == [2]


def test_numbers_stay_numbers_and_codes_keep_their_zeros() -> None:
    columns = (Column("kod", 6, "N"), Column("area", 12, "N"), Column("bef", 6, "N"))
    rows = [("000780", "221.50000000", "")]
    data = zipped({"a.shp": shp([square(0, 0)]), "a.dbf": dbf(columns, rows)})
    assert [list(row.cells) for row in _read(data)] == [["000780", 221.5, None]]


def test_too_many_rings_refuse_the_file() -> None:
    whole = bytearray(shp([square(0, 0)]))
    struct.pack_into("<i", whole, 108 + 36, 1_000_000)
    data = zipped({"a.shp": bytes(whole), "a.dbf": dbf(COLUMNS, [("1", "a")])})
    assert _code(data) == "too_many_points"


def test_a_stated_encoding_that_does_not_fit_refuses_the_file() -> None:
    data = shapefile(COLUMNS, [(("1080", "Åryd"), RING)])
    with pytest.raises(FileRefused) as refusal:
        _read(data, encoding="utf-8")
    assert refusal.value.code == "encoding_unknown"
