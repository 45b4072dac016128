"""The map as a GeoPackage in EPSG:3006 (SWEREF 99 TM), with styles that QGIS opens it with.

Importing this imports GDAL, which must not meet SpatiaLite in one process: `packages.packed` runs
this module as a program that takes the package on its standard input.
"""

import pickle
import sqlite3
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyogrio
import pyogrio.raw
import shapely
from shapely.geometry.base import BaseGeometry

from outreach.gap.packages import Layer, LayerKind, Package, Value

GEOMETRY_TYPES = {LayerKind.AREAS: "MultiPolygon", LayerKind.POINTS: "Point"}
STYLE_TABLE = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
  f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))
)
"""
STYLE_CONTENTS = """
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)
VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?, 0)
"""
STYLE = """
INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,
                          styleName, styleQML, styleSLD, useAsDefault, description, owner, ui,
                          update_time)
VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?, '', NULL, ?)
"""
"""The shape that QGIS itself makes and looks for (QgsOgrProviderMetadata::saveStyle)."""


@dataclass(frozen=True, slots=True)
class Column:
    """A layer's column as GDAL takes it: values, and where there are none."""

    values: "np.ndarray[tuple[int], np.dtype[np.generic]]"
    missing: "np.ndarray[tuple[int], np.dtype[np.bool_]] | None"


def packed(package: Package) -> bytes:
    """The file. Equal packages give equal bytes, whichever process writes them."""
    moment = f"{package.day.isoformat()}T00:00:00.000Z"
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": moment})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.gpkg"
        layers = [layer for layer in package.layers if layer.shapes]
        for layer in layers:
            _write(path, layer, package.passport)
        if layers:
            _style(path, layers, moment)
        return path.read_bytes() if layers else b""


def _write(path: Path, layer: Layer, passport: Mapping[str, str]) -> None:
    columns = [_column(values) for values in zip(*layer.rows, strict=True)]
    pyogrio.raw.write(
        path,
        shapely.to_wkb(np.array([_single(shape, layer.kind) for shape in layer.shapes])),
        [column.values for column in columns],
        np.array(layer.columns),
        field_mask=[column.missing for column in columns],
        layer=layer.name,
        driver="GPKG",
        geometry_type=GEOMETRY_TYPES[layer.kind],
        crs="EPSG:3006",
        append=path.exists(),
        layer_metadata=dict(passport),
        layer_options={"IDENTIFIER": layer.title, "DESCRIPTION": layer.description},
    )


def _single(shape: BaseGeometry, kind: LayerKind) -> BaseGeometry:
    """GeoPackage wants one type a layer."""
    if kind is LayerKind.AREAS and shape.geom_type == "Polygon":
        return shapely.multipolygons([shape])
    return shape


def _column(values: Sequence[Value]) -> Column:
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, (int, float)) for value in known):
        # Whole numbers stay whole: NumPy tells by what is there.
        numbers = np.array([0 if value is None else value for value in values])
        return Column(numbers, np.array([value is None for value in values], dtype=np.bool_))
    texts = [None if value is None else str(value) for value in values]
    return Column(np.array(texts, dtype=object), None)


def _style(path: Path, layers: Sequence[Layer], moment: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(STYLE_TABLE)
        connection.execute(STYLE_CONTENTS, (moment,))
        connection.executemany(
            STYLE,
            [
                (layer.name, layer.title[:30], layer.style, layer.description, moment)
                for layer in layers
            ],
        )


if __name__ == "__main__":
    wanted = pickle.load(sys.stdin.buffer)  # noqa: S301  # from the process that started this one
    sys.stdout.buffer.write(packed(wanted))
