"""Records that devices send: each stored exactly once, and every answer in JSON.

201 stored, 200 stored before, 409 the key was used for something else or the session has changed
since, 422 refused with reasons, 401 sign in first. docs/adr/0010-offline-queue.md is the contract.
"""

from http import HTTPStatus

from flask import Response, current_app, flash, jsonify, url_for
from flask_babel import gettext
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.accounts.throttle import keyed
from outreach.associations.views.asking import author
from outreach.database import transaction
from outreach.extensions import db
from outreach.rules import RuleBroken
from outreach.training.commands.sent_changes import receive_change
from outreach.training.commands.sessions import KeyReused, log_session
from outreach.training.forms.filling import texts_of
from outreach.training.forms.session import LogForm
from outreach.training.forms.versions import as_fields, form_of
from outreach.training.queries.one_session import session_facts
from outreach.training.queries.reaching import session_with_key
from outreach.training.queries.sent_changes import change_with_key
from outreach.training.rules import SessionEntry
from outreach.training.sent_rules import ChangeState, SentRecord, overlap, sent_record
from outreach.training.views.blueprint import HOLDERS, blueprint
from outreach.web.access import PUBLIC, held_roles, open_to
from outreach.web.asking import sent_json

OWNER_LENGTH = 24
FIRST_VERSION = 1


@blueprint.get("/sessions/records/token")
@open_to(PUBLIC)
def record_token() -> Response:
    """A fresh token for sending, and whose records may be sent with it: nobody's when signed out.

    Not a redirect to the sign-in page, which a script can't tell from a stranger's network.
    """
    owner = device_owner()
    response = (
        jsonify(owner=owner) if owner is None else jsonify(owner=owner, token=generate_csrf())
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.app_template_global("device_owner")
def device_owner() -> str | None:
    """An opaque mark of the account, by which a device keeps people's records apart."""
    if not current_user.is_authenticated or not HOLDERS.admits(held_roles()):
        return None
    user_id = current_reach().user_id
    if user_id is None:
        return None
    return keyed(str(current_app.secret_key), "device-owner", str(user_id))[:OWNER_LENGTH]


@blueprint.post("/sessions/records")
@open_to(HOLDERS)
def receive_record() -> tuple[Response, int]:
    """Take in one record of a device's queue."""
    try:
        sent = sent_record(sent_json())
    except RuleBroken:
        return jsonify(reason="not_a_record"), HTTPStatus.UNPROCESSABLE_ENTITY
    form = form_of(sent.fields)
    entry = form.entry()
    if entry is None:
        return _refused(sent, form)
    try:
        if sent.session_id is None:
            return _new(sent, entry)
        return _change(sent, entry)
    except RuleBroken as rule:
        form.refuse(rule)
        return _refused(sent, form)
    except KeyReused:
        return _key_used(sent)


def _new(sent: SentRecord, entry: SessionEntry) -> tuple[Response, int]:
    session, by = db.session(), author()
    with transaction(session):
        stored = log_session(session, entry, key=sent.key, by=by)
        is_first = stored.created_at == by.at
        session_id = stored.id
    return _stored(sent, session_id, is_first=is_first)


def _change(sent: SentRecord, entry: SessionEntry) -> tuple[Response, int]:
    session, by = db.session(), author()
    with transaction(session):
        change = receive_change(session, sent, entry, by=by)
        if change is None:
            raise NotFound
        is_first, is_held = change.sent_at == by.at, change.state is ChangeState.HELD
        session_id = change.session_id
    if is_held:
        return _two_versions(sent, session_id)
    return _stored(sent, session_id, is_first=is_first)


def _stored(sent: SentRecord, session_id: int, *, is_first: bool) -> tuple[Response, int]:
    told = sent_json()
    if isinstance(told, dict) and told.get("is_awaited") is True:
        flash(gettext("The session is stored."), "success")
    address = url_for("training.session_page", session_id=session_id)
    status = HTTPStatus.CREATED if is_first else HTTPStatus.OK
    return jsonify(key=sent.key, session=session_id, address=address), status


def _refused(sent: SentRecord, form: LogForm) -> tuple[Response, int]:
    messages = [
        {"field": field.short_name, "label": str(field.label.text), "message": str(message)}
        for field in form
        for message in field.errors
    ]
    body = jsonify(reason="refused", key=sent.key, messages=messages)
    return body, HTTPStatus.UNPROCESSABLE_ENTITY


def _key_used(sent: SentRecord) -> tuple[Response, int]:
    """The first content stays. It says which version it made, so that an edit can begin there."""
    user_id = current_user.id
    found: tuple[int, int | None] | None
    if sent.session_id is None:
        first = session_with_key(db.session(), sent.key, user_id=user_id)
        found = None if first is None else (first.id, FIRST_VERSION)
    else:
        change = change_with_key(db.session(), sent.key, user_id=user_id)
        found = None if change is None else (change.session_id, change.stored_version)
    session_id, version = found or (None, None)
    body = jsonify(reason="key_used", key=sent.key, session=session_id, version=version)
    return body, HTTPStatus.CONFLICT


def _two_versions(sent: SentRecord, session_id: int) -> tuple[Response, int]:
    row = session_facts(db.session(), session_id, reach=current_reach())
    if row is None:
        raise NotFound
    theirs = as_fields(texts_of(row))
    body = jsonify(
        reason="versions",
        key=sent.key,
        session=session_id,
        overlap=overlap(sent.base, mine=sent.fields, theirs=theirs).value,
        sent={name: list(values) for name, values in sent.fields.items()},
        stored={name: list(values) for name, values in theirs.items()},
        version=row.version,
        address=url_for("training.versions", session_id=session_id),
    )
    return body, HTTPStatus.CONFLICT
