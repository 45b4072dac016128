"""Registering an association and changing what is said of it."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Response, flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.associations.commands.register import (
    create_association,
    edit_association,
    edit_details,
)
from outreach.associations.forms.association import AssociationForm, DetailsForm, texts_of
from outreach.associations.queries.one import (
    AssociationFacts,
    all_names,
    association_facts,
    counties_staffed,
    rights,
)
from outreach.associations.views.asking import author
from outreach.associations.views.blueprint import STAFF, STAFF_AND_REPORTERS, blueprint
from outreach.associations.views.saving import basis, save_entry
from outreach.days import today
from outreach.extensions import db
from outreach.web.access import open_to
from outreach.web.answers import see_other
from outreach.web.asking import sent_version

REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.get("/associations/new")
@open_to(STAFF)
def new() -> tuple[str, int]:
    """An empty form."""
    return _new_page(_offered(AssociationForm()), HTTPStatus.OK)


@blueprint.post("/associations/new")
@open_to(STAFF)
def create() -> Response | tuple[str, int]:
    """Register the association that the form describes."""
    form = _offered(AssociationForm(request.form))
    entry = form.entry(today=today())
    form.ask_about(all_names(db.session()))
    outcome = save_entry(
        form,
        None if form.errors else entry,
        lambda session, entry: create_association(session, entry, by=author()),
    )
    if entry is None or outcome.key is None:
        return _new_page(form, outcome.status)
    flash(gettext("%(name)s is registered. Now add the villages it serves.", name=entry.name))
    return see_other(url_for("associations.show", association_id=outcome.key))


@blueprint.get("/associations/<key:association_id>/edit")
@open_to(STAFF)
def edit(association_id: int) -> tuple[str, int]:
    """The form with what is registered."""
    facts = _facts(association_id, for_staff=True)
    form = _offered(AssociationForm(data=texts_of(facts)))
    return _edit_page(form, facts, HTTPStatus.OK)


@blueprint.post("/associations/<key:association_id>/edit")
@open_to(STAFF)
def update(association_id: int) -> Response | tuple[str, int]:
    """Store what the form says of the association."""
    facts = _facts(association_id, for_staff=True)
    form = _offered(AssociationForm(request.form))
    entry = form.entry(today=today())
    if entry is not None and entry.name != facts.name:
        form.ask_about(all_names(db.session(), but=association_id))
    outcome = save_entry(
        form,
        None if form.errors else entry,
        lambda session, entry: edit_association(
            session, association_id, entry, version=sent_version(), by=author()
        ),
    )
    if outcome.key is None:
        return _edit_page(form, _facts(association_id, for_staff=True), outcome.status)
    return _saved(association_id)


@blueprint.get("/associations/<key:association_id>/details")
@open_to(STAFF_AND_REPORTERS)
def details(association_id: int) -> tuple[str, int]:
    """The form with the operators and the website."""
    facts = _facts(association_id, for_staff=False)
    return _details_page(DetailsForm(data=texts_of(facts)), facts, HTTPStatus.OK)


@blueprint.post("/associations/<key:association_id>/details")
@open_to(STAFF_AND_REPORTERS)
def update_details(association_id: int) -> Response | tuple[str, int]:
    """Store what the association's own reporters may change."""
    form = DetailsForm(request.form)
    outcome = save_entry(
        form,
        form.to_entry(),
        lambda session, entry: edit_details(
            session, association_id, entry, version=sent_version(), by=author()
        ),
    )
    if outcome.key is None:
        return _details_page(form, _facts(association_id, for_staff=False), outcome.status)
    return _saved(association_id)


def _facts(association_id: int, *, for_staff: bool) -> AssociationFacts:
    """The association, or 404 for whoever may not change it."""
    facts = association_facts(db.session(), association_id)
    if facts is None:
        raise NotFound
    may = rights(facts, current_reach())
    if not (may.may_register if for_staff else may.may_see_contacts):
        raise NotFound
    return facts


def _offered(form: AssociationForm) -> AssociationForm:
    form.offer(counties_staffed(db.session(), current_reach()))
    return form


def _saved(association_id: int) -> Response:
    flash(gettext("The changes are saved."), "success")
    return see_other(url_for("associations.show", association_id=association_id))


def _new_page(form: AssociationForm, status: int) -> tuple[str, int]:
    return render_template("associations/new.html", form=form), status


def _edit_page(form: AssociationForm, facts: AssociationFacts, status: int) -> tuple[str, int]:
    return _page(
        "associations/edit.html",
        form,
        theirs=lambda stored: _offered(AssociationForm(data=texts_of(stored))),
        facts=facts,
        status=status,
    )


def _details_page(form: DetailsForm, facts: AssociationFacts, status: int) -> tuple[str, int]:
    return _page(
        "associations/details.html",
        form,
        theirs=lambda stored: DetailsForm(data=texts_of(stored)),
        facts=facts,
        status=status,
    )


def _page(
    template: str,
    form: DetailsForm,
    *,
    theirs: Callable[[AssociationFacts], DetailsForm],
    facts: AssociationFacts,
    status: int,
) -> tuple[str, int]:
    rests = basis(form, facts, status, of="association", theirs=theirs)
    page = render_template(
        template,
        form=form,
        association=facts,
        conflict=rests.conflict,
        held_version=rests.version,
    )
    return page, status
