"""`flask published`: what is published, on the command line."""

import click
from flask import current_app
from flask.cli import AppGroup

from outreach.connections.commands.publish import rebuild
from outreach.database import transaction, unhurried
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.settings import settings_of

commands = AppGroup("published", help="What is published of the approved reports.")


@commands.command("rebuild")
def rebuild_command() -> None:
    """Work out everything published anew from the approved reports."""
    session = db.session()
    with transaction(session):
        unhurried(session)
        rebuild(
            session,
            carry_forward_months=settings_of(current_app).carry_forward_months,
            at=utc_now(),
        )
    click.echo("Everything published was worked out anew.")
