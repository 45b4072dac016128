"""The blueprint of questions, and what its pages ask of a request."""

from datetime import date
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app

from outreach.accounts.rules import RoleName
from outreach.database.times import utc_now
from outreach.questions import wording
from outreach.web.access import only

HANDLERS = only(RoleName.ASSOCIATION_REPORTER, RoleName.REGIONAL_STAFF, RoleName.ADMINISTRATOR)
KEY = "int(max=2147483647)"
SWEDEN = ZoneInfo("Europe/Stockholm")

blueprint = Blueprint("questions", __name__)
blueprint.record(lambda state: state.app.jinja_env.globals.update(question_words=wording))


def today() -> date:
    """The date in Sweden."""
    return utc_now().astimezone(SWEDEN).date()


def private(page: str, *, status: int = 200) -> Response:
    """A page that nobody keeps, and whose address no other site is told."""
    response = current_app.make_response((page, status))
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
