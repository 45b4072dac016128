"""What every worker would make for itself, made once before they are forked.

Templates, translations, the forms of numbers and dates, and what the mapped classes know of each
other: made in the first request of each worker it would cost readers a second, and memory as many
times as there are workers. Nothing here asks the database (docs/adr/0003).
"""

import os
from contextlib import suppress
from datetime import date

from flask import Flask, render_template
from flask_babel import force_locale, format_date, format_decimal, format_percent
from jinja2 import Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy.orm import configure_mappers

from outreach.settings import ROOT
from outreach.web.i18n import LANGUAGES
from outreach.web.memory import give_back, hold_little

COMPILED = ROOT / ".cache" / "templates"
SAMPLE_DAY = date(2020, 1, 31)
SAMPLE_NUMBER = 1234.5


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates on disk, each valid for one text; a full disk is no fault of a page."""

    def __init__(self, directory: str, environment: Environment) -> None:
        super().__init__(directory)
        self._environment = environment

    def get_source_checksum(self, source: str) -> str:
        """Of the text and of which filters are given the context: compiled code calls them so."""
        given = sorted(
            name
            for name, called in self._environment.filters.items()
            if hasattr(called, "jinja_pass_arg")
        )
        return super().get_source_checksum(f"{source}{given}")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one, if there is room."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def init_app(app: Flask) -> None:
    """Keep compiled templates beside the program, where it may write there."""
    with suppress(OSError):
        COMPILED.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.access(COMPILED, os.W_OK) and COMPILED.stat().st_uid == os.geteuid():
            app.jinja_env.bytecode_cache = _Compiled(str(COMPILED), app.jinja_env)


def warm(app: Flask) -> None:
    """Make what all workers need."""
    hold_little()
    configure_mappers()
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)
    for language in LANGUAGES:
        with app.test_request_context("/"), force_locale(language):
            # The one kind of page that asks nothing about its reader; told what it would ask the
            # database, as nothing may be connected before the workers are forked.
            render_template("errors/404.html", status=404, reason="", demonstration=False)
            format_date(SAMPLE_DAY), format_decimal(SAMPLE_NUMBER), format_percent(SAMPLE_NUMBER)
    give_back()
