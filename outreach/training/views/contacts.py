"""An organisation's contacts: added, changed, and forgotten when they leave."""

from http import HTTPStatus

from flask import Response, flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from outreach.associations.views.asking import author
from outreach.associations.views.saving import basis, save_entry
from outreach.database import transaction
from outreach.extensions import db
from outreach.training.commands.organisations import remove_contact, save_contact
from outreach.training.forms.organisation import ContactForm, texts_of_contact
from outreach.training.queries import organisations as queries
from outreach.training.views.blueprint import HOLDERS, blueprint
from outreach.training.views.organisations import held_organisation
from outreach.web.access import open_to
from outreach.web.answers import see_other
from outreach.web.asking import sent_version

ONE = "/organisations/<key:organisation_id>/contacts"


@blueprint.get(f"{ONE}/new")
@open_to(HOLDERS)
def new_contact(organisation_id: int) -> tuple[str, int]:
    """An empty form."""
    return _page(ContactForm(), held_organisation(organisation_id), None, status=HTTPStatus.OK)


@blueprint.post(f"{ONE}/new")
@open_to(HOLDERS)
def add_contact(organisation_id: int) -> Response | tuple[str, int]:
    """Add a contact."""
    return _store(organisation_id, None)


@blueprint.get(f"{ONE}/<key:contact_id>")
@open_to(HOLDERS)
def contact(organisation_id: int, contact_id: int) -> tuple[str, int]:
    """The form with what is registered."""
    held, row = held_organisation(organisation_id), _contact(organisation_id, contact_id)
    if row is None:
        raise NotFound
    return _page(ContactForm(data=texts_of_contact(row)), held, row, status=HTTPStatus.OK)


@blueprint.post(f"{ONE}/<key:contact_id>")
@open_to(HOLDERS)
def update_contact(organisation_id: int, contact_id: int) -> Response | tuple[str, int]:
    """Store what the form says."""
    return _store(organisation_id, contact_id)


@blueprint.post(f"{ONE}/<key:contact_id>/remove")
@open_to(HOLDERS)
def drop_contact(organisation_id: int, contact_id: int) -> Response:
    """Forget a contact who has left; one that somebody else removed meanwhile is gone, too."""
    held_organisation(organisation_id)
    with transaction(db.session()):
        remove_contact(db.session(), organisation_id, contact_id=contact_id, by=author())
    flash(gettext("The contact is removed."), "success")
    return see_other(url_for("training.show", organisation_id=organisation_id))


def _store(organisation_id: int, contact_id: int | None) -> Response | tuple[str, int]:
    held = held_organisation(organisation_id)
    row = None if contact_id is None else _contact(organisation_id, contact_id)
    form = ContactForm(request.form)
    if contact_id is not None and row is None:
        return _page(form, held, None, status=HTTPStatus.CONFLICT)
    outcome = save_entry(
        form,
        form.entry(),
        lambda session, entry: save_contact(
            session,
            organisation_id,
            entry,
            contact_id=contact_id,
            version=sent_version(),
            by=author(),
        ),
    )
    if outcome.key is None:
        row = None if contact_id is None else _contact(organisation_id, contact_id)
        return _page(form, held, row, status=outcome.status)
    flash(gettext("The contact is saved."), "success")
    return see_other(url_for("training.show", organisation_id=organisation_id))


def _contact(organisation_id: int, contact_id: int) -> queries.ContactRow | None:
    rows = queries.contacts_of(db.session(), organisation_id)
    return next((row for row in rows if row.id == contact_id), None)


def _page(
    form: ContactForm,
    held: queries.OrganisationRow,
    row: queries.ContactRow | None,
    *,
    status: int,
) -> tuple[str, int]:
    rests = basis(
        form,
        row,
        status,
        of="organisation_contact",
        theirs=lambda stored: ContactForm(data=texts_of_contact(stored)),
    )
    page = render_template(
        "training/contact.html",
        form=form,
        organisation=held,
        row=row,
        conflict=rests.conflict,
        is_removed=row is None and status == HTTPStatus.CONFLICT,
        held_version=rests.version,
    )
    return page, status
