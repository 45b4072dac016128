"""The log: all sessions within reach, and those with gaps; both also as files."""

from collections.abc import Iterable

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from outreach.accounts.current import current_reach
from outreach.extensions import db
from outreach.training.commands.chasing import assign_session, end_chase
from outreach.training.forms.base import TrainingForm
from outreach.training.forms.chase import AssignForm, EndForm
from outreach.training.queries.listing import (
    SessionFilter,
    SessionRow,
    all_sessions,
    count_sessions,
    sessions_with_gaps,
    sessions_within_reach,
)
from outreach.training.queries.names import assignees
from outreach.training.queries.organisations import organisations
from outreach.training.queries.sent_changes import with_two_versions
from outreach.training.rules import SessionState
from outreach.training.views.asking import (
    address,
    asked_key,
    asked_member,
    author,
    today,
)
from outreach.training.views.blueprint import HOLDERS, KEY, blueprint
from outreach.training.views.calendar import heading_of
from outreach.training.views.saving import save
from outreach.training.wording import FORMS, GAPS, STATES
from outreach.web.access import open_to
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
    return _csv("sessions.csv", rows)


@blueprint.get("/sessions/gaps")
@open_to(HOLDERS)
def gaps() -> str:
    """Sessions that lack something, the oldest first, with who looks after them."""
    session, reach = db.session(), current_reach()
    is_mine = request.args.get("mine") == "1"
    rows = sessions_with_gaps(
        session, reach=reach, today=today(), assignee_id=reach.user_id if is_mine else None
    )
    return render_template(
        "training/gaps.html",
        rows=[(row, row.gaps(today=today())) for row in rows],
        people=assignees(session, reach),
        is_mine=is_mine,
        may_log=True,
    )


@blueprint.get("/sessions/gaps.csv")
@open_to(HOLDERS)
def gaps_csv() -> Response:
    """The same as a file."""
    rows = sessions_with_gaps(db.session(), reach=current_reach(), today=today())
    return _csv("session-gaps.csv", rows)


@blueprint.post(f"/sessions/<{KEY}:session_id>/assign")
@open_to(HOLDERS)
def assign(session_id: int) -> Answer:
    """Give a session's gaps to somebody."""
    form = AssignForm(request.form)
    chosen = form.chosen()
    if not form.errors:
        save(form, lambda session: assign_session(session, session_id, chosen, by=author()))
    return _back(form, gettext("It is noted who looks after the session."))


@blueprint.post(f"/sessions/<{KEY}:session_id>/unanswered")
@open_to(HOLDERS)
def unanswered(session_id: int) -> Answer:
    """Note that the organiser was asked and won't answer."""
    form = EndForm(request.form)
    note = form.text("note") or ""
    save(form, lambda session: end_chase(session, session_id, note, by=author()))
    return _back(
        form, gettext("The session is no longer asked about. What is missing stays unknown.")
    )


def _back(form: TrainingForm, done: str) -> Answer:
    for messages in form.errors.values():
        flash(" ".join(str(message) for message in messages), "error")
    if not form.errors:
        flash(done, "success")
    return redirect(url_for("training.gaps"), code=303)


def _wanted() -> SessionFilter:
    return SessionFilter(
        organisation_id=asked_key("organisation"), state=asked_member("state", SessionState)
    )


def _csv(name: str, rows: Iterable[SessionRow]) -> Response:
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
