"""Venues: the list of rooms in the villages, and the form."""

from datetime import date
from http import HTTPStatus

from flask import Response, flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.associations.views.asking import author
from outreach.associations.views.saving import basis, save_entry
from outreach.extensions import db
from outreach.training.commands.venues import save_venue
from outreach.training.forms.programme import VenueForm, texts_of_venue
from outreach.training.queries.choosing import counties_of, village_names
from outreach.training.queries.venues import VenueRow
from outreach.training.queries.venues import venues as all_venues
from outreach.training.views.blueprint import HOLDERS, blueprint
from outreach.training.wording import YES_NO
from outreach.web.access import PUBLIC, open_to
from outreach.web.answers import page_of_today, see_other
from outreach.web.asking import sent_version
from outreach.web.csv_files import csv_response

REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
ONE = "/venues/<key:venue_id>"


@blueprint.get("/venues")
@open_to(PUBLIC)
def venues() -> Response:
    """All venues by municipality and village."""
    return page_of_today(_list)


def _list(_: date) -> str:
    within = counties_of(db.session(), current_reach())
    return render_template(
        "training/venues.html",
        rows=all_venues(db.session()),
        counties=within,
        may_log=bool(within),
    )


@blueprint.get("/venues.csv")
@open_to(PUBLIC)
def venues_csv() -> Response:
    """The same as a file; an empty cell is "not known"."""
    header = [
        gettext("Municipality"),
        gettext("Village"),
        gettext("Name"),
        gettext("Street address"),
        gettext("Accessible with a wheelchair"),
        gettext("Has a network"),
        gettext("Computers or tablets to borrow"),
    ]
    said = {answer: str(words) for answer, words in YES_NO.items()}
    return csv_response(
        "venues.csv",
        header,
        [
            (
                row.municipality,
                row.village,
                row.name,
                row.address,
                said.get(row.is_accessible),
                said.get(row.has_network),
                row.loan_computers,
            )
            for row in all_venues(db.session())
        ],
    )


@blueprint.get("/venues/new")
@open_to(HOLDERS)
def new_venue() -> tuple[str, int]:
    """An empty form."""
    return _page(VenueForm(), None, status=HTTPStatus.OK)


@blueprint.post("/venues/new")
@open_to(HOLDERS)
def add_venue() -> Response | tuple[str, int]:
    """Add a venue."""
    return _store(None)


@blueprint.get(f"{ONE}/edit")
@open_to(HOLDERS)
def edit_venue(venue_id: int) -> tuple[str, int]:
    """The form with what is registered."""
    row = _own(venue_id)
    return _page(VenueForm(data=texts_of_venue(row)), row, status=HTTPStatus.OK)


@blueprint.post(f"{ONE}/edit")
@open_to(HOLDERS)
def update_venue(venue_id: int) -> Response | tuple[str, int]:
    """Store what the form says."""
    return _store(_own(venue_id))


def _store(row: VenueRow | None) -> Response | tuple[str, int]:
    form = VenueForm(request.form)
    outcome = save_entry(
        form,
        form.entry(),
        lambda session, entry: save_venue(
            session,
            entry,
            venue_id=row.id if row else None,
            version=sent_version(),
            by=author(),
        ),
    )
    if outcome.key is None:
        return _page(form, _own(row.id) if row else None, status=outcome.status)
    flash(gettext("The venue is saved."), "success")
    return see_other(url_for("training.venues"))


def _own(venue_id: int) -> VenueRow:
    found = all_venues(db.session(), venue_id=venue_id)
    within = counties_of(db.session(), current_reach())
    if not found or found[0].municipality_code[:2] not in within:
        raise NotFound
    return found[0]


def _page(form: VenueForm, row: VenueRow | None, *, status: int) -> tuple[str, int]:
    session = db.session()
    names = village_names(session, counties=counties_of(session, current_reach()))
    form.offer(names)

    def theirs(stored: VenueRow) -> VenueForm:
        filled = VenueForm(data=texts_of_venue(stored))
        filled.offer(names)
        return filled

    rests = basis(form, row, status, of="venue", theirs=theirs)
    page = render_template(
        "training/venue_form.html",
        form=form,
        row=row,
        conflict=rests.conflict,
        held_version=rests.version,
    )
    return page, status
