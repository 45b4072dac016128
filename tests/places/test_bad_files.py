"""Files that are broken, hostile or of another kind: refused in time, and nothing is stored."""

import io
import json
import random
import sqlite3
import struct
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import shapely
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.places.models import Municipality, Village
from tests import factories
from tests.files.making import Column, feature, geojson, geopackage, shapefile, square, zipped
from tests.places.importing import LOCALITIES, traces

SECONDS = 8.0
MEGABYTE = 1024 * 1024


def _star(points: int) -> shapely.Polygon:
    scattered = np.random.default_rng(7).uniform(0, 10_000, (points, 2))
    return shapely.affinity.translate(shapely.Polygon(scattered), 480_000, 6_210_000)


def _nested_geopackage(folder: Path) -> bytes:
    path = geopackage(
        folder / "nested.gpkg", {"tatortskod": ["1"], "tatort": ["x"]}, [square(0, 0)]
    )
    bomb = b"GP\x00\x01" + struct.pack("<i", 3006)
    bomb += struct.pack("<BII", 1, 7, 1) * 200_000 + struct.pack("<BII", 1, 7, 0)
    with closing(sqlite3.connect(path)) as database:
        for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            database.create_function(name, 1, lambda _value: 0)
        database.execute("UPDATE areas SET geom = ?", (bomb,))
        database.commit()
    return path.read_bytes()


def _xlsx(_folder: Path) -> bytes:
    return zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"})


def _many_rings(_folder: Path) -> bytes:
    holes = [
        [(x + 1, y + 1), (x + 1, y + 2), (x + 2, y + 2), (x + 2, y + 1)]
        for x in range(0, 200, 4)
        for y in range(0, 200, 4)
    ]
    outers = [shapely.box(x, y, x + 3, y + 3) for x in range(0, 200, 4) for y in range(0, 200, 4)]
    shape = shapely.MultiPolygon(
        [shapely.Polygon(outer.exterior, [hole]) for outer, hole in zip(outers, holes, strict=True)]
    )
    columns = (Column("tatortskod", 9), Column("tatort"))
    return shapefile(columns, [(("1083TB105", "x"), shape)] * 21)


BAD: dict[str, Callable[[Path], bytes]] = {
    "nothing": lambda _: b"",
    "spaces": lambda _: b" \n \n",
    "noise": lambda _: np.random.default_rng(1).bytes(200_000),
    "a picture": lambda _: b"\x89PNG\r\n\x1a\n" + bytes(5_000),
    "a PDF": lambda _: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(5_000),
    "a workbook": _xlsx,
    "one endless line": lambda _: b"code;" * 3_000_000,
    "one endless cell": lambda _: b"code;name\n" + b"x" * (15 * MEGABYTE),
    "an open quotation mark": lambda _: b'code;name;year\n"1083TB105;x;2020\n' * 100_000,
    "many short rows": lambda _: b"code;name;year\n" + b";\n" * 5_000_000,
    "many bad rows": lambda _: b"code;name;year;lon;lat\n" + b"x;y;z;a;b\n" * 99_000,
    "many columns": lambda _: b";".join(b"c%d" % at for at in range(5_000)) + b"\n1\n",
    "NUL": lambda _: LOCALITIES.replace("Mj", "M\0j").encode(),
    "two encodings": lambda _: LOCALITIES.encode() + "ö".encode("cp1252") + b"\x81",
    "deep JSON": lambda _: b'{"features":' * 300_000,
    "deep lists": lambda _: b"[" * 5_000_000,
    "deep coordinates": lambda _: geojson(
        [{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": 0}}]
    ).replace(b"0}", b"[" * 50_000 + b"]" * 50_000 + b"}"),
    "wide JSON": lambda _: b'{"features":[' + b"[]," * 8_000_000 + b"0]}",
    "many features": lambda _: (
        b'{"type":"FeatureCollection","features":[' + b"{}," * 400_000 + b"{}]}"
    ),
    "NaN": lambda _: b'{"type":"FeatureCollection","features":[NaN]}',
    "a huge number": lambda _: b'{"type":"FeatureCollection","features":[' + b"9" * 9_000 + b"]}",
    "a tangle": lambda _: geojson(
        [feature(_star(20_000), tatortskod="1083TB105", tatort="x", ar="2020")], crs="EPSG:3006"
    ),
    "many tangles": lambda _: geojson(
        [
            feature(_star(60), tatortskod=f"1083TB{at}", tatort="x", ar="2020")
            for at in range(3_000)
        ],
        crs="EPSG:3006",
    ),
    "many rings": _many_rings,
    "nested WKB": _nested_geopackage,
    "a zip bomb": lambda _: zipped({"a.shp": bytes(97 * MEGABYTE)}),
    "a climbing zip": lambda _: zipped({"../../tmp/a.csv": b"code;name\n"}),
    "a cut zip": lambda _: zipped({"a.csv": LOCALITIES.encode()})[:-30],
    "half a shapefile": lambda _: zipped({"a.shp": b"\x00\x00\x27\x0a" + bytes(96)}),
    "half a GeoPackage": lambda folder: _nested_geopackage(folder)[:9_000],
    "SQLite's name only": lambda _: b"SQLite format 3\0" + bytes(4_000),
    "a foreign system": lambda _: geojson([], crs="urn:ogc:def:crs:EPSG::2154"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_in_time_and_nothing_is_stored(
    app: Flask, session: Session, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "bad"
    path.write_bytes(BAD[kind](tmp_path))
    factories.municipality(session, "1083", name="Sölvesborg")
    before = traces(session)
    began = time.process_time()
    done = app.test_cli_runner().invoke(args=["places", "import-localities", str(path), "--json"])
    took = time.process_time() - began
    assert isinstance(done.exception, SystemExit), done.exception
    assert (done.exit_code, json.loads(done.output)["stored"]) == (1, False)
    assert took < SECONDS
    assert session.scalars(select(func.count()).select_from(Village)).one() == 0
    assert traces(session) == before


@pytest.mark.parametrize("seed", range(40))
def test_a_file_with_damage_anywhere_raises_nothing_else(
    app: Flask, session: Session, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    area = [square(480_000, 6_211_000), square(490_000, 6_211_000)]
    columns = (Column("KnKod", 4), Column("KnNamn"))
    whole = chance.choice(
        [
            shapefile(columns, [(("1080", "Åryd"), area[0]), (("1081", "Ö"), area[1])]),
            geojson([feature(one, KnKod="1080", KnNamn="Åryd") for one in area], crs="EPSG:3006"),
            geopackage(tmp_path / "a.gpkg", {"KnKod": ["1080"]}, area[:1]).read_bytes(),
            _stored_zip(shapefile(columns, [(("1080", "Åryd"), area[0])])),
        ]
    )
    damaged = bytearray(whole)
    for _ in range(chance.randint(1, 12)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    path = tmp_path / "damaged"
    path.write_bytes(bytes(damaged[: chance.randint(len(damaged) // 2, len(damaged))]))
    done = app.test_cli_runner().invoke(args=["places", "import-municipalities", str(path)])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert done.exit_code in {0, 1, 3}
    assert session.scalars(select(func.count()).select_from(Municipality)).one() <= 2


def _stored_zip(packed: bytes) -> bytes:
    """The same archive without compression, so that damage reaches the files in it."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return buffer.getvalue()
