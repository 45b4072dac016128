"""Organisations that hold sessions: one's own, and adding one."""

from http import HTTPStatus

from flask import (
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.rules import RuleBroken
from outreach.training.commands.organisations import add_organisation
from outreach.training.forms.organisation import OrganisationForm
from outreach.training.queries import organisations as queries
from outreach.training.views.blueprint import HOLDERS, KEY, STAFF, blueprint
from outreach.web.access import open_to


@blueprint.get("/organisations")
@open_to(HOLDERS)
def index() -> str:
    """The organisations within reach."""
    reach = current_reach()
    return render_template(
        "training/index.html",
        rows=queries.organisations(db.session(), reach),
        may_add=bool(queries.counties(db.session(), reach)),
    )


@blueprint.get(f"/organisations/<{KEY}:organisation_id>")
@open_to(HOLDERS)
def show(organisation_id: int) -> str:
    """One organisation within reach."""
    found = queries.organisation(db.session(), current_reach(), organisation_id=organisation_id)
    if found is None:
        raise NotFound
    return render_template("training/organisation.html", organisation=found)


@blueprint.get("/organisations/new")
@open_to(STAFF)
def new() -> str:
    """The form of a new organisation."""
    return _form_page(OrganisationForm())


@blueprint.post("/organisations/new")
@open_to(STAFF)
def add() -> Response:
    """Add an organisation."""
    form = OrganisationForm(request.form)
    try:
        with transaction(db.session()):
            made = add_organisation(
                db.session(), form.to_entry(), reach=current_reach(), at=utc_now()
            )
            address = url_for("training.show", organisation_id=made.id)
    except RuleBroken as rule:
        form.refuse(rule)
        page = _form_page(form)
        return current_app.make_response((page, HTTPStatus.UNPROCESSABLE_ENTITY))
    flash(gettext("The organisation was added."), "success")
    return current_app.make_response(redirect(address, code=303))


def _form_page(form: OrganisationForm) -> str:
    form.offer(queries.counties(db.session(), current_reach()))
    return render_template("training/new.html", form=form)
