"""From a file to stored places: read it, check it, store what is new or differs, sum it up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy.orm import Session

from outreach.database import data_version
from outreach.database.audit import record_file
from outreach.days import swedish_day
from outreach.files import reading
from outreach.files.table import Table
from outreach.places import border_files, service_files, village_files
from outreach.places.commands import borders, services
from outreach.places.commands.villages import store_villages
from outreach.places.conflicts import Lying, conflicts
from outreach.places.outcomes import ImportResult, Stored
from outreach.places.queries import stored as known
from outreach.places.reading import Entry, Read
from outreach.places.rules import ImportKind
from outreach.places.shapes import Options

E = TypeVar("E", bound=Entry)
L = TypeVar("L", bound=Lying)


@dataclass(frozen=True, slots=True)
class Source:
    """A file to import and where its facts come from, as pages will say."""

    path: Path
    kind: ImportKind
    name: str


def import_file(
    session: Session, source: Source, *, options: Options, at: datetime
) -> ImportResult:
    """Store the good rows of a file and tell what became of every row.

    Raises FileRefused when nothing of the file can be read. The caller decides whether the
    transaction is kept: a dry run is this, rolled back. A file that changes nothing writes nothing.
    """
    table = reading.read(source.path, encoding=options.encoding)
    result = _IMPORTERS[source.kind](session, table, source, options, at)
    if result.writes:
        record_file(
            session,
            "places.imported",
            source.path.name,
            at=at,
            after={
                "kind": source.kind,
                "new": len(result.new),
                "changed": len(result.changed),
                "unchanged": result.unchanged,
                "refused": result.refused_rows,
            },
        )
        data_version.bump(session, at=at)
    session.flush()
    return result


def _codes(
    session: Session, table: Table, source: Source, options: Options, at: datetime
) -> ImportResult:
    if border_files.holds_municipalities(table):
        return _municipalities(session, table, source, options, at)
    return _counties(session, table, source, options, at)


def _counties(
    session: Session, table: Table, _source: Source, options: Options, at: datetime
) -> ImportResult:
    read = border_files.counties(table, options=options)
    return _summed(read, borders.store_counties(session, read.entries, at=at))


def _municipalities(
    session: Session, table: Table, _source: Source, options: Options, at: datetime
) -> ImportResult:
    read = border_files.municipalities(table, options=options)
    return _summed(read, borders.store_municipalities(session, read.entries, at=at))


def _localities(
    session: Session, table: Table, source: Source, options: Options, at: datetime
) -> ImportResult:
    today = swedish_day(at)
    read = village_files.localities(table, options=options, today=today, source=source.name)
    _warn_of_conflicts(session, read)
    done = store_villages(session, read.entries, at=at)
    codes = {entry.code for entry in read.entries}
    missing = known.localities_not_among(
        session,
        codes,
        municipalities={code[:4] for code in codes},
        letters="".join(sorted({code[4] for code in codes})),
    )
    return _summed(read, done, missing)


def _villages(
    session: Session, table: Table, source: Source, options: Options, at: datetime
) -> ImportResult:
    today = swedish_day(at)
    read = village_files.villages(table, options=options, today=today, source=source.name)
    _warn_of_conflicts(session, read)
    return _summed(read, store_villages(session, read.entries, at=at))


def _service_points(
    session: Session, table: Table, source: Source, options: Options, at: datetime
) -> ImportResult:
    read = service_files.service_points(table, options=options, source=source.name)
    _warn_of_conflicts(session, read)
    return _summed(read, services.store_service_points(session, read.entries, at=at))


def _nodes(
    session: Session, table: Table, source: Source, options: Options, at: datetime
) -> ImportResult:
    today = swedish_day(at)
    read = service_files.nodes(table, options=options, today=today, source=source.name)
    _warn_of_conflicts(session, read)
    return _summed(read, services.store_nodes(session, read.entries, at=at))


def _warn_of_conflicts(session: Session, read: Read[L]) -> None:
    if any(entry.shape for entry in read.entries):
        read.warnings += conflicts(read.entries, known.known_areas(session))


def _summed(
    read: Read[E], done: Stored, missing: Sequence[known.NamedVillage] = ()
) -> ImportResult:
    refused = sorted([*read.refused, *done.refused], key=lambda one: one.row or 0)
    refused_rows = {one.row for one in refused}
    warnings = sorted([*read.warnings, *done.warnings], key=lambda one: one.row or 0)
    return ImportResult(
        new=done.new,
        changed=done.changed,
        unchanged=done.unchanged,
        refused=refused,
        warnings=[one for one in warnings if one.row is None or one.row not in refused_rows],
        missing=missing,
        affected=done.village_ids,
    )


_Importer = Callable[[Session, Table, Source, Options, datetime], ImportResult]
_IMPORTERS: dict[ImportKind, _Importer] = {
    ImportKind.COUNTIES: _counties,
    ImportKind.MUNICIPALITIES: _municipalities,
    ImportKind.LOCALITIES: _localities,
    ImportKind.VILLAGES: _villages,
    ImportKind.CODES: _codes,
    ImportKind.SERVICE_POINTS: _service_points,
    ImportKind.NODES: _nodes,
}
