"""The map for QGIS, and the files in the programs that people open them with."""

import json
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pyogrio
import pyogrio.raw
import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from shapely.geometry import MultiPolygon, box
from sqlalchemy.orm import Session

from outreach.database.spatial import stored
from outreach.measures.rates import Counts
from outreach.places.models import Municipality
from outreach.web import kept
from tests.gap.rows import place, publish, town_and_country

QGIS = """
import json, os, sys
from qgis.core import QgsApplication, QgsVectorLayer
app = QgsApplication([], True)
app.initQgis()
layer = QgsVectorLayer(sys.argv[1] + "|layername=" + sys.argv[2], "layer", "ogr")
_, has_style = layer.loadDefaultStyle()
renderer = layer.renderer()
ranges = renderer.ranges()
print(json.dumps({
    "valid": layer.isValid(), "features": layer.featureCount(), "crs": layer.crs().authid(),
    "style": has_style, "renderer": renderer.type(),
    "attribute": renderer.classAttribute(),
    "classes": [[one.lowerValue(), one.upperValue(), one.label()] for one in ranges],
    "class_of_town": renderer.rangeForValue(0.9).label(),
}), flush=True)
# Its own end of the program is known to crash where there is no screen.
os._exit(0)
"""


@pytest.fixture
def region(session: Session, client: FlaskClient) -> FlaskClient:
    """A town with an area, a village known as a point, and a third that is too small to show."""
    town, _ = town_and_country(session)
    town.area = stored(MultiPolygon([box(499_000, 6_239_000, 501_000, 6_241_000)]))
    ground = session.get_one(Municipality, "1080")
    ground.area = stored(MultiPolygon([box(470_000, 6_220_000, 530_000, 6_260_000)]))
    publish(session, place(session, "Ödby"), Counts(40, 3, 2, 1))
    session.flush()
    return client


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """The map of the region for each database: seconds to make, and the same bytes each time."""
    return {}


@pytest.fixture
def package(
    request: pytest.FixtureRequest, backend: str, made: dict[str, bytes], tmp_path: Path
) -> Path:
    """The map saved as a file."""
    if backend not in made:
        made[backend] = request.getfixturevalue("region").get("/gap/map.gpkg").data
    path = tmp_path / "map.gpkg"
    path.write_bytes(made[backend])
    return path


def rows_of(path: Path, layer: str) -> dict[str, dict[str, object]]:
    """A layer's rows by name."""
    meta, _, _, values = pyogrio.raw.read(path, layer=layer)
    names = list(meta["fields"])
    lines = zip(*values, strict=True)
    return {line[names.index("name")]: dict(zip(names, line, strict=True)) for line in lines}


def test_a_package_is_in_metres_with_areas_and_points_apart(package: Path) -> None:
    layers = {name: kind for name, kind in pyogrio.list_layers(package) if kind}
    assert layers == {
        "municipalities": "MultiPolygon",
        "villages": "MultiPolygon",
        "villages_points": "Point",
    }
    info = pyogrio.read_info(package, layer="villages")
    assert (info["crs"], info["features"]) == ("EPSG:3006", 1)


def test_a_package_has_counts_rates_and_passports(package: Path) -> None:
    town = rows_of(package, "villages")["Staden"]
    assert (town["homes_passed"], town["coverage"], town["scheme"]) == (900, 0.9, "pts")
    assert town["municipality_code"] == "1080"


def test_what_the_public_may_not_see_is_not_in_the_package(package: Path) -> None:
    small = rows_of(package, "villages_points")["Ödby"]
    assert small["state"] == "not_shown"
    with sqlite3.connect(package) as connection:
        stored_counts = connection.execute(
            "SELECT homes_passed, connected, coverage FROM villages_points WHERE name = 'Ödby'"
        ).fetchone()
    assert stored_counts == (None, None, None)


def test_a_package_is_the_same_bytes_each_time(region: FlaskClient) -> None:
    first = region.get("/gap/map.gpkg").data
    # What was kept is forgotten, so the file is made anew.
    kept.use(region.application, lambda: 1)
    assert region.get("/gap/map.gpkg").data == first


def test_a_package_with_nothing_but_points_can_be_made(
    session: Session, client: FlaskClient
) -> None:
    town_and_country(session)
    assert client.get("/gap/map.gpkg").data.startswith(b"SQLite format 3")


@pytest.mark.parametrize("backend", ["spatialite"], indirect=True)
def test_qgis_opens_the_package_with_its_style(package: Path) -> None:
    done = subprocess.run(
        ["/usr/bin/python3", "-c", QGIS, str(package), "villages"],
        env={"QT_QPA_PLATFORM": "offscreen", "HOME": str(package.parent), "PATH": "/usr/bin"},
        capture_output=True,
        check=True,
        timeout=120,
    )
    seen = json.loads(done.stdout.splitlines()[-1])
    assert (seen["valid"], seen["features"], seen["crs"], seen["style"]) == (
        True,
        1,
        "EPSG:3006",
        True,
    )
    assert (seen["renderer"], seen["attribute"]) == ("graduatedSymbol", 'coalesce("coverage", -1)')
    assert [one[:2] for one in seen["classes"]] == [
        [0.9, 1.0],
        [0.75, 0.9],
        [0.6, 0.75],
        [0.4, 0.6],
        [0.0, 0.4],
        [-1.0, -1.0],
    ]
    assert seen["class_of_town"] == "90\xa0% eller mer"


def converted(path: Path, folder: Path) -> Path:
    """The file as LibreOffice reads it, saved as a workbook."""
    subprocess.run(
        [
            str(shutil.which("soffice")),
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            # Separator 59 (;) or 44 (,), UTF-8 (76), and the language that tells decimals.
            f"--infilter=CSV:{'59' if 'excel' in path.name else '44'},34,76,1,,"
            f"{'1053' if 'excel' in path.name else '1033'},false,true"
            if path.suffix == ".csv"
            else "--norestore",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(folder / "read"),
            str(path),
        ],
        capture_output=True,
        check=True,
        timeout=120,
    )
    return folder / "read" / f"{path.stem}.xlsx"


# The files do not depend on the database, and the program takes seconds to start.
@pytest.mark.parametrize("backend", ["spatialite"], indirect=True)
@pytest.mark.parametrize("name", ["villages.csv", "villages-excel.csv", "tables.xlsx"])
def test_libreoffice_reads_letters_and_numbers(
    region: FlaskClient, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(region.get(f"/gap/{name}").data)
    book = load_workbook(converted(path, tmp_path))
    sheet = book["Orter"] if name == "tables.xlsx" else book.worksheets[0]
    head, *lines = sheet.iter_rows(values_only=True)
    rows = {line[1]: dict(zip(head, line, strict=True)) for line in lines}
    assert set(rows) == {"Landet", "Staden", "Ödby"}
    assert (rows["Staden"]["homes_passed"], rows["Staden"]["coverage"]) == (900, 0.9)
    assert rows["Ödby"]["homes_passed"] is None
