"""One session's page, its poster and tally sheet, calling it off, and copying it."""

from flask import Response, flash, render_template, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.associations.views.asking import author
from outreach.database import transaction
from outreach.database.versions import StaleEdit
from outreach.days import today
from outreach.extensions import db
from outreach.rules import RuleBroken
from outreach.training.commands.sessions import cancel_session
from outreach.training.queries.one_session import SessionFacts, session_facts
from outreach.training.queries.sent_changes import with_two_versions
from outreach.training.rules import AGES, SessionForm
from outreach.training.views.blueprint import HOLDERS, blueprint
from outreach.web.access import PUBLIC, open_to
from outreach.web.answers import see_other
from outreach.web.asking import sent_version
from outreach.web.qr import code_of

PAGE = "/sessions/<key:session_id>"


@blueprint.get(PAGE)
@open_to(PUBLIC)
def session_page(session_id: int) -> str:
    """Where and when; visits to homes are nobody's business but the organiser's."""
    mine = session_facts(db.session(), session_id, reach=current_reach())
    row = mine or _public(session_id)
    waiting = with_two_versions(db.session(), [row.id]) if mine else frozenset()
    return render_template(
        "training/session.html",
        row=row,
        may_change=mine is not None,
        has_two_versions=row.id in waiting,
        today=today(),
    )


@blueprint.get(f"{PAGE}/poster")
@open_to(PUBLIC)
def poster(session_id: int) -> str:
    """A sheet for the notice board, with a code that leads to the session's page."""
    row = _public(session_id)
    link = url_for("training.session_page", session_id=row.id, _external=True)
    return render_template("training/poster.html", row=row, link=link, code=code_of(link))


@blueprint.get(f"{PAGE}/tally")
@open_to(HOLDERS)
def tally(session_id: int) -> str:
    """A sheet to count on, without names, with a code that opens the form of this session."""
    row = session_facts(db.session(), session_id, reach=current_reach())
    if row is None:
        raise NotFound
    link = url_for("training.change_form", session_id=row.id, _external=True)
    return render_template("training/tally.html", row=row, link=link, code=code_of(link), ages=AGES)


@blueprint.post(f"{PAGE}/cancel")
@open_to(HOLDERS)
def cancel(session_id: int) -> Response:
    """Call a planned session off, or plan it again."""
    try:
        with transaction(db.session()):
            held = cancel_session(db.session(), session_id, version=sent_version(), by=author())
            if held is None:
                raise NotFound
            is_cancelled = held.state.value == "cancelled"
    except (StaleEdit, RuleBroken):
        flash(gettext("The session has been changed in the meantime. Look at it first."), "warning")
    else:
        message = gettext("The session is called off; calendars are told.")
        flash(message if is_cancelled else gettext("The session is planned again."), "success")
    return see_other(url_for("training.session_page", session_id=session_id))


def _public(session_id: int) -> SessionFacts:
    row = session_facts(db.session(), session_id)
    if row is None or row.form is SessionForm.HOME_VISIT:
        raise NotFound
    return row
