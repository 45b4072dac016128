"""One session's page: public, with what was counted for those who may change it."""

from flask import render_template
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.extensions import db
from outreach.training.queries.one_session import SessionFacts, session_facts
from outreach.training.rules import SessionForm
from outreach.training.views.blueprint import KEY, blueprint
from outreach.web.access import PUBLIC, open_to


@blueprint.get(f"/sessions/<{KEY}:session_id>")
@open_to(PUBLIC)
def session_page(session_id: int) -> str:
    """Where and when; visits to homes are nobody's business but the organiser's."""
    mine = session_facts(db.session(), session_id, reach=current_reach())
    row = mine or _public(session_id)
    return render_template("training/session.html", row=row, may_change=mine is not None)


def _public(session_id: int) -> SessionFacts:
    row = session_facts(db.session(), session_id)
    if row is None or row.form is SessionForm.HOME_VISIT:
        raise NotFound
    return row


@blueprint.get("/sessions")
@open_to(PUBLIC)
def calendar() -> str:
    """What lies ahead."""
    return render_template("training/calendar.html")
