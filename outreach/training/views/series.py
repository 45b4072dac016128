"""What is to come of a series: changed or called off as a whole."""

from http import HTTPStatus

from flask import Response, flash, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.associations.views.asking import author
from outreach.database import transaction
from outreach.database.versions import StaleEdit
from outreach.days import today
from outreach.extensions import db
from outreach.rules import RuleBroken
from outreach.training.commands.series import cancel_series, change_series, from_day, of_state
from outreach.training.forms.filling import Texts, texts_of
from outreach.training.forms.series import SHARED, SeriesForm, seen_of
from outreach.training.queries.choosing import offered
from outreach.training.queries.one_session import SessionFacts, session_facts
from outreach.training.queries.series import Coming, coming_in_series
from outreach.training.rules import SessionState
from outreach.training.views.blueprint import HOLDERS, blueprint
from outreach.web.access import open_to
from outreach.web.answers import see_other

PAGE = "/sessions/<key:session_id>/series"


@blueprint.get(PAGE)
@open_to(HOLDERS)
def series(session_id: int) -> tuple[str, int]:
    """The sessions to come, and what they have in common."""
    held = _held(session_id)
    rows = _coming(held)
    return _page(held, rows, SeriesForm(data=_first(rows)), status=HTTPStatus.OK)


@blueprint.post(PAGE)
@open_to(HOLDERS)
def change_all(session_id: int) -> Response | tuple[str, int]:
    """Change every planned session to come, or none."""
    held = _held(session_id)
    rows, form = _coming(held), SeriesForm(request.form)
    changed = form.changed(_first(rows))
    since, entries = form.day("since"), {}
    if form.errors:
        return _page(held, rows, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    for one in from_day(of_state(rows, SessionState.PLANNED), since):
        entry = form.applied_to(_texts(one.id), changed)
        if entry is None:
            return _page(held, rows, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        entries[one.id] = entry
    session, number = db.session(), 0
    try:
        with transaction(session):
            number = change_series(
                session, held.series_key or "", entries, seen=form.versions_seen(), by=author()
            )
    except RuleBroken as rule:
        form.refuse(rule)
        return _page(held, rows, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except StaleEdit:
        return _overtaken(session_id)
    told = ngettext(
        "%(num)s session is changed; calendars are told.",
        "%(num)s sessions are changed; calendars are told.",
        number,
    )
    return _done(session_id, told)


@blueprint.post(f"{PAGE}/cancel")
@open_to(HOLDERS)
def cancel_all(session_id: int) -> Response:
    """Call off all that is planned and to come, or plan again what was called off."""
    held, form = _held(session_id), SeriesForm(request.form)
    again, since = request.form.get("again") == "1", form.day("since")
    if form.errors:
        return _overtaken(session_id)
    session, number = db.session(), 0
    try:
        with transaction(session):
            number = cancel_series(
                session,
                held.series_key or "",
                since=since,
                again=again,
                seen=form.versions_seen(),
                by=author(),
            )
    except (StaleEdit, RuleBroken):
        return _overtaken(session_id)
    if again:
        told = ngettext(
            "%(num)s session is planned again.", "%(num)s sessions are planned again.", number
        )
    else:
        told = ngettext(
            "%(num)s session is called off; calendars are told.",
            "%(num)s sessions are called off; calendars are told.",
            number,
        )
    return _done(session_id, told)


def _held(session_id: int) -> SessionFacts:
    held = session_facts(db.session(), session_id, reach=current_reach())
    if held is None or held.series_key is None:
        raise NotFound
    return held


def _coming(held: SessionFacts) -> list[Coming]:
    return coming_in_series(db.session(), held.series_key, today=today(), reach=current_reach())


def _texts(session_id: int) -> Texts:
    found = session_facts(db.session(), session_id)
    return {} if found is None else texts_of(found)


def _first(rows: list[Coming]) -> Texts:
    planned = of_state(rows, SessionState.PLANNED)
    return _texts(planned[0].id) if planned else dict.fromkeys(SHARED, "")


def _overtaken(session_id: int) -> Response:
    told = gettext("A session of the series has been changed in the meantime. Look at it first.")
    flash(told, "warning")
    return see_other(url_for("training.series", session_id=session_id))


def _done(session_id: int, told: str) -> Response:
    flash(told, "success")
    return see_other(url_for("training.series", session_id=session_id))


def _page(
    held: SessionFacts, rows: list[Coming], form: SeriesForm, *, status: int
) -> tuple[str, int]:
    form.offer(offered(db.session(), current_reach(), today=today()))
    planned = of_state(rows, SessionState.PLANNED)
    form.offer_days(one.day for one in planned)
    page = render_template(
        "training/series.html",
        held=held,
        rows=rows,
        planned=planned,
        cancelled=of_state(rows, SessionState.CANCELLED),
        form=form,
        seen=seen_of(rows),
        asks_about_details=form.asks_about_details,
    )
    return page, status
