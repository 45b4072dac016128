"""Adding a commitment and changing one."""

from http import HTTPStatus

from flask import Response, flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.associations.commands.commitments import add_commitment, edit_commitment
from outreach.associations.forms.base import one_line
from outreach.associations.forms.commitment import CommitmentForm, texts_of
from outreach.associations.queries.commitments import CommitmentRow, commitment
from outreach.associations.queries.one import AssociationFacts, association_facts, rights
from outreach.associations.queries.served import (
    VillageMatch,
    find_villages,
    served_by,
    villages_by_code,
)
from outreach.associations.views.asking import author
from outreach.associations.views.blueprint import STAFF_AND_REPORTERS, blueprint
from outreach.associations.views.saving import basis, save_entry
from outreach.associations.views.shown import split_by_day
from outreach.days import today
from outreach.extensions import db
from outreach.web.access import open_to
from outreach.web.answers import see_other
from outreach.web.asking import LONGEST_SEARCH, sent_version

REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
ADD = "/associations/<key:association_id>/commitments/new"
CHANGE = "/commitments/<key:commitment_id>/edit"


@blueprint.get(ADD)
@open_to(STAFF_AND_REPORTERS)
def new_commitment(association_id: int) -> tuple[str, int]:
    """An empty form."""
    return _page(CommitmentForm(), _facts(association_id), row=None, status=HTTPStatus.OK)


@blueprint.post(ADD)
@open_to(STAFF_AND_REPORTERS)
def create_commitment(association_id: int) -> Response | tuple[str, int]:
    """Add the commitment that the form describes, or look for the villages it asks for."""
    facts = _facts(association_id)
    form = CommitmentForm(request.form)
    if _is_search():
        return _page(form, facts, row=None, status=HTTPStatus.OK)
    outcome = save_entry(
        form,
        form.entry(),
        lambda session, entry: add_commitment(session, association_id, entry, by=author()),
    )
    if outcome.key is None:
        return _page(form, facts, row=None, status=outcome.status)
    flash(gettext("The commitment is added."), "success")
    return see_other(url_for("associations.commitment_page", commitment_id=outcome.key))


@blueprint.get(CHANGE)
@open_to(STAFF_AND_REPORTERS)
def change_commitment(commitment_id: int) -> tuple[str, int]:
    """The form with what is registered."""
    row, facts = _held(commitment_id)
    return _page(CommitmentForm(data=texts_of(row)), facts, row=row, status=HTTPStatus.OK)


@blueprint.post(CHANGE)
@open_to(STAFF_AND_REPORTERS)
def update_commitment(commitment_id: int) -> Response | tuple[str, int]:
    """Store what the form says of the commitment, or look for the villages it asks for."""
    row, facts = _held(commitment_id)
    form = CommitmentForm(request.form)
    if _is_search():
        return _page(form, facts, row=row, status=HTTPStatus.OK)
    outcome = save_entry(
        form,
        form.entry(),
        lambda session, entry: edit_commitment(
            session, commitment_id, entry, version=sent_version(), by=author()
        ),
    )
    if outcome.key is None:
        row, facts = _held(commitment_id)
        return _page(form, facts, row=row, status=outcome.status)
    flash(gettext("The changes are saved."), "success")
    return see_other(url_for("associations.commitment_page", commitment_id=commitment_id))


def _is_search() -> bool:
    return request.form.get("action") == "search"


def _facts(association_id: int) -> AssociationFacts:
    facts = association_facts(db.session(), association_id)
    if facts is None or not rights(facts, current_reach()).may_see_contacts:
        raise NotFound
    return facts


def _held(commitment_id: int) -> tuple[CommitmentRow, AssociationFacts]:
    row = commitment(db.session(), commitment_id, today=today())
    if row is None:
        raise NotFound
    return row, _facts(row.association_id)


def _page(
    form: CommitmentForm, facts: AssociationFacts, *, row: CommitmentRow | None, status: int
) -> tuple[str, int]:
    typed = one_line(request.form.get("search", ""))[:LONGEST_SEARCH]
    found = _found(facts, typed)
    form.offer(_villages(form, facts, found=found))
    # A search for villages is a form that was sent and is not stored, like one that was refused.
    rests = basis(
        form, row, REFUSED if _is_search() else status, of="commitment", theirs=_as_stored
    )
    page = render_template(
        "associations/commitment_form.html",
        form=form,
        association=facts,
        row=row,
        conflict=rests.conflict,
        held_version=rests.version,
        typed=typed,
        found=len(found),
        asks_about_details=form.asks_about_details,
    )
    return page, status


def _as_stored(row: CommitmentRow) -> CommitmentForm:
    form = CommitmentForm(data=texts_of(row))
    form.offer({place.code: _named(place.name, place.municipality) for place in row.villages})
    return form


def _found(facts: AssociationFacts, typed: str) -> list[VillageMatch]:
    if not typed:
        return []
    return find_villages(db.session(), typed, county_code=facts.county_code, today=today())


def _villages(
    form: CommitmentForm, facts: AssociationFacts, *, found: list[VillageMatch]
) -> dict[str, str]:
    """The villages to tick: those ticked, those served today, and those that a search finds."""
    session, day = db.session(), today()
    ticked = villages_by_code(session, form.chosen_codes(), county_code=facts.county_code)
    served = split_by_day(served_by(session, facts.id, today=day), day).current
    return {
        **{place.code: _named(place.name, place.municipality) for place in ticked},
        **{place.code: _named(place.name, place.municipality) for place in served},
        **{place.code: _named(place.name, place.municipality) for place in found},
    }


def _named(name: str, municipality: str) -> str:
    return f"{name}, {municipality}"
