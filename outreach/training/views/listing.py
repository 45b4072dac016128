"""The log: all sessions within reach, also as a file."""

from collections.abc import Iterable

from flask import Response, render_template, request
from flask_babel import gettext

from outreach.accounts.current import current_reach
from outreach.days import today
from outreach.extensions import db
from outreach.training.queries.listing import (
    SessionFilter,
    SessionRow,
    all_sessions,
    count_sessions,
    sessions_within_reach,
)
from outreach.training.queries.organisations import organisations
from outreach.training.queries.sent_changes import with_two_versions
from outreach.training.rules import SessionState
from outreach.training.views.blueprint import HOLDERS, blueprint
from outreach.training.views.calendar import heading_of
from outreach.training.wording import FORMS, GAPS, STATES
from outreach.web.access import open_to
from outreach.web.asking import address, asked_member, asked_number
from outreach.web.csv_files import Cell, csv_response
from outreach.web.paging import Paging, page_number


@blueprint.get("/sessions/list")
@open_to(HOLDERS)
def log_list() -> str:
    """The sessions that the reader may change, the latest first, a page at a time."""
    session, reach, wanted = db.session(), current_reach(), _wanted()
    paging = Paging(
        page_number(request.args.get("page")), count_sessions(session, wanted, reach=reach)
    )
    asked: dict[str, str | int | None] = {
        "organisation": wanted.organisation_id,
        "state": wanted.state,
    }
    rows = sessions_within_reach(session, wanted, reach=reach, paging=paging)
    return render_template(
        "training/log_list.html",
        rows=rows,
        with_two_versions=with_two_versions(session, [row.id for row in rows]),
        paging=paging,
        wanted=wanted,
        page_href=lambda number: address("training.log_list", asked | {"page": number}),
        csv=address("training.log_csv", asked),
        organisations=[(row.id, row.name) for row in organisations(session, reach)],
        states=STATES,
        may_log=True,
    )


@blueprint.get("/sessions.csv")
@open_to(HOLDERS)
def log_csv() -> Response:
    """The same as a file: all that the filter finds."""
    rows = all_sessions(db.session(), _wanted(), reach=current_reach())
    return sessions_csv("sessions.csv", rows)


def _wanted() -> SessionFilter:
    return SessionFilter(
        organisation_id=asked_number("organisation"), state=asked_member("state", SessionState)
    )


def sessions_csv(name: str, rows: Iterable[SessionRow]) -> Response:
    """Sessions as a file."""
    header = [
        gettext("Date"),
        gettext("State"),
        gettext("Title"),
        gettext("Form"),
        gettext("Organiser"),
        gettext("Programme"),
        gettext("Village"),
        gettext("Municipality"),
        gettext("Venue"),
        gettext("Learners"),
        gettext("On the waiting list"),
        gettext("Gaps"),
        gettext("Looked after by"),
    ]
    return csv_response(name, header, (_cells(row) for row in rows))


def _cells(row: SessionRow) -> list[Cell]:
    return [
        row.day,
        str(STATES[row.state]),
        heading_of(row),
        str(FORMS[row.form]) if row.form else None,
        row.organisation,
        row.programme,
        row.village,
        row.municipality,
        row.venue,
        row.learners,
        row.waiting_list,
        ", ".join(str(GAPS[gap]) for gap in row.gaps(today=today())) or None,
        row.assignee,
    ]
