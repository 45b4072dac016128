"""Importing small files of places in tests."""

from pathlib import Path

import pyproj
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.database import data_version
from outreach.database.audit import AuditEvent
from outreach.places.imports import Source, import_file
from outreach.places.outcomes import ImportResult
from outreach.places.rules import ImportKind
from outreach.places.shapes import Options
from tests.factories import NOW
from tests.files.making import Column

MUNICIPALITY_COLUMNS = (Column("KnKod", 4), Column("KnNamn"))
COUNTY_COLUMNS = (Column("LnKod", 2), Column("LnNamn"))
AS_THE_FILE_SAYS = Options()
LOCALITIES = """\
id,code,name,mun_code,mun_name,area,pop,year,x_sweref99tm,y_sweref99tm,lon,lat
1,1083TC109,Sölvesborg,1083,Sölvesborg,749,8832,2020,472353.4,6211466.0,14.55617,56.047598
2,1083TB105,Mjällby,1083,Sölvesborg,227,1365,2020,480608.8,6211422.7,14.688699,56.047615
"""


def imported(
    session: Session,
    kind: ImportKind,
    content: bytes | str | Path,
    *,
    folder: Path,
    options: Options = AS_THE_FILE_SAYS,
    source: str = "SCB",
) -> ImportResult:
    """What became of a file with this content."""
    path = content if isinstance(content, Path) else folder / "import.file"
    if not isinstance(content, Path):
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return import_file(session, Source(path, kind, source), options=options, at=NOW)


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    """New, changed, unchanged, refused."""
    return len(result.new), len(result.changed), result.unchanged, result.refused_rows


def traces(session: Session) -> tuple[int, int]:
    """The data version and the number of audit rows: what a change leaves behind."""
    audited = session.scalars(select(func.count()).select_from(AuditEvent)).one()
    return data_version.current(session), audited


def refusals(result: ImportResult) -> list[tuple[str, int | None, str | None]]:
    """Why which row was refused, and in which column."""
    return [(one.code, one.row, one.column) for one in result.refused]


def warnings(result: ImportResult) -> list[tuple[str, int | None]]:
    """What was said about which row."""
    return [(one.code, one.row) for one in result.warnings]


def in_rt90(east: float, north: float) -> tuple[float, float]:
    """A point of SWEREF 99 TM in RT 90 2.5 gon V."""
    there = pyproj.Transformer.from_crs(3006, 3021, always_xy=True)
    return there.transform(east, north)
