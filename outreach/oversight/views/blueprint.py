"""The blueprint of oversight, who its pages are for, and the filters its templates use."""

from datetime import date
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app

from outreach.accounts.rules import RoleName
from outreach.database.times import utc_now
from outreach.oversight import wording
from outreach.web.access import only

ADMINISTRATORS = only(RoleName.ADMINISTRATOR)
STAFF = only(RoleName.ADMINISTRATOR, RoleName.REGIONAL_STAFF)
KEY = "int(max=2147483647)"
SWEDEN = ZoneInfo("Europe/Stockholm")

blueprint = Blueprint("oversight", __name__)


@blueprint.app_template_filter("recorded_action")
def recorded_action(value: str) -> str:
    """What was done, in words."""
    return str(wording.ACTIONS.get(value, value))


@blueprint.app_template_filter("recorded_kind")
def recorded_kind(value: str) -> str:
    """The kind of what was changed, in words."""
    return str(wording.KINDS.get(value, value))


@blueprint.app_template_filter("recorded_field")
def recorded_field(value: str) -> str:
    """A changed field, in words."""
    return wording.field_name(value)


def today() -> date:
    """The date in Sweden."""
    return utc_now().astimezone(SWEDEN).date()


def private(page: str, *, status: int = 200) -> Response:
    """A page that nobody keeps."""
    response = current_app.make_response((page, status))
    response.headers["Cache-Control"] = "private, no-store"
    return response
