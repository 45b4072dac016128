"""The command line: the features' commands gathered under `flask`."""

from importlib import import_module

import click
from flask import Flask
from flask.cli import ScriptInfo

from outreach.extensions import db
from outreach.settings import ROOT


class LateGroup(click.Group):
    """A command group that is imported when it is called, so that the web process does without.

    `module` holds the real group as `commands`.
    """

    def __init__(self, name: str, *, module: str, short_help: str) -> None:
        super().__init__(name, short_help=short_help)
        self._module = module

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the real group's commands."""
        return self._group().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One command of the real group."""
        return self._group().get_command(ctx, cmd_name)

    def _group(self) -> click.Group:
        group: click.Group = import_module(self._module).commands
        return group


class Migrations(click.Command):
    """Flask-Migrate's group: imported, and bound to the application, when it is called."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: object,
    ) -> click.Context:
        """The real group's, which is then the command that runs."""
        app = (parent or click.get_current_context()).ensure_object(ScriptInfo).load_app()
        library = import_module("flask_migrate")
        library.Migrate().init_app(app, db, directory=str(ROOT / "migrations"))
        group: click.Group = import_module("flask_migrate.cli").db
        return group.make_context(info_name, args, parent, **extra)


def init_app(app: Flask) -> None:
    """Register every feature's command group."""
    app.cli.add_command(Migrations("db", short_help="Database migrations."))
    app.cli.add_command(
        LateGroup("accounts", module="outreach.accounts.cli", short_help="The first user.")
    )
    app.cli.add_command(
        LateGroup("places", module="outreach.places.cli", short_help="Import places from files.")
    )
    app.cli.add_command(
        LateGroup(
            "maturity",
            module="outreach.maturity.cli",
            short_help="The figures that digital maturity is compared with.",
        )
    )
    app.cli.add_command(
        LateGroup(
            "official", module="outreach.official.cli", short_help="Official municipal series."
        )
    )
    app.cli.add_command(
        LateGroup("demo", module="outreach.demo.cli", short_help="The demonstration region.")
    )
    app.cli.add_command(
        LateGroup(
            "published",
            module="outreach.connections.cli",
            short_help="What is published of the approved reports.",
        )
    )
