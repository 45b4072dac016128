"""Small files of every kind, as strangers write them."""

import io
import json
import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

PRJ_WITHOUT_CODE = (
    'PROJCS["unnamed",GEOGCS["GCS_unnamed",DATUM["D_GRS_80",SPHEROID["GRS_80",6378137.0,'
    '298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
    'PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],'
    'PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",15.0],'
    'PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)
PRJ_RT90 = (
    'PROJCS["RT90_25_gon_V",GEOGCS["GCS_RT_1990",DATUM["D_RT_1990",'
    'SPHEROID["Bessel_1841",6377397.155,299.1528128]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],'
    'PARAMETER["False_Easting",1500000.0],PARAMETER["False_Northing",0.0],'
    'PARAMETER["Central_Meridian",15.80827777777778],PARAMETER["Scale_Factor",1.0],'
    'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)


def square(east: float, north: float, side: float = 1_000) -> Polygon:
    """A square with its south-west corner at a point."""
    return shapely.box(east, north, east + side, north + side)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a DBF."""

    name: str
    size: int = 40
    kind: str = "C"


def dbf(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], *, encoding: str = "latin-1"
) -> bytes:
    """A dBase table without any word on its encoding."""
    length = 1 + sum(column.size for column in columns)
    header = struct.pack("<BBBBIHH20x", 3, 123, 5, 16, len(rows), 33 + 32 * len(columns), length)
    for column in columns:
        name = column.name.encode(encoding).ljust(11, b"\0")
        header += name + column.kind.encode() + struct.pack("<4xBB14x", column.size, 0)
    body = b"".join(
        b" "
        + b"".join(
            cell.encode(encoding).ljust(column.size)[: column.size]
            for cell, column in zip(row, columns, strict=True)
        )
        for row in rows
    )
    return header + b"\r" + body + b"\x1a"


def shp(shapes: Sequence[BaseGeometry]) -> bytes:
    """Polygons with their holes as shapefile records: outer rings clockwise, holes not."""
    records = b""
    for number, shape in enumerate(shapes, start=1):
        rings = []
        for part in shapely.get_parts(shape):
            oriented = shapely.orient_polygons(part, exterior_cw=True)
            rings += [shapely.get_coordinates(ring) for ring in shapely.get_rings(oriented)]
        content = _polygon_record(rings)
        records += struct.pack(">ii", number, len(content) // 2) + content
    words = (100 + len(records)) // 2
    header = struct.pack(">i20xi", 9994, words) + struct.pack("<ii64x", 1000, 5)
    return header + records


def _polygon_record(rings: Sequence[np.ndarray]) -> bytes:
    points = np.concatenate(rings)
    starts = np.cumsum([0, *(len(ring) for ring in rings[:-1])])
    box = [*points.min(axis=0), *points.max(axis=0)]
    return (
        struct.pack("<i4dii", 5, *box, len(rings), len(points))
        + starts.astype("<i4").tobytes()
        + points.astype("<f8").tobytes()
    )


def zipped(members: Mapping[str, bytes]) -> bytes:
    """An archive of some files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def shapefile(
    columns: Sequence[Column],
    rows: Sequence[tuple[Sequence[str], BaseGeometry]],
    *,
    prj: str | None = PRJ_WITHOUT_CODE,
    encoding: str = "latin-1",
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """A zipped shapefile, by default as SCB's: Latin-1 without .cpg, a .prj without code."""
    members = {
        "borders/area.shp": shp([shape for _, shape in rows]),
        "borders/area.dbf": dbf(columns, [cells for cells, _ in rows], encoding=encoding),
        **(more or {}),
    }
    if prj is not None:
        members["borders/area.prj"] = prj.encode()
    return zipped(members)


def feature(shape: BaseGeometry | None, **properties: str | float | None) -> dict[str, object]:
    """One GeoJSON feature."""
    geometry = None if shape is None else shapely.geometry.mapping(shape)
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def geojson(features: Sequence[object], *, crs: str | None = None) -> bytes:
    """A collection of features, with the member `crs` as map services write it."""
    collection: dict[str, object] = {"type": "FeatureCollection", "features": list(features)}
    if crs:
        collection["crs"] = {"type": "name", "properties": {"name": crs}}
    return json.dumps(collection, ensure_ascii=False).encode()


def geopackage(
    path: Path,
    columns: Mapping[str, Sequence[str | int]],
    shapes: Sequence[BaseGeometry],
    *,
    crs: str = "EPSG:3006",
) -> Path:
    """A GeoPackage as GDAL writes it, with its index and its triggers."""
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb(np.array(shapes, dtype=object)),
        field_data=[np.array(values, dtype=object) for values in columns.values()],
        fields=list(columns),
        geometry_type="Polygon" if shapes[0].geom_type == "Polygon" else shapes[0].geom_type,
        crs=crs,
        layer="areas",
        driver="GPKG",
    )
    return path


def written(path: Path, content: bytes | str) -> Path:
    """A file with this content."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
