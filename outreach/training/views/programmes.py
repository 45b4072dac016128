"""Programmes: the list, a page that others can learn from, and the form."""

from datetime import date
from http import HTTPStatus

from flask import Response, current_app, flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.associations.views.asking import author
from outreach.associations.views.saving import basis, save_entry
from outreach.days import today
from outreach.extensions import db
from outreach.settings import settings_of
from outreach.training.commands.programmes import save_programme
from outreach.training.disclosed import Figures, all_figures, public_figures
from outreach.training.forms.programme import ProgrammeForm, texts_of_programme
from outreach.training.queries.choosing import offered
from outreach.training.queries.listing import SessionFilter, public_sessions
from outreach.training.queries.organisations import counties
from outreach.training.queries.programme_results import check_totals, half_years, plan_kept
from outreach.training.queries.programmes import ProgrammeRow, programme
from outreach.training.queries.programmes import (
    programmes as all_programmes,
)
from outreach.training.register_rules import ProgrammeKind
from outreach.training.views.blueprint import STAFF, blueprint
from outreach.training.wording import AREAS, OUTCOMES, PROGRAMME_KINDS
from outreach.web.access import PUBLIC, open_to
from outreach.web.answers import page_of_today, see_other
from outreach.web.asking import asked_member, sent_version
from outreach.web.csv_files import csv_response

REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
ONE = "/programmes/<key:programme_id>"


@blueprint.get("/programmes")
@open_to(PUBLIC)
def programmes() -> Response:
    """All programmes."""
    return page_of_today(_list)


def _list(_: date) -> str:
    reach = current_reach()
    kind = asked_member("kind", ProgrammeKind)
    return render_template(
        "training/programmes.html",
        rows=all_programmes(db.session(), kind),
        kinds=PROGRAMME_KINDS,
        kind=kind,
        may_add=bool(counties(db.session(), reach)),
        may_log=bool(reach.organisations or reach.counties or reach.is_administrator),
    )


@blueprint.get("/programmes.csv")
@open_to(PUBLIC)
def programmes_csv() -> Response:
    """The same as a file."""
    header = [
        gettext("Name"),
        gettext("Kind"),
        gettext("Led by"),
        gettext("First day"),
        gettext("Last day"),
        gettext("Areas of digital competence"),
        gettext("Outcome"),
    ]
    rows = all_programmes(db.session(), asked_member("kind", ProgrammeKind))
    return csv_response(
        "programmes.csv",
        header,
        [
            (
                row.name,
                str(PROGRAMME_KINDS[row.kind]),
                row.organisation,
                row.starts_on,
                row.ends_on,
                ", ".join(str(AREAS[area]) for area in row.areas),
                str(OUTCOMES[row.pilot.outcome]) if row.pilot.outcome else None,
            )
            for row in rows
        ],
    )


@blueprint.get(ONE)
@open_to(PUBLIC)
def programme_page(programme_id: int) -> Response:
    """A programme: its aim, what was held, and of a pilot what came of it."""
    return page_of_today(lambda day: _one(programme_id, day))


def _one(programme_id: int, day: date) -> str:
    session, row = db.session(), _held(programme_id)
    reach = current_reach()
    is_own = reach.staffs_county(row.county_code) or row.organisation_id in reach.organisations
    ahead = SessionFilter(since=day, programme_id=programme_id)
    return render_template(
        "training/programme.html",
        row=row,
        figures=_figures(row, day, is_own=is_own),
        kept_plan=plan_kept(session, row.id, today=day),
        ahead=public_sessions(session, ahead)[:6],
        may_change=reach.staffs_county(row.county_code),
    )


@blueprint.get("/programmes/new")
@open_to(STAFF)
def new_programme() -> tuple[str, int]:
    """An empty form."""
    return _page(ProgrammeForm(), None, status=HTTPStatus.OK)


@blueprint.post("/programmes/new")
@open_to(STAFF)
def add_programme() -> Response | tuple[str, int]:
    """Add a programme."""
    return _store(None)


@blueprint.get(f"{ONE}/edit")
@open_to(STAFF)
def edit_programme(programme_id: int) -> tuple[str, int]:
    """The form with what is registered."""
    row = _own(programme_id)
    return _page(ProgrammeForm(data=texts_of_programme(row)), row, status=HTTPStatus.OK)


@blueprint.post(f"{ONE}/edit")
@open_to(STAFF)
def update_programme(programme_id: int) -> Response | tuple[str, int]:
    """Store what the form says."""
    return _store(_own(programme_id))


def _store(row: ProgrammeRow | None) -> Response | tuple[str, int]:
    form = ProgrammeForm(request.form)
    outcome = save_entry(
        form,
        form.entry(),
        lambda session, entry: save_programme(
            session,
            entry,
            programme_id=row.id if row else None,
            version=sent_version(),
            by=author(),
        ),
    )
    if outcome.key is None:
        return _page(form, _own(row.id) if row else None, status=outcome.status)
    flash(gettext("The programme is saved."), "success")
    return see_other(url_for("training.programme_page", programme_id=outcome.key))


def _figures(row: ProgrammeRow, day: date, *, is_own: bool) -> Figures:
    session = db.session()
    held, checks = half_years(session, row.id), check_totals(session, row.id)
    if is_own:
        return all_figures(held, checks)
    return public_figures(
        held,
        checks,
        today=day,
        ended_on=row.ends_on,
        k=settings_of(current_app).disclosure_threshold,
    )


def _held(programme_id: int) -> ProgrammeRow:
    row = programme(db.session(), programme_id)
    if row is None:
        raise NotFound
    return row


def _own(programme_id: int) -> ProgrammeRow:
    row = _held(programme_id)
    if not current_reach().staffs_county(row.county_code):
        raise NotFound
    return row


def _page(form: ProgrammeForm, row: ProgrammeRow | None, *, status: int) -> tuple[str, int]:
    session, reach = db.session(), current_reach()
    choices = (
        counties(session, reach),
        offered(session, reach, today=today()).organisations,
    )
    form.offer(*choices)

    def theirs(stored: ProgrammeRow) -> ProgrammeForm:
        filled = ProgrammeForm(data=texts_of_programme(stored))
        filled.offer(*choices)
        return filled

    rests = basis(form, row, status, of="programme", theirs=theirs)
    page = render_template(
        "training/programme_form.html",
        form=form,
        row=row,
        conflict=rests.conflict,
        held_version=rests.version,
        asks_about_details=form.asks_about_details,
    )
    return page, status
