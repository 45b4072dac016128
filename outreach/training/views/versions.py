"""The page where a person picks between two versions of a session, field by field."""

from http import HTTPStatus

from flask import Response, flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.associations.views.asking import author
from outreach.database import transaction
from outreach.database.versions import StaleEdit
from outreach.days import today
from outreach.extensions import db
from outreach.rules import RuleBroken
from outreach.training.commands.sent_changes import settle
from outreach.training.forms.filling import texts_of
from outreach.training.forms.session import LogForm
from outreach.training.forms.versions import Pick, as_fields, differences, form_of, picked_fields
from outreach.training.queries.choosing import offered
from outreach.training.queries.one_session import SessionFacts, session_facts
from outreach.training.queries.sent_changes import HeldVersion, held_versions
from outreach.training.sent_rules import differing, overlap
from outreach.training.views.blueprint import HOLDERS, blueprint
from outreach.web.access import open_to
from outreach.web.answers import see_other
from outreach.web.asking import sent_version, whole_number

ADDRESS = "/sessions/<key:session_id>/versions"


@blueprint.get(ADDRESS)
@open_to(HOLDERS)
def versions(session_id: int) -> Response | str:
    """Both versions side by side; the session itself where only one is left."""
    row, held = _found(session_id)
    if held is None:
        return see_other(url_for("training.session_page", session_id=session_id))
    return _page(row, held)


@blueprint.post(ADDRESS)
@open_to(HOLDERS)
def pick_version(session_id: int) -> Response | tuple[str, int]:
    """Store what was picked."""
    row, held = _found(session_id)
    if held is None or held.id != whole_number(request.form.get("held")):
        return see_other(url_for("training.versions", session_id=session_id))
    stored = as_fields(texts_of(row))
    picks = _picks(differing(held.fields, stored))
    if picks is None:
        return _page(row, held, fault=gettext("Pick one of the two for each field.")), 422
    form = form_of(picked_fields(held.fields, stored, picks))
    entry = form.entry()
    session = db.session()
    try:
        if entry is None:
            return _page(row, held, fault=_said(form)), 422
        with transaction(session):
            is_settled = settle(
                session,
                held.id,
                entry,
                session_id=session_id,
                version=sent_version(),
                picked=frozenset(name for name, pick in picks.items() if pick is Pick.HELD),
                by=author(),
            )
    except RuleBroken as rule:
        form.refuse(rule)
        return _page(row, held, fault=_said(form)), 422
    except StaleEdit:
        fault = gettext("The session was changed again meanwhile. Look once more.")
        return _page(*_still(session_id), fault=fault), HTTPStatus.CONFLICT
    if is_settled:
        flash(gettext("The session is stored as you picked."), "success")
    return see_other(url_for("training.versions", session_id=session_id))


def _found(session_id: int) -> tuple[SessionFacts, HeldVersion | None]:
    row = session_facts(db.session(), session_id, reach=current_reach())
    if row is None:
        raise NotFound
    waiting = held_versions(db.session(), session_id)
    return row, waiting[0] if waiting else None


def _still(session_id: int) -> tuple[SessionFacts, HeldVersion]:
    row, held = _found(session_id)
    if held is None:
        raise NotFound
    return row, held


def _picks(names: frozenset[str]) -> dict[str, Pick] | None:
    sent = {name: request.form.get(f"pick-{name}", "") for name in names}
    if any(pick not in set(Pick) for pick in sent.values()):
        return None
    return {name: Pick(pick) for name, pick in sent.items()}


def _said(form: LogForm) -> str:
    return " ".join(f"{field.label.text}: {error}" for field in form for error in field.errors)


def _page(row: SessionFacts, held: HeldVersion, *, fault: str | None = None) -> str:
    stored = as_fields(texts_of(row))
    choices = offered(db.session(), current_reach(), today=today())
    return render_template(
        "training/offline/versions.html",
        row=row,
        held=held,
        overlap=overlap(held.base, mine=held.fields, theirs=stored).value,
        differences=differences(held.fields, stored, base=held.base, offered=choices),
        fault=fault,
        page_has_errors=fault is not None,
        picked=request.form,
    )
