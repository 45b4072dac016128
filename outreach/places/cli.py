"""`flask places`: import counties, municipalities, localities and villages from files."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from flask_babel import force_locale
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.files.crs import Crs, from_code
from outreach.files.faults import FileRefused
from outreach.files.text import ENCODINGS
from outreach.places import listeners, report
from outreach.places.imports import Source, import_file
from outreach.places.outcomes import ImportResult
from outreach.places.report import Told
from outreach.places.rules import ImportKind
from outreach.places.shapes import Options

EPILOG = """Reads CSV, GeoJSON, GeoPackage and zipped shapefiles. Good rows are stored and refused
rows are told with their number, unless --all-or-nothing is given. The same file twice changes
nothing.

Exit codes: 0, every row was taken; 3, some rows were refused and the others are stored; 1, nothing
is stored, because the file can't be read, every row was refused, or a row was refused under
--all-or-nothing; 2, the command was written wrong. A dry run ends with the code that the import
would."""
_KINDS = (
    (ImportKind.CODES, "Import a list of counties or municipalities: codes and names."),
    (ImportKind.COUNTIES, "Import counties, usually with their borders."),
    (ImportKind.MUNICIPALITIES, "Import municipalities, usually with their borders."),
    (ImportKind.LOCALITIES, "Import SCB's localities (tätorter, småorter), points or areas."),
    (ImportKind.VILLAGES, "Import villages, and figures of villages, in our own format."),
    (ImportKind.SERVICE_POINTS, "Import service points: groceries, libraries, fuel …"),
    (ImportKind.NODES, "Import strategic nodes with their six answers of yes or no."),
)
_DELIMITED = frozenset({ImportKind.LOCALITIES, ImportKind.VILLAGES})
_DATED = _DELIMITED | {ImportKind.NODES}
_OWN = frozenset({ImportKind.VILLAGES, ImportKind.SERVICE_POINTS, ImportKind.NODES})
"""In our own format, from wherever the file says."""
SCB = "SCB"
_DELIMITATION = click.Option(
    ["--delimitation-year"],
    type=click.IntRange(1960, 2100),
    help="The year of SCB's delimitation, where the file doesn't say.",
)
_REFERENCE_DATE = click.Option(
    ["--reference-date"],
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of the figures, where the file doesn't say.",
)
_SOURCE = click.Option(["--source"], metavar="TEXT", help="Where the facts come from.")


class _NotKept(Exception):
    """Rolls an import back."""


def run(
    *,
    kind: ImportKind,
    file: Path,
    encoding: str | None,
    crs: Crs | None,
    swap_axes: bool,
    dry_run: bool,
    all_or_nothing: bool,
    as_json: bool,
    language: str,
    delimitation_year: int | None = None,
    reference_date: datetime | None = None,
    source: str | None = None,
) -> None:
    """Import one file and say what became of it."""
    default_name = file.name[:120] if kind in _OWN else SCB
    options = Options(
        encoding=encoding,
        crs=crs,
        swap_axes=swap_axes,
        delimitation_year=delimitation_year,
        reference_date=reference_date.date() if reference_date else None,
    )
    wanted = Source(file, kind, source or default_name)
    with force_locale(language):
        try:
            told = _import(
                db.session(), wanted, options, dry_run=dry_run, all_or_nothing=all_or_nothing
            )
        except FileRefused as error:
            refusal = report.refusal_as_json if as_json else report.refusal_as_text
            click.echo(refusal(kind, file.name, error=error))
            raise click.exceptions.Exit(report.NOTHING_STORED) from error
        except OperationalError as error:
            raise click.ClickException(f"The database can't be used: {error.orig}") from error
        click.echo(report.as_json(told) if as_json else report.as_text(told))
    raise click.exceptions.Exit(told.exit_code)


def _import(
    session: Session, source: Source, options: Options, *, dry_run: bool, all_or_nothing: bool
) -> Told:
    results: list[ImportResult] = []
    is_kept = False
    with suppress(_NotKept), transaction(session):
        at = utc_now()
        result = import_file(session, source, options=options, at=at)
        results.append(result)
        if dry_run or (all_or_nothing and result.refused):
            raise _NotKept
        is_kept = True
        if result.affected:
            change = listeners.PlacesChanged(tuple(result.affected), at)
            listeners.tell(current_app, session, change=change)
    return Told(
        source.kind,
        source.path.name,
        results[0],
        is_kept=is_kept,
        is_dry_run=dry_run,
        all_or_nothing=all_or_nothing,
    )


def _crs(_context: click.Context, _parameter: click.Parameter, code: int | None) -> Crs | None:
    crs = None if code is None else from_code(code)
    if code is not None and crs is None:
        raise click.BadParameter(f"EPSG:{code} is no system of places on the ground.")
    return crs


def _parameters(kind: ImportKind) -> Sequence[click.Parameter]:
    shared = (
        click.Argument(["file"], type=click.Path(exists=True, dir_okay=False, path_type=Path)),
        click.Option(
            ["--encoding"],
            type=click.Choice(ENCODINGS),
            help="The encoding of a CSV file or a shapefile's table, where it is read wrong.",
        ),
        click.Option(
            ["--crs"],
            metavar="EPSG",
            type=click.IntRange(1),
            callback=_crs,
            help="The file's coordinate system, where it doesn't say: 3006, 4326, 3021 …",
        ),
        click.Option(["--swap-axes"], is_flag=True, help="North stands where east belongs."),
        click.Option(["--dry-run"], is_flag=True, help="Check and sum up, but store nothing."),
        click.Option(["--all-or-nothing"], is_flag=True, help="Store nothing if a row is refused."),
        click.Option(["--json", "as_json"], is_flag=True, help="Print the summary as JSON."),
        click.Option(
            ["--language"], type=click.Choice(["en", "sv"]), default="en", help="Of the summary."
        ),
    )
    return (
        *shared,
        *([_DELIMITATION] if kind in _DELIMITED else []),
        *([_REFERENCE_DATE] if kind in _DATED else []),
        *([_SOURCE] if kind in _DELIMITED | _OWN else []),
    )


commands = AppGroup("places", help="Import places from files.", epilog=EPILOG)
for _kind, _help in _KINDS:
    commands.add_command(
        click.Command(
            f"import-{_kind}",
            params=list(_parameters(_kind)),
            callback=with_appcontext(partial(run, kind=_kind)),
            help=_help,
            epilog=EPILOG,
        )
    )
