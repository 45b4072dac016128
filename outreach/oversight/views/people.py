"""Erasing a person, and giving a person all that is kept about them."""

import json

from flask import Response, flash, render_template, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.accounts.queries.users import UserFacts, user_facts
from outreach.associations.queries.one import ContactRow, contacts_of
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.days import today
from outreach.extensions import db
from outreach.oversight.commands import Eraser, erase_contact_person, erase_user
from outreach.oversight.queries.own_data import own_data
from outreach.oversight.views.blueprint import ADMINISTRATORS, blueprint
from outreach.oversight.wording import sentence
from outreach.rules import RuleBroken
from outreach.web.access import SIGNED_IN, open_to
from outreach.web.answers import see_other, unkept

CONTACT = "/associations/<key:association_id>/contacts/<key:contact_id>/erase"


@blueprint.get("/accounts/<key:user_id>/erase")
@open_to(ADMINISTRATORS)
def ask_to_erase_user(user_id: int) -> Response:
    """What will be gone and what stays, before anything happens."""
    return _user_page(_user(user_id))


@blueprint.post("/accounts/<key:user_id>/erase")
@open_to(ADMINISTRATORS)
def erase_account(user_id: int) -> Response:
    """Erase the person behind an account."""
    facts = _user(user_id)
    session = db.session()
    try:
        with transaction(session):
            if not erase_user(session, user_id, by=_eraser()):
                raise NotFound
    except RuleBroken as rule:
        return _user_page(facts, error=sentence(rule), status=422)
    flash(gettext("The person is erased. What they did stays."), "success")
    return _to(url_for("accounts.index"))


@blueprint.get(CONTACT)
@open_to(ADMINISTRATORS)
def ask_to_erase_contact(association_id: int, contact_id: int) -> Response:
    """The same for a contact."""
    return _contact_page(association_id, _contact(association_id, contact_id))


@blueprint.post(CONTACT)
@open_to(ADMINISTRATORS)
def erase_contact(association_id: int, contact_id: int) -> Response:
    """Erase the person behind a contact."""
    row = _contact(association_id, contact_id)
    session = db.session()
    with transaction(session):
        erase_contact_person(session, row.id, address=row.email, by=_eraser())
    flash(gettext("The person is erased. What they did stays."), "success")
    return _to(url_for("associations.show", association_id=association_id))


@blueprint.get("/account/data.json")
@open_to(SIGNED_IN)
def data() -> Response:
    """All that is kept about the person signed in, as a file."""
    known = current_reach().user_id
    if known is None:
        raise NotFound
    text = json.dumps(own_data(db.session(), known), ensure_ascii=False, indent=2)
    response = Response(text, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="outreach-my-data.json"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _user_page(facts: UserFacts, *, error: str | None = None, status: int = 200) -> Response:
    page = render_template(
        "oversight/erase.html",
        name=facts.name,
        email=facts.email,
        is_account=True,
        error=error,
        back=(facts.name, url_for("accounts.show", user_id=facts.id)),
    )
    return unkept((page, status))


def _contact_page(association_id: int, row: ContactRow) -> Response:
    page = render_template(
        "oversight/erase.html",
        name=row.name,
        email=row.email,
        is_account=False,
        error=None,
        back=(
            gettext("The association"),
            url_for("associations.show", association_id=association_id),
        ),
    )
    return unkept(page)


def _user(user_id: int) -> UserFacts:
    facts = user_facts(db.session(), current_reach(), user_id=user_id)
    if facts is None:
        raise NotFound
    return facts


def _contact(association_id: int, contact_id: int) -> ContactRow:
    for row in contacts_of(db.session(), association_id):
        if row.id == contact_id:
            return row
    raise NotFound


def _eraser() -> Eraser:
    known = current_reach().user_id
    if known is None:
        raise NotFound
    return Eraser(known, utc_now(), today())


def _to(address: str) -> Response:
    return see_other(address)
