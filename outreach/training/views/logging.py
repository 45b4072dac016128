"""Logging a session: a new one, or one that was planned."""

from http import HTTPStatus
from uuid import uuid4

from flask import Response, flash, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.associations.views.asking import author
from outreach.associations.views.saving import Outcome, basis, save_entry
from outreach.days import today
from outreach.extensions import db
from outreach.rules import RuleBroken
from outreach.training.commands.sessions import KeyReused, change_session, log_session
from outreach.training.forms.filling import Texts, texts_of
from outreach.training.forms.session import LogForm
from outreach.training.queries.choosing import offered
from outreach.training.queries.one_session import SessionFacts, session_facts
from outreach.training.rules import SessionEntry, SessionState
from outreach.training.session_models import TrainingSession
from outreach.training.views.blueprint import HOLDERS, blueprint
from outreach.web.access import open_to
from outreach.web.answers import see_other
from outreach.web.asking import sent_version

REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
CHANGE = "/sessions/<key:session_id>/log"


@blueprint.get("/sessions/log")
@open_to(HOLDERS)
def log_form() -> tuple[str, int]:
    """An empty form for a session of today."""
    texts: Texts = {
        "date": today().isoformat(),
        "state": SessionState.HELD.value,
        "key": str(uuid4()),
    }
    return _page(LogForm(data=texts), None, status=HTTPStatus.OK)


@blueprint.post("/sessions/log")
@open_to(HOLDERS)
def log() -> Response | tuple[str, int]:
    """Store the session that the form describes; sent twice, it is stored once."""
    form = LogForm(request.form)
    outcome = _logged(form)
    if outcome.key is None:
        return _page(form, None, status=outcome.status)
    flash(gettext("The session is stored."), "success")
    return see_other(url_for("training.session_page", session_id=outcome.key))


@blueprint.get(CHANGE)
@open_to(HOLDERS)
def change_form(session_id: int) -> tuple[str, int]:
    """The form with what is stored; a planned session is about to be logged as held."""
    row = _held(session_id)
    texts = texts_of(row)
    if row.state is SessionState.PLANNED and row.day <= today():
        texts["state"] = SessionState.HELD.value
    return _page(LogForm(data=texts), row, status=HTTPStatus.OK)


@blueprint.post(CHANGE)
@open_to(HOLDERS)
def change(session_id: int) -> Response | tuple[str, int]:
    """Store what the form says of the session."""
    form = LogForm(request.form)
    outcome = save_entry(
        form,
        form.entry(),
        lambda session, entry: change_session(
            session, session_id, entry, version=sent_version(), by=author()
        ),
    )
    if outcome.key is None:
        return _page(form, _held(session_id), status=outcome.status)
    flash(gettext("The session is stored."), "success")
    return see_other(url_for("training.session_page", session_id=session_id))


def _logged(form: LogForm) -> Outcome:
    def act(session: Session, entry: SessionEntry) -> TrainingSession:
        return log_session(session, entry, key=form.key.data or "", by=author())

    try:
        return save_entry(form, form.entry(), act)
    except KeyReused:
        form.refuse(RuleBroken("key", "key_reused"))
        return Outcome(HTTPStatus.CONFLICT)


def _held(session_id: int) -> SessionFacts:
    row = session_facts(db.session(), session_id, reach=current_reach())
    if row is None:
        raise NotFound
    return row


def _page(form: LogForm, row: SessionFacts | None, *, status: int) -> tuple[str, int]:
    choices = offered(db.session(), current_reach(), today=today())
    form.offer(choices)

    def theirs(stored: SessionFacts) -> LogForm:
        filled = LogForm(data=texts_of(stored))
        filled.offer(choices)
        return filled

    rests = basis(form, row, status, of="training_session", theirs=theirs)
    page = render_template(
        "training/log.html",
        form=form,
        row=row,
        conflict=rests.conflict,
        held_version=rests.version,
        asks_about_details=form.asks_about_details,
        is_ahead=row is not None and row.day > today(),
    )
    return page, status
