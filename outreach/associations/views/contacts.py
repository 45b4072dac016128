"""An association's contacts: adding one, changing one, and ending one that has left."""

from http import HTTPStatus

from flask import Response, flash, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.associations.commands.contacts import add_contact, edit_contact
from outreach.associations.forms.dated import ContactForm, texts_of_contact
from outreach.associations.models import AssociationContact
from outreach.associations.queries.one import (
    AssociationFacts,
    ContactRow,
    association_facts,
    contacts_of,
    rights,
)
from outreach.associations.rules import ContactEntry
from outreach.associations.views.asking import author
from outreach.associations.views.blueprint import STAFF_AND_REPORTERS, blueprint
from outreach.associations.views.saving import basis, save_entry
from outreach.associations.views.telling import tell_contact
from outreach.days import today
from outreach.extensions import db
from outreach.web.access import open_to
from outreach.web.answers import see_other
from outreach.web.asking import sent_version

REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
ADD = "/associations/<key:association_id>/contacts/new"
CHANGE = "/associations/<key:association_id>/contacts/<key:contact_id>"


@blueprint.get(ADD)
@open_to(STAFF_AND_REPORTERS)
def new_contact(association_id: int) -> tuple[str, int]:
    """An empty form, from today on."""
    form = ContactForm(data={"valid_from": today().isoformat()})
    return _page(form, _facts(association_id), row=None, status=HTTPStatus.OK)


@blueprint.post(ADD)
@open_to(STAFF_AND_REPORTERS)
def create_contact(association_id: int) -> Response | tuple[str, int]:
    """Add the contact that the form describes."""
    facts = _facts(association_id)
    form = ContactForm(request.form)
    outcome = save_entry(
        form,
        form.contact(),
        lambda session, entry: add_contact(session, association_id, entry, by=author()),
    )
    if outcome.key is None:
        return _page(form, facts, row=None, status=outcome.status)
    flash(gettext("The contact is added."), "success")
    return see_other(_back_to(facts))


@blueprint.get(CHANGE)
@open_to(STAFF_AND_REPORTERS)
def contact(association_id: int, contact_id: int) -> tuple[str, int]:
    """The form with what is registered."""
    facts = _facts(association_id)
    row = _row(association_id, contact_id)
    form = ContactForm(data=texts_of_contact(row))
    return _page(form, facts, row=row, status=HTTPStatus.OK)


@blueprint.post(CHANGE)
@open_to(STAFF_AND_REPORTERS)
def update_contact(association_id: int, contact_id: int) -> Response | tuple[str, int]:
    """Store what the form says of the contact."""
    facts = _facts(association_id)
    row = _row(association_id, contact_id)
    form = ContactForm(request.form)
    place = (association_id, contact_id)

    def act(session: Session, entry: ContactEntry) -> AssociationContact | None:
        edited = edit_contact(session, place, entry, version=sent_version(), by=author())
        return tell_contact(session, edited, before=row)

    outcome = save_entry(form, form.contact(), act)
    if outcome.key is None:
        row = _row(association_id, contact_id)
        return _page(form, facts, row=row, status=outcome.status)
    flash(gettext("The changes are saved."), "success")
    return see_other(_back_to(facts))


def _facts(association_id: int) -> AssociationFacts:
    facts = association_facts(db.session(), association_id)
    if facts is None or not rights(facts, current_reach()).may_see_contacts:
        raise NotFound
    return facts


def _row(association_id: int, contact_id: int) -> ContactRow:
    for row in contacts_of(db.session(), association_id):
        if row.id == contact_id:
            return row
    raise NotFound


def _back_to(facts: AssociationFacts) -> str:
    return url_for("associations.show", association_id=facts.id, _anchor="contacts")


def _page(
    form: ContactForm, facts: AssociationFacts, *, row: ContactRow | None, status: int
) -> tuple[str, int]:
    rests = basis(
        form,
        row,
        status,
        of="association_contact",
        theirs=lambda stored: ContactForm(data=texts_of_contact(stored)),
    )
    page = render_template(
        "associations/contact.html",
        form=form,
        association=facts,
        row=row,
        conflict=rests.conflict,
        held_version=rests.version,
    )
    return page, status
