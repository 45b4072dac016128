"""What was known on an earlier day: who may ask for it, for which days, and what others are told.

Only the region's own staff may (docs/adr/0011): what is withheld today could follow from two
versions laid side by side, of which each by itself gives nothing away.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from http import HTTPStatus
from typing import NoReturn

from flask import abort, render_template, request, url_for
from sqlalchemy.orm import Session

from outreach.accounts.current import current_reach
from outreach.connections.queries.known import Published, known_before, known_since
from outreach.days import end_of_day, swedish_day, today
from outreach.gap.forms import Field, day_of
from outreach.gap.rules import Area
from outreach.web import kept
from outreach.web.answers import unkept


class Refused(StrEnum):
    """Why what was known on a day is not shown."""

    NOT_STAFF = "not_staff"
    NO_DAY = "no_day"
    FUTURE = "future"
    TOO_EARLY = "too_early"
    ONLY_NOW = "only_now"


@dataclass(frozen=True, slots=True)
class Known:
    """The day asked for; what was published at its end is what was known on it."""

    day: date

    @property
    def end(self) -> datetime:
        """The first moment after the day, in Sweden."""
        return end_of_day(self.day)


def known_asked() -> Known | None:
    """The day in the past that the address asks for, refused to whoever may not see any."""
    text = request.args.get(Field.KNOWN)
    if text is None:
        return None
    if kept.is_visitor() or not _is_staff():
        refuse(Refused.NOT_STAFF)
    day = day_of(text)
    if day is None:
        refuse(Refused.NO_DAY)
    if day > today():
        refuse(Refused.FUTURE)
    return Known(day)


def then(session: Session, known: Known) -> Published:
    """What was published then; refused for a day before anything was kept."""
    since = known_since(session)
    if since is None or since >= known.end:
        refuse(Refused.TOO_EARLY, since=None if since is None else swedish_day(since))
    return known_before(known.end)


def may_see_internal(area: Area) -> bool:
    """Whether the reader handles every county of the area for the region."""
    reach = current_reach()
    return bool(area.counties) and all(reach.staffs_county(code) for code in area.counties)


def refuse(reason: Refused, *, since: date | None = None) -> NoReturn:
    """Say why nothing is shown, and where the present figures are."""
    here = url_for(str(request.endpoint), **(request.view_args or {}))
    page = render_template("gap/not_known.html", reason=reason.value, since=since, here=here)
    status = HTTPStatus.FORBIDDEN if reason is Refused.NOT_STAFF else HTTPStatus.BAD_REQUEST
    abort(unkept((page, status)))


def only_of_now() -> None:
    """Refuse a day in the past where what is asked for can't look back."""
    if Field.KNOWN in request.args:
        refuse(Refused.ONLY_NOW)


def _is_staff() -> bool:
    reach = current_reach()
    return reach.is_administrator or bool(reach.counties)
