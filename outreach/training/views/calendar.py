"""The public calendar: an agenda by month, and feeds for municipalities and organisations."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask import Response, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.days import today
from outreach.extensions import db
from outreach.late import Late
from outreach.training.queries.listing import SessionFilter, SessionRow, public_sessions
from outreach.training.queries.names import municipality_names, organisation_names
from outreach.training.rules import SessionForm
from outreach.training.views.blueprint import blueprint
from outreach.training.wording import FORMS
from outreach.web import kept
from outreach.web.access import PUBLIC, open_to
from outreach.web.answers import page_of_today
from outreach.web.asking import address, asked_code, asked_member, asked_number
from outreach.web.kept_store import Built

if TYPE_CHECKING:
    from outreach.training import calendars
else:
    calendars = Late("outreach.training.calendars")

KEPT_DAYS = 120
"""How long after its day a session stays in the feeds."""
CODE = "<string(length=4):code>"
A_MONTH = timedelta(days=32)
FIRST, LAST = date(2000, 1, 1), date(2099, 12, 1)


@dataclass(frozen=True, slots=True)
class AgendaDay:
    """One day with its sessions."""

    day: date
    sessions: list[SessionRow]


@blueprint.get("/sessions")
@open_to(PUBLIC)
def calendar() -> Response:
    """The sessions of a month."""
    return page_of_today(_calendar)


def _calendar(day: date) -> str:
    session, asked = db.session(), _month()
    month = asked or day.replace(day=1)
    # Who names no month is shown what lies ahead, and at the end of a month that is the next.
    last = asked or (month + A_MONTH).replace(day=1)
    wanted = SessionFilter(
        since=month,
        until=last.replace(day=monthrange(last.year, last.month)[1]),
        municipality_code=asked_code("municipality"),
        organisation_id=asked_number("organisation"),
        form=asked_member("form", SessionForm),
    )
    rows = public_sessions(session, wanted)
    chosen = {
        "municipality": wanted.municipality_code,
        "organisation": wanted.organisation_id,
        "form": wanted.form,
    }
    reach = current_reach()
    return render_template(
        "training/calendar.html",
        month=month,
        is_asked=asked is not None,
        months=_by_month(row for row in rows if row.day >= day),
        past=_by_day(row for row in rows if row.day < day),
        number=len(rows),
        wanted=wanted,
        today=day,
        municipalities=municipality_names(session),
        organisations=organisation_names(session),
        forms=[(value, words) for value, words in FORMS.items() if value != SessionForm.HOME_VISIT],
        earlier=_to_month(month - timedelta(days=1), chosen) if month > FIRST else None,
        later=_to_month(last + A_MONTH, chosen) if last < LAST else None,
        feed=_feed_of(wanted),
        may_log=bool(reach.organisations or reach.counties or reach.is_administrator),
        is_staff=bool(reach.counties or reach.is_administrator),
    )


@blueprint.get(f"/sessions/municipality/{CODE}.ics")
@open_to(PUBLIC)
def municipality_feed(code: str) -> Response:
    """A municipality's sessions, for anybody's own calendar."""
    name = dict(municipality_names(db.session())).get(code)
    if name is None:
        raise NotFound
    wanted = SessionFilter(since=_since(), municipality_code=code)
    return _feed(gettext("Training in %(name)s", name=name), wanted)


@blueprint.get("/sessions/organisation/<key:organisation_id>.ics")
@open_to(PUBLIC)
def organisation_feed(organisation_id: int) -> Response:
    """An organisation's sessions, for anybody's own calendar."""
    name = dict(organisation_names(db.session())).get(organisation_id)
    if name is None:
        raise NotFound
    wanted = SessionFilter(since=_since(), organisation_id=organisation_id)
    return _feed(name, wanted)


def heading_of(row: SessionRow) -> str:
    """A session's title, or what it is."""
    if row.title:
        return row.title
    return str(FORMS[row.form]) if row.form else gettext("Training session")


def _feed(name: str, wanted: SessionFilter) -> Response:
    def build() -> Built:
        body = calendars.feed(
            name,
            public_sessions(db.session(), wanted),
            heading=heading_of,
            address=lambda row: url_for("training.session_page", session_id=row.id, _external=True),
        )
        return Built(body, "text/calendar; charset=utf-8")

    return kept.file((request.host, request.path, today()), build)


def _since() -> date:
    return today() - timedelta(days=KEPT_DAYS)


def _month() -> date | None:
    """The first of the month asked for, as 2026-03; None where none of ours is."""
    year, _, month = request.args.get("month", "").partition("-")
    is_written = year.isascii() and year.isdigit() and month.isascii() and month.isdigit()
    if not is_written or len(year) != len("2026") or not 1 <= int(month[:2]) <= 12:
        return None
    return min(max(date(int(year) or 1, int(month[:2]), 1), FIRST), LAST)


def _to_month(day: date, chosen: dict[str, str | int | None]) -> str:
    return address("training.calendar", {"month": day.strftime("%Y-%m")} | chosen)


def _by_day(rows: Iterable[SessionRow]) -> list[AgendaDay]:
    days: dict[date, list[SessionRow]] = {}
    for row in rows:
        days.setdefault(row.day, []).append(row)
    return [AgendaDay(day, sessions) for day, sessions in days.items()]


def _by_month(rows: Iterable[SessionRow]) -> list[tuple[date, list[AgendaDay]]]:
    months: dict[date, list[AgendaDay]] = {}
    for one in _by_day(rows):
        months.setdefault(one.day.replace(day=1), []).append(one)
    return list(months.items())


def _feed_of(wanted: SessionFilter) -> str | None:
    if wanted.organisation_id is not None:
        return url_for("training.organisation_feed", organisation_id=wanted.organisation_id)
    if wanted.municipality_code is not None:
        return url_for("training.municipality_feed", code=wanted.municipality_code)
    return None
