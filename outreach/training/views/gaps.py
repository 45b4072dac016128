"""Sessions with gaps: the list with who looks after them, and those asked about no more."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, flash, render_template, request
from flask_babel import gettext

from outreach.accounts.current import current_reach
from outreach.associations.views.asking import author
from outreach.associations.views.saving import save
from outreach.days import today
from outreach.extensions import db
from outreach.training.commands.chasing import ask_again, assign_session, end_chase
from outreach.training.forms.base import TrainingForm
from outreach.training.forms.chase import AssignForm, EndForm
from outreach.training.queries.gaps import GapFilter, count_gaps, sessions_with_gaps
from outreach.training.queries.listing import Gap
from outreach.training.queries.names import assignees
from outreach.training.queries.organisations import organisations
from outreach.training.views.blueprint import HOLDERS, blueprint
from outreach.training.views.listing import sessions_csv
from outreach.training.wording import GAPS
from outreach.web.access import open_to
from outreach.web.answers import see_other
from outreach.web.asking import address, whole_number
from outreach.web.paging import Paging, page_number

NOBODY = "nobody"
FILTERS = ("organisation", "gap", "assignee", "ended")


@dataclass(frozen=True, slots=True)
class Refused:
    """What was not stored, and of which session of the list."""

    session_id: int
    form: EndForm


@blueprint.get("/sessions/gaps")
@open_to(HOLDERS)
def gaps() -> str:
    """Sessions that lack something, the oldest first, a page at a time."""
    return _list(request.args)


def _list(given: Mapping[str, str], refused: Refused | None = None) -> str:
    session, reach, wanted = db.session(), current_reach(), _wanted(given)
    paging = Paging(
        page_number(given.get("page")),
        count_gaps(session, wanted, reach=reach, today=today()),
    )
    rows = sessions_with_gaps(session, wanted, reach=reach, today=today(), paging=paging)
    asked = _asked(wanted)
    return render_template(
        "training/gaps.html",
        rows=[(row, row.gaps(today=today())) for row in rows],
        paging=paging,
        page_href=lambda number: address("training.gaps", asked | {"page": number}),
        csv=address("training.gaps_csv", asked),
        wanted=wanted,
        asked=asked,
        user_id=reach.user_id,
        nobody=NOBODY,
        organisations=[(row.id, row.name) for row in organisations(session, reach)],
        kinds=GAPS,
        people=assignees(session, reach),
        may_log=True,
        refused=refused,
    )


@blueprint.get("/sessions/gaps.csv")
@open_to(HOLDERS)
def gaps_csv() -> Response:
    """All that the filter finds, as a file."""
    rows = sessions_with_gaps(
        db.session(), _wanted(request.args), reach=current_reach(), today=today()
    )
    return sessions_csv("session-gaps.csv", rows)


@blueprint.post("/sessions/<key:session_id>/assign")
@open_to(HOLDERS)
def assign(session_id: int) -> Response:
    """Give a session's gaps to somebody."""
    form = AssignForm(request.form)
    chosen = form.chosen()
    if not form.errors:
        save(form, lambda session: assign_session(session, session_id, chosen, by=author()))
    return _back(form, gettext("It is noted who looks after the session."))


@blueprint.post("/sessions/<key:session_id>/unanswered")
@open_to(HOLDERS)
def unanswered(session_id: int) -> Response | tuple[str, int]:
    """Note that the organiser was asked and won't answer; a note refused stays to be put right."""
    form = EndForm(request.form)
    note, is_meant = form.text("note") or "", bool(form.details_are_meant.data)
    save(
        form,
        lambda session: end_chase(
            session, session_id, note, by=author(), details_are_meant=is_meant
        ),
    )
    if form.errors:
        return _list(_sent(), Refused(session_id, form)), HTTPStatus.UNPROCESSABLE_ENTITY
    return _back(
        form, gettext("The session is no longer asked about. What is missing stays unknown.")
    )


@blueprint.post("/sessions/<key:session_id>/ask-again")
@open_to(HOLDERS)
def ask_once_more(session_id: int) -> Response:
    """Ask about a session again after all."""
    form = TrainingForm(request.form)
    save(form, lambda session: ask_again(session, session_id, by=author()))
    return _back(form, gettext("The session is asked about again."))


def _back(form: TrainingForm, done: str) -> Response:
    """To the page of the list that the button stood on."""
    for messages in form.errors.values():
        flash(" ".join(str(message) for message in messages), "error")
    if not form.errors:
        flash(done, "success")
    return see_other(address("training.gaps", _sent()))


def _sent() -> dict[str, str]:
    """The filters and the page of the list that a form was sent from."""
    return {name: request.form.get(f"in_{name}", "")[:40] for name in (*FILTERS, "page")}


def _wanted(given: Mapping[str, str]) -> GapFilter:
    assignee, gap = given.get("assignee"), given.get("gap")
    return GapFilter(
        organisation_id=whole_number(given.get("organisation")),
        gap=Gap(gap) if gap in set(Gap) else None,
        assignee_id=whole_number(assignee),
        is_unassigned=assignee == NOBODY,
        is_ended=given.get("ended") == "1",
    )


def _asked(wanted: GapFilter) -> dict[str, str | int | None]:
    """The filters as the address has them."""
    return {
        "organisation": wanted.organisation_id,
        "gap": wanted.gap,
        "assignee": NOBODY if wanted.is_unassigned else wanted.assignee_id,
        "ended": 1 if wanted.is_ended else None,
    }
