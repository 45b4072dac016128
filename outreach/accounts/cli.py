"""`flask accounts`: the first administrator, whom nobody could invite."""

import click
from flask.cli import AppGroup

from outreach.accounts import invitations
from outreach.accounts.commands import Actor, invite
from outreach.accounts.rules import Invitation, Reach, RoleName, Scope
from outreach.accounts.wording import sentence
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.mail.rules import NotAnAddress
from outreach.rules import RuleBroken

COMMAND_LINE = Reach(roles=frozenset({RoleName.ADMINISTRATOR}))

commands = AppGroup("accounts", help="Users whom no page can make.")


@commands.command("create-administrator")
@click.option("--email", required=True, help="The address to sign in with.")
@click.option("--name", help="How the person is called; the address says it otherwise.")
@click.option("--language", type=click.Choice(["sv", "en"]), default="sv", show_default=True)
def create_administrator(email: str, name: str | None, language: str) -> None:
    """Invite an administrator by e-mail, and print the link where they choose a password.

    Whoever has the link can choose it: hand it over as carefully as a key.
    """
    session = db.session()
    try:
        invitation = Invitation(
            name=name or email.partition("@")[0],
            email=email,
            locale=language,
            roles=frozenset({RoleName.ADMINISTRATOR}),
            scope=Scope(),
        )
        with transaction(session):
            user = invite(session, invitation, by=Actor(COMMAND_LINE, utc_now()))
            invitations.send(session, user, inviter="Outreach")
            link = invitations.link_for(user)
    except RuleBroken as rule:
        raise click.ClickException(sentence(rule)) from rule
    except NotAnAddress as error:
        raise click.ClickException(f"{email} is no e-mail address.") from error
    click.echo(link)
