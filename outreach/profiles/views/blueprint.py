"""The blueprint of profiles, and what its pages ask of a request."""

from flask import Blueprint
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach, user_id
from outreach.accounts.rules import RoleName
from outreach.database.times import utc_now
from outreach.gap.rules import ALL_AREAS, Area
from outreach.gap.views.reading import Reading
from outreach.mail.queue import add_task
from outreach.profiles import jobs
from outreach.profiles.commands import Author
from outreach.profiles.composing import has_figures
from outreach.web.access import only

blueprint = Blueprint("profiles", __name__)
add_task(blueprint, jobs.TASK, jobs.make_papers)

STAFF = only(RoleName.REGIONAL_STAFF, RoleName.ADMINISTRATOR)


def all_areas(look: Reading) -> list[Area]:
    """Areas that have a profile."""
    return [area for area in look.options.areas if area.code != ALL_AREAS]


def found_area(look: Reading, code: str) -> Area:
    """The area of a code, or 404 where nothing is published about it."""
    area = look.options.area(code)
    if area is None or code == ALL_AREAS or not has_figures(look):
        raise NotFound
    return area


def staffed_area(look: Reading, code: str) -> Area:
    """The same for those who handle it for the region; 404 for all others."""
    area = found_area(look, code)
    if not staffs(area):
        raise NotFound
    return area


def staffs(area: Area) -> bool:
    """Whether the reader handles every county of the area."""
    return all(current_reach().staffs_county(code) for code in area.counties)


def author() -> Author:
    """The person behind the request, and now."""
    return Author(user_id(), utc_now())
