"""Any file of rows or features to a table, by what its first bytes say it is."""

import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from outreach.files import archives, csv_rows, geojson, geopackage, shapefile
from outreach.files.budget import Budget
from outreach.files.faults import FileRefused
from outreach.files.limits import MEGABYTE, ZIP_BYTES
from outreach.files.table import Table
from outreach.files.text import clean

_ZIP, _SQLITE = b"PK", b"SQLite format 3\0"
_SINGLE = (".gpkg", ".geojson", ".json", ".csv", ".txt", ".tsv")


def read(path: Path, *, encoding: str | None = None) -> Table:
    """The table in a file. `encoding` is for CSV and shapefiles whose own word is wrong."""
    budget = Budget()
    try:
        with path.open("rb") as file:
            start = file.read(len(_SQLITE))
            if start == _SQLITE:
                return geopackage.read(path, budget=budget)
            data = start + file.read(ZIP_BYTES + 1 - len(start))
    except OSError as error:
        raise FileRefused("file_unreadable", why=error.strerror or "") from error
    if len(data) > ZIP_BYTES:
        raise FileRefused("too_large_file", megabytes=ZIP_BYTES // MEGABYTE)
    return read_bytes(data, budget=budget, encoding=encoding)


def read_bytes(data: bytes, *, budget: Budget, encoding: str | None = None) -> Table:
    """The table in a file's content."""
    if not data.strip():
        raise FileRefused("empty_file")
    if data.startswith(_SQLITE):
        return _geopackage(data, budget)
    if data.startswith(_ZIP):
        return _archive(archives.members(data), budget, encoding)
    # The zero bytes are those of UTF-16.
    if data.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1] in {b"{", b"["}:
        return geojson.read(data, budget=budget)
    return csv_rows.read(data, budget=budget, encoding=encoding)


def _archive(members: Mapping[str, bytes], budget: Budget, encoding: str | None) -> Table:
    shapes = [name for name in members if _suffix(name) == ".shp"]
    if len(shapes) == 1:
        return _shapefile(members, shapes[0], budget, encoding)
    single = [name for name in members if _suffix(name) in _SINGLE]
    if not shapes and len(single) == 1 and not members[single[0]].startswith(_ZIP):
        return read_bytes(members[single[0]], budget=budget, encoding=encoding)
    if any(name.startswith("xl/") for name in members):
        raise FileRefused("workbook")
    raise FileRefused("zip_contents", shapefiles=len(shapes))


def _shapefile(
    members: Mapping[str, bytes], shp: str, budget: Budget, encoding: str | None
) -> Table:
    """A shapefile by its parts: the same path with other endings, in capitals or not."""
    parts = {
        _suffix(name): content
        for name, content in members.items()
        if PurePosixPath(name).with_suffix("") == PurePosixPath(shp).with_suffix("")
    }
    if ".dbf" not in parts:
        raise FileRefused("shapefile_without_table")
    prj, cpg = parts.get(".prj"), parts.get(".cpg")
    return shapefile.read(
        parts[".shp"],
        parts[".dbf"],
        budget=budget,
        prj=None if prj is None else clean(prj[:10_000].decode("utf-8", "replace")),
        cpg=None if cpg is None else clean(cpg[:100].decode("ascii", "replace")),
        encoding=encoding,
    )


def _geopackage(data: bytes, budget: Budget) -> Table:
    with tempfile.TemporaryDirectory(prefix="outreach-file-") as folder:
        path = Path(folder) / "file.gpkg"
        path.write_bytes(data)
        return geopackage.read(path, budget=budget)


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.casefold()
