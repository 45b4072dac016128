"""`flask maturity`: the published figures that surveys are compared with."""

from contextlib import suppress
from pathlib import Path

import click
from flask.cli import AppGroup

from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.files import csv_rows
from outreach.files.budget import Budget
from outreach.files.faults import FileRefused
from outreach.maturity.commands.reference import Stored, store_reference
from outreach.maturity.eurostat import read_reference

NOTHING_STORED, SOME_REFUSED = 1, 3
REFUSALS_TOLD = 20

commands = AppGroup("maturity", help="The figures that digital maturity is compared with.")


class _NotKept(Exception):
    """Rolls an import back."""


@commands.command("import-reference")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check and sum up, but store nothing.")
@click.option("--country", default="Sweden", show_default=True, help="The country to store.")
def import_reference(file: Path, *, dry_run: bool, country: str) -> None:
    """Import Eurostat's isoc_sk_dskl_i21 as CSV; the same file twice changes nothing.

    Only percentages of all individuals on the levels and areas that are shown are taken. Exit
    codes: 0, all such rows were taken; 3, some were refused; 1, nothing is stored.
    """
    try:
        read = read_reference(csv_rows.read(file.read_bytes(), budget=Budget()), country=country)
    except FileRefused as error:
        click.echo(f"{file.name} can't be read: {error.code}. Nothing was stored.")
        raise click.exceptions.Exit(NOTHING_STORED) from error
    for refused in read.refused[:REFUSALS_TOLD]:
        click.echo(f"Row {refused.row}: {refused.why}.")
    stored: list[Stored] = []
    session = db.session()
    with suppress(_NotKept), transaction(session):
        stored.append(store_reference(session, read.figures, at=utc_now()))
        if dry_run:
            raise _NotKept
    told = stored[0]
    click.echo(
        f"{'Dry run: ' if dry_run else ''}{told.new} new, {told.changed} changed, "
        f"{told.unchanged} as before, {len(read.refused)} refused, {read.passed_over} passed over."
    )
    if read.refused:
        raise click.exceptions.Exit(SOME_REFUSED if read.figures else NOTHING_STORED)
