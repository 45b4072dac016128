"""How the pages of places are kept: by address, language and day, until the data change."""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from flask import Response, request
from flask_babel import get_locale

from outreach.database.times import utc_now
from outreach.web import kept

SWEDEN = ZoneInfo("Europe/Stockholm")


def today() -> date:
    """The date in Sweden."""
    return utc_now().astimezone(SWEDEN).date()


def page(build: Callable[[date], str]) -> Response:
    """The page of this address as of today, from kept bytes where it is the same for everybody."""
    day = today()
    return kept.page((request.full_path, str(get_locale()), day), lambda: build(day))
