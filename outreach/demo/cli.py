"""`flask demo`: the demonstration region on the command line."""

from datetime import datetime

import click
from flask import current_app
from flask.cli import AppGroup

from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.demo.load import DemoSummary, NotEmpty, load
from outreach.extensions import db
from outreach.settings import settings_of

commands = AppGroup("demo", help="The demonstration region: Blekinge with invented associations.")


@commands.command("load")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Load the region as of this day instead of today.",
)
def load_command(today: datetime | None) -> None:
    """Load the demonstration region into an empty database; do nothing where it is loaded.

    Makes accounts whose password is published: never load it where real people sign in.
    """
    session = db.session()
    try:
        with transaction(session):
            summary = load(
                session,
                today=(today or utc_now()).date(),
                carry_forward_months=settings_of(current_app).carry_forward_months,
            )
    except NotEmpty as error:
        raise click.ClickException(
            "This database already holds places, associations or reporting rounds that are not "
            "the demonstration's. Nothing was loaded."
        ) from error
    click.echo(_told(summary))


def _told(summary: DemoSummary) -> str:
    if not summary.is_new:
        return "The demonstration region is loaded already: nothing to do."
    return (
        f"Loaded the demonstration region: {summary.villages} villages, "
        f"{summary.associations} associations, {summary.rounds} rounds, "
        f"{summary.reports} reports with {summary.counts} counts; "
        f"{summary.published} figures published. "
        "Its accounts have a published password: keep it away from real users."
    )
