"""Contacts say that they still are, on their page or by the link that they were sent."""

from http import HTTPStatus

from flask import Response, current_app, flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from outreach.accounts.rules import NOBODY
from outreach.associations import listeners
from outreach.associations.commands.contacts import confirm_contact, note_answer
from outreach.associations.commands.recording import Author
from outreach.associations.queries.one import association_facts
from outreach.associations.still_you import contact_of
from outreach.associations.views.asking import author
from outreach.associations.views.blueprint import STAFF_AND_REPORTERS, blueprint
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.days import today
from outreach.extensions import db
from outreach.web.access import PUBLIC, open_to
from outreach.web.answers import see_other, unkept


@blueprint.post("/associations/<key:association_id>/contacts/<key:contact_id>/confirm")
@open_to(STAFF_AND_REPORTERS)
def confirm(association_id: int, contact_id: int) -> Response:
    """Note that the contact is still the one to call."""
    session = db.session()
    with transaction(session):
        if confirm_contact(session, (association_id, contact_id), by=author()) is None:
            raise NotFound
    flash(gettext("Thank you. It is noted that this is still right."), "success")
    address = url_for("associations.show", association_id=association_id, _anchor="contacts")
    return see_other(address)


@blueprint.get("/still-you/<token>")
@open_to(PUBLIC)
def still_you(token: str) -> Response:
    """Ask the contact that the link was sent to."""
    return _page(token, answer=None)


@blueprint.post("/still-you/<token>")
@open_to(PUBLIC)
def answer_still_you(token: str) -> Response:
    """Note the answer: still the contact, or no longer one from today."""
    answer = request.form.get("answer", "")
    if answer not in {"yes", "no"}:
        return _page(token, answer=None)
    page = _page(token, answer=answer)
    session, by = db.session(), Author(NOBODY, utc_now())
    with transaction(session):
        contact = contact_of(session, token, today=today())
        if contact is None:
            return page
        note_answer(session, contact, is_still=answer == "yes", today=today(), by=by)
        if answer == "no":
            left = listeners.ContactLeft(
                contact.association_id, contact.id, user_id=None, email=contact.email, at=by.at
            )
            listeners.tell(current_app, session, change=left)
    return page


def _page(token: str, *, answer: str | None) -> Response:
    session = db.session()
    contact = contact_of(session, token, today=today())
    status = HTTPStatus.OK if contact is not None else HTTPStatus.GONE
    page = render_template(
        "associations/still_you.html",
        contact=contact,
        association=association_facts(session, contact.association_id) if contact else None,
        answer=answer,
    )
    return unkept((page, status))
