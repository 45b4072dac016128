"""Files of addresses become sums by village; every row that doesn't is named."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyogrio.raw
import pytest
import shapely

from outreach.addresses import points
from outreach.addresses.counting import count
from outreach.addresses.points import open_addresses
from outreach.addresses.rules import Counted, Sums, Village
from outreach.addresses.zones import Zone, Zones
from outreach.files.faults import FileRefused

ABY = Zone(
    Village("1080-aby", "Åby", "Karlskrona"), shapely.box(530_000, 6_230_000, 531_000, 6_231_000)
)
BRO = Zone(
    Village("1080-bro", "Bro", "Karlskrona"), shapely.box(532_000, 6_230_000, 533_000, 6_231_000)
)
ZONES = Zones([ABY, BRO])
IN_ABY, IN_BRO, OUTSIDE = "530500,6230500", "532500,6230500", "540000,6230000"
IN_ABY_WGS84 = "15.489968,56.218372"
Counting = Callable[..., Counted]


@pytest.fixture
def counted(tmp_path: Path) -> Counting:
    def run(*lines: str, encoding: str = "utf-8", name: str = "file.csv") -> Counted:
        path = tmp_path / name
        path.write_bytes("\r\n".join(lines).encode(encoding))
        return count(open_addresses(path), ZONES)

    return run


def by_village(found: Counted) -> dict[str, Sums]:
    return {each.village.name: each.sums for each in found.villages}


def test_addresses_are_summed_by_village(counted: Counting) -> None:
    found = counted(
        "e,n,dwellings,homes_passed,connected",
        f"{IN_ABY},3,2,1",
        f"{IN_ABY},1,1,1",
        f"{IN_BRO},4,0,0",
        f"{OUTSIDE},7,7,7",
    )
    assert by_village(found) == {"Åby": Sums(2, 4, 3, 2), "Bro": Sums(1, 4, 0, 0)}
    assert (found.outside, found.refused_all) == (Sums(1, 7, 7, 7), 0)


def test_what_the_file_has_no_column_for_is_unknown_and_each_address_one_dwelling(
    counted: Counting,
) -> None:
    found = counted("e,n", IN_ABY, IN_ABY)
    assert by_village(found) == {"Åby": Sums(2, 2, None, None)}


def test_degrees_are_read_as_well(counted: Counting) -> None:
    assert by_village(counted("lon,lat", IN_ABY_WGS84)) == {"Åby": Sums(1, 1)}


def test_swedish_x_and_y_may_stand_the_other_way_round(counted: Counting) -> None:
    assert by_village(counted("x,y", "6230500,530500")) == {"Åby": Sums(1, 1)}


def test_decimals_as_programs_write_them_are_the_same_among_plain_rows_and_others(
    counted: Counting,
) -> None:
    # As many decimals as a computer's number has, half of them for the place, one row with a text.
    rows = ["id,lat,lon,dwellings", "1,56.218371999999999,15.489968123456789,3"]
    assert by_village(counted(*rows)) == {"Åby": Sums(1, 3)}
    assert by_village(counted(*rows, '2,"56.218372",15.48996812345678901,ja')) == {
        "Åby": Sums(1, 3)
    }


def test_a_column_of_text_beside_the_numbers_changes_nothing(counted: Counting) -> None:
    found = counted(
        "Adress;N;E;Hushåll;Anmärkning",
        "Åvägen 1.2-3;6230500,25;530500,5;2;",
        "Åvägen 4;6230500;532500,75;4;hörn, -1",
    )
    assert by_village(found) == {"Åby": Sums(1, 2), "Bro": Sums(1, 4)}


@pytest.mark.parametrize("east", ["5305.00.5", "530500.", ".5", "-.5", "530500.-5", "53-0500.5"])
def test_what_is_no_decimal_is_told_and_never_read_as_another_number(
    counted: Counting, east: str
) -> None:
    found = counted("e,n", f"{east},6230500.5", "530500.5,6230500.5")
    assert [(one.row, one.code) for one in found.refused] == [(2, "not_a_number")]
    assert by_village(found) == {"Åby": Sums(1, 1)}


def test_excel_svenska_with_text_columns_is_read_cell_by_cell(counted: Counting) -> None:
    found = counted(
        "Adress;E;N;Hushåll;Anslutna",
        'Storgatan 1;530500,5;6230500,5;"1 2";ja',
        '"Ängen;\r\nnorra";530500,5;6230500,5;2;nej',
        encoding="cp1252",
    )
    assert found.refused[0].code == "not_a_number"
    assert by_village(found) == {"Åby": Sums(1, 2, None, 0)}


def test_a_number_that_no_computer_word_holds_is_too_large_and_not_another_number(
    counted: Counting,
) -> None:
    found = counted("e,n,dwellings", f"{IN_ABY},{10**30}", f"{IN_ABY},2")
    assert by_village(found) == {"Åby": Sums(1, 2)}
    assert [(one.row, one.code) for one in found.refused] == [(2, "too_large")]


def test_yes_means_all_dwellings_of_the_address(counted: Counting) -> None:
    assert by_village(counted("e,n,hushall,anslutna", f"{IN_ABY},3,ja", f"{IN_ABY},2,nej")) == {
        "Åby": Sums(2, 5, None, 3)
    }


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (f"{IN_ABY},,0,0", "missing", "dwellings"),
        (f"{IN_ABY},2,,0", "missing", "homes_passed"),
        (f"{IN_ABY},2,1,2", "connected_over_homes_passed", None),
        (f"{IN_ABY},2,3,1", "homes_passed_over_dwellings", None),
        (f"{IN_ABY},-2,0,0", "negative", None),
        (f"{IN_ABY},1.000,0,0", "ambiguous_thousands", "dwellings"),
        (f"{IN_ABY},2.5,0,0", "not_whole", "dwellings"),
        (f"{IN_ABY},10001,0,0", "too_large", None),
        (f"{IN_ABY},٤,0,0", "not_a_number", "dwellings"),
        (f"{IN_ABY},1e3,0,0", "not_a_number", "dwellings"),
        (",6230500,1,0,0", "missing", "e"),
        ("18,59,1,0,0", "outside_sweden", None),
    ],
)
def test_a_bad_row_is_named_and_the_others_counted(
    counted: Counting, row: str, code: str, column: str | None
) -> None:
    found = counted(
        "e,n,dwellings,homes_passed,connected", f"{IN_ABY},5,4,3", row, f"{IN_ABY},1,1,1"
    )
    assert [(each.row, each.code, each.column) for each in found.refused] == [(3, code, column)]
    assert by_village(found) == {"Åby": Sums(2, 6, 5, 4)}


def test_every_refused_row_is_counted_though_not_every_one_is_named(counted: Counting) -> None:
    found = counted("e,n,dwellings", *[f"{IN_ABY},-1"] * 250, f"{IN_ABY},1")
    assert (found.refused_all, len(found.refused)) == (250, 200)


def test_rows_keep_their_numbers_across_blocks(
    counted: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(points, "BLOCK_BYTES", 64)
    rows = [f"{IN_ABY},1"] * 40
    rows[30] = f"{IN_ABY},x"
    rows[33] = f"{IN_ABY},-1"
    found = counted("e,n,dwellings", *rows)
    assert [each.row for each in found.refused] == [32, 35]
    assert by_village(found) == {"Åby": Sums(38, 38)}


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((" ",), "empty_file"),
        (("adress,hushall", "1,2"), "coordinates_missing"),
        (("e,n", "1,2"), "coordinates_elsewhere"),
        (("e,n,e", "1,2,3"), "column_twice"),
        (("e,n", "\0"), "not_an_address_file"),
        (("PK\3\4",), "not_an_address_file"),
        (("e,n,dwellings", f'{IN_ABY},"1', f"{IN_ABY},1"), "csv_broken"),
    ],
)
def test_a_file_that_tells_nothing_is_refused_with_the_reason(
    counted: Counting, lines: tuple[str, ...], code: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        counted(*lines)
    assert refused.value.code == code


def test_a_geopackage_of_points_is_counted_as_well(tmp_path: Path) -> None:
    path = tmp_path / "adresser.gpkg"
    shapes = shapely.to_wkb([shapely.Point(530_500, 6_230_500), shapely.Point(532_500, 6_230_500)])
    pyogrio.raw.write(
        path,
        np.array(shapes, dtype=object),
        [np.array([3, 2]), np.array([2, 5])],
        ["hushall", "anslutna"],
        geometry_type="Point",
        crs="EPSG:3006",
        driver="GPKG",
    )
    found = count(open_addresses(path), ZONES)
    assert by_village(found) == {"Åby": Sums(1, 3, None, 2)}
    assert [(each.row, each.code) for each in found.refused] == [(2, "connected_over_dwellings")]


def _package(path: Path, points: Sequence[shapely.Geometry], **columns: Sequence[object]) -> Path:
    pyogrio.raw.write(
        path,
        shapely.to_wkb(np.array(points, dtype=object)),
        [np.array(values) for values in columns.values()],
        list(columns),
        geometry_type="Unknown",
        crs="EPSG:3006",
        driver="GPKG",
    )
    return path


def test_a_geopackage_may_be_longer_than_what_is_held_at_once(tmp_path: Path) -> None:
    points = shapely.points(np.full(120_001, 530_500), np.full(120_001, 6_230_500))
    ones = np.ones(120_001, dtype=np.int64)
    found = count(open_addresses(_package(tmp_path / "a.gpkg", points, hushall=ones)), ZONES)
    assert by_village(found) == {"Åby": Sums(120_001, 120_001)}


def test_a_geopackage_s_faulty_points_are_told_by_their_row(tmp_path: Path) -> None:
    there = shapely.Point(530_500, 6_230_500)
    points = [
        shapely.force_3d(there, 12.0), shapely.LineString([there, (0, 0)]), there, there, None,
    ]  # fmt: skip
    path = _package(tmp_path / "a.gpkg", points, hushall=["1", "2", "tre", "9" * 500, "1"])
    found = count(open_addresses(path), ZONES)
    assert by_village(found) == {"Åby": Sums(1, 1)}
    assert [(each.row, each.code, each.column) for each in found.refused] == [
        (2, "geometry_kind", "geometry"),
        (3, "not_a_number", "hushall"),
        (4, "too_large", "hushall"),
        (5, "not_a_point", None),
    ]


@pytest.mark.parametrize("above", [("sep=;",), ("", " "), ("", "sep=;")])
def test_what_stands_above_the_header_is_left_out_and_counted(
    counted: Counting, above: tuple[str, ...]
) -> None:
    found = counted(*above, "e;n", IN_ABY.replace(",", ";"), "x;1")
    assert by_village(found) == {"Åby": Sums(1, 1)}
    assert [one.row for one in found.refused] == [len(above) + 3]


def test_a_file_with_an_old_macintoshs_line_ends_says_so(tmp_path: Path) -> None:
    path = tmp_path / "mac.csv"
    path.write_bytes(f"e,n\r{IN_ABY}\r".encode())
    with pytest.raises(FileRefused) as refused:
        open_addresses(path)
    assert refused.value.code == "line_ends"


def test_yes_in_a_geopackage_means_all_dwellings_too(tmp_path: Path) -> None:
    there = [shapely.Point(530_500, 6_230_500)] * 2
    path = _package(tmp_path / "a.gpkg", there, hushall=[2, 3], anslutna=[False, True])
    assert by_village(count(open_addresses(path), ZONES)) == {"Åby": Sums(2, 5, None, 3)}
