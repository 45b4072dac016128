"""Which villages an association serves: adding one, and changing from when until when."""

from http import HTTPStatus

from flask import Response, flash, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.associations.commands.served import add_village, edit_period
from outreach.associations.forms.dated import PeriodForm, ServedForm, texts_of_served
from outreach.associations.queries.one import AssociationFacts, association_facts, rights
from outreach.associations.queries.served import (
    MATCHES_SHOWN,
    ServedRow,
    VillageMatch,
    find_villages,
    served_by,
)
from outreach.associations.views.asking import author
from outreach.associations.views.blueprint import STAFF, blueprint
from outreach.associations.views.saving import basis, save_entry
from outreach.associations.views.telling import tell_served
from outreach.days import today
from outreach.extensions import db
from outreach.web.access import open_to
from outreach.web.answers import see_other
from outreach.web.asking import asked_text, sent_version

REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
ADD = "/associations/<key:association_id>/villages/new"
CHANGE = "/associations/<key:association_id>/villages/<key:served_id>"


@blueprint.get(ADD)
@open_to(STAFF)
def new_village(association_id: int) -> tuple[str, int]:
    """A search for a village of the county, and what it finds to choose from."""
    form = ServedForm(data={"valid_from": today().isoformat()})
    return _add_page(form, _facts(association_id), HTTPStatus.OK)


@blueprint.post(ADD)
@open_to(STAFF)
def create_village(association_id: int) -> Response | tuple[str, int]:
    """Let the association serve the chosen village."""
    facts = _facts(association_id)
    form = ServedForm(request.form)
    code, period = form.village_code(), form.to_entry()
    outcome = save_entry(
        form,
        period,
        lambda session, period: tell_served(
            session, add_village(session, association_id, code, period=period, by=author())
        ),
    )
    if outcome.key is None:
        return _add_page(form, facts, outcome.status)
    flash(gettext("The village is added."), "success")
    return see_other(_back_to(facts))


@blueprint.get(CHANGE)
@open_to(STAFF)
def village(association_id: int, served_id: int) -> tuple[str, int]:
    """The form with the days that are registered."""
    facts = _facts(association_id)
    row = _row(association_id, served_id)
    form = PeriodForm(data=texts_of_served(row))
    return _change_page(form, row, facts=facts, status=HTTPStatus.OK)


@blueprint.post(CHANGE)
@open_to(STAFF)
def update_village(association_id: int, served_id: int) -> Response | tuple[str, int]:
    """Store from when until when the village is served."""
    facts = _facts(association_id)
    row = _row(association_id, served_id)
    form = PeriodForm(request.form)
    place = (association_id, served_id)
    outcome = save_entry(
        form,
        form.to_entry(),
        lambda session, period: tell_served(
            session, edit_period(session, place, period, version=sent_version(), by=author())
        ),
    )
    if outcome.key is None:
        row = _row(association_id, served_id)
        return _change_page(form, row, facts=facts, status=outcome.status)
    flash(gettext("The changes are saved."), "success")
    return see_other(_back_to(facts))


def _facts(association_id: int) -> AssociationFacts:
    facts = association_facts(db.session(), association_id)
    if facts is None or not rights(facts, current_reach()).may_register:
        raise NotFound
    return facts


def _row(association_id: int, served_id: int) -> ServedRow:
    rows = served_by(db.session(), association_id, today=today())
    for row in rows:
        if row.id == served_id:
            return row
    raise NotFound


def _back_to(facts: AssociationFacts) -> str:
    return url_for("associations.show", association_id=facts.id, _anchor="villages")


def _add_page(form: ServedForm, facts: AssociationFacts, status: int) -> tuple[str, int]:
    typed = asked_text("q")
    matches: list[VillageMatch] = []
    if typed:
        matches = find_villages(db.session(), typed, county_code=facts.county_code, today=today())
    form.offer(matches)
    page = render_template(
        "associations/add_village.html",
        form=form,
        association=facts,
        typed=typed,
        matches=matches,
        hints={match.code: _serving_hint(match) for match in matches if match.associations},
        is_cut=len(matches) == MATCHES_SHOWN,
    )
    return page, status


def _serving_hint(match: VillageMatch) -> str:
    return str(
        ngettext(
            "%(num)s association serves it today",
            "%(num)s associations serve it today",
            match.associations,
        )
    )


def _change_page(
    form: PeriodForm, row: ServedRow, *, facts: AssociationFacts, status: int
) -> tuple[str, int]:
    rests = basis(
        form,
        row,
        status,
        of="served_village",
        theirs=lambda stored: PeriodForm(data=texts_of_served(stored)),
    )
    page = render_template(
        "associations/change_village.html",
        form=form,
        association=facts,
        row=row,
        conflict=rests.conflict,
        held_version=rests.version,
    )
    return page, status
