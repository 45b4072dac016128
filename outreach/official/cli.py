"""`flask official`: import official municipal series from PTS and Kolada."""

from contextlib import suppress
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext
from flask_babel import force_locale, gettext

from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.files.faults import Fault, FileRefused
from outreach.official.commands import StoredSeries, store
from outreach.official.reading import read_series
from outreach.official.rules import SERIES
from outreach.official.wording import sentence

NOTHING_STORED, SOME_REFUSED = 1, 3
MOST_LINES = 50

commands = AppGroup("official", help="Import official series.")


class _NotKept(Exception):
    """Rolls an import back."""


@commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--series", required=True, type=click.Choice(sorted(SERIES)), help="Which series.")
@click.option("--source", metavar="TEXT", help="Where the file comes from; its name by default.")
@click.option("--dry-run", is_flag=True, help="Check and sum up, but store nothing.")
@click.option("--language", type=click.Choice(["en", "sv"]), default="en", help="Of the summary.")
@with_appcontext
def import_series(
    *,
    file: Path,
    series: str,
    source: str | None,
    dry_run: bool,
    language: str,
) -> None:
    """Import percentages by municipality and year: Kolada's JSON, or CSV, Excel, ODS.

    Exit codes: 0, every row was taken; 3, some rows were refused; 1, nothing could be read.
    """
    with force_locale(language):
        try:
            read = read_series(file.read_bytes(), series=series)
        except FileRefused as refused:
            click.echo(sentence(refused))
            raise click.exceptions.Exit(NOTHING_STORED) from refused
        session, told = db.session(), StoredSeries()
        with suppress(_NotKept), transaction(session):
            told = store(
                session, read, series=series, source=source or file.name[:120], at=utc_now()
            )
            if dry_run:
                raise _NotKept
        click.echo("\n".join(_lines(told, is_dry=dry_run)))
    raise click.exceptions.Exit(SOME_REFUSED if told.refused else 0)


def _lines(told: StoredSeries, *, is_dry: bool) -> list[str]:
    counts = (
        (gettext("New"), told.new),
        (gettext("Changed"), told.changed),
        (gettext("Unchanged"), told.unchanged),
        (gettext("Of areas not stored here"), told.elsewhere),
        (gettext("Without a value"), told.absent),
        (gettext("Refused"), len(told.refused)),
    )
    width = max(len(name) for name, _ in counts)
    lines = [f"  {name:<{width}}  {count:>6}" for name, count in counts]
    if is_dry:
        lines.append(gettext("Dry run: nothing was stored."))
    lines += [_line(one) for one in told.refused[:MOST_LINES]]
    return lines


def _line(one: Fault) -> str:
    quoted = f" ({one.value})" if one.value else ""
    return f"  {one.row}: {sentence(one)}{quoted}"
