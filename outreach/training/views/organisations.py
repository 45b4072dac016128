"""Organisations that hold sessions: one's own, adding and changing them."""

from http import HTTPStatus

from flask import Response, flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.associations.views.asking import author
from outreach.associations.views.saving import basis, save_entry
from outreach.days import today
from outreach.extensions import db
from outreach.training.commands.organisations import add_organisation, edit_organisation
from outreach.training.forms.organisation import OrganisationForm, texts_of_organisation
from outreach.training.queries import organisations as queries
from outreach.training.queries.listing import SessionFilter, public_sessions
from outreach.training.queries.names import municipality_names
from outreach.training.views.blueprint import HOLDERS, STAFF, blueprint
from outreach.training.wording import ORGANISATION_KINDS
from outreach.web.access import open_to
from outreach.web.answers import see_other
from outreach.web.asking import sent_version
from outreach.web.csv_files import csv_response

REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
ONE = "/organisations/<key:organisation_id>"


@blueprint.get("/organisations")
@open_to(HOLDERS)
def index() -> str:
    """The organisations within reach."""
    reach = current_reach()
    return render_template(
        "training/index.html",
        rows=queries.listed_organisations(db.session(), reach),
        may_add=bool(queries.counties(db.session(), reach)),
        may_log=True,
    )


@blueprint.get("/organisations.csv")
@open_to(HOLDERS)
def index_csv() -> Response:
    """The same as a file, without contacts."""
    header = [
        gettext("Name"),
        gettext("Kind"),
        gettext("County"),
        gettext("Works in"),
        gettext("Website"),
        gettext("Sessions held"),
    ]
    rows = queries.listed_organisations(db.session(), current_reach())
    return csv_response(
        "organisations.csv",
        header,
        [
            (
                one.row.name,
                str(ORGANISATION_KINDS[one.row.kind]),
                one.row.county,
                ", ".join(one.municipalities),
                one.row.website,
                one.held,
            )
            for one in rows
        ],
    )


@blueprint.get(ONE)
@open_to(HOLDERS)
def show(organisation_id: int) -> str:
    """One organisation within reach, with its contacts and what it has planned."""
    found, session = held_organisation(organisation_id), db.session()
    ahead = SessionFilter(since=today(), organisation_id=organisation_id)
    return render_template(
        "training/organisation.html",
        organisation=found,
        municipalities=queries.municipalities_of(session, organisation_id),
        contacts=queries.contacts_of(session, organisation_id),
        ahead=public_sessions(session, ahead)[:10],
    )


@blueprint.get("/organisations/new")
@open_to(STAFF)
def new() -> tuple[str, int]:
    """The form of a new organisation."""
    return _page(OrganisationForm(), None, status=HTTPStatus.OK)


@blueprint.post("/organisations/new")
@open_to(STAFF)
def add() -> Response | tuple[str, int]:
    """Add an organisation."""
    form = OrganisationForm(request.form)
    outcome = save_entry(
        form,
        form.entry(),
        lambda session, entry: add_organisation(session, entry, by=author()),
    )
    if outcome.key is None:
        return _page(form, None, status=outcome.status)
    flash(gettext("The organisation was added."), "success")
    return see_other(url_for("training.show", organisation_id=outcome.key))


@blueprint.get(f"{ONE}/edit")
@open_to(HOLDERS)
def edit(organisation_id: int) -> tuple[str, int]:
    """The form with what is registered."""
    row = held_organisation(organisation_id)
    return _page(_filled(row), row, status=HTTPStatus.OK)


@blueprint.post(f"{ONE}/edit")
@open_to(HOLDERS)
def update(organisation_id: int) -> Response | tuple[str, int]:
    """Store what the form says; the county stays as it is."""
    row = held_organisation(organisation_id)
    form = OrganisationForm(request.form)
    form.county.data = row.county_code
    outcome = save_entry(
        form,
        form.entry(),
        lambda session, entry: edit_organisation(
            session, organisation_id, entry, version=sent_version(), by=author()
        ),
    )
    if outcome.key is None:
        return _page(form, held_organisation(organisation_id), status=outcome.status)
    flash(gettext("The changes are saved."), "success")
    return see_other(url_for("training.show", organisation_id=organisation_id))


def held_organisation(organisation_id: int) -> queries.OrganisationRow:
    """The organisation within the person's reach, or 404."""
    found = queries.organisation(db.session(), current_reach(), organisation_id=organisation_id)
    if found is None:
        raise NotFound
    return found


def _filled(row: queries.OrganisationRow) -> OrganisationForm:
    places = queries.municipalities_of(db.session(), row.id)
    return OrganisationForm(data=texts_of_organisation(row, places))


def _page(
    form: OrganisationForm, row: queries.OrganisationRow | None, *, status: int
) -> tuple[str, int]:
    session = db.session()
    counties = queries.counties(session, current_reach())
    if row is not None:
        counties = [(row.county_code, row.county)]
    municipalities = municipality_names(session)
    form.offer(counties, municipalities)

    def theirs(stored: queries.OrganisationRow) -> OrganisationForm:
        filled = _filled(stored)
        filled.offer(counties, municipalities)
        return filled

    rests = basis(form, row, status, of="organisation", theirs=theirs)
    page = render_template(
        "training/organisation_form.html",
        form=form,
        row=row,
        conflict=rests.conflict,
        held_version=rests.version,
    )
    return page, status
