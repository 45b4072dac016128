"""Staff open and close survey rounds, make links, and see how many have answered where."""

from http import HTTPStatus

from flask import Response, current_app, flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.maturity.commands.rounds import close_round, end_link, make_link, open_round
from outreach.maturity.forms.rounds import LinkForm, RoundForm
from outreach.maturity.queries.rounds import answered, counties_of, links_of, rounds_within
from outreach.maturity.views.blueprint import ROUND, STAFF, blueprint, found_round
from outreach.rules import RuleBroken
from outreach.settings import settings_of
from outreach.web.access import open_to
from outreach.web.answers import see_other, unkept
from outreach.web.qr import code_of


@blueprint.get("/maturity/rounds")
@open_to(STAFF)
def rounds() -> Response:
    """The rounds of the person's counties."""
    found = rounds_within(db.session(), current_reach())
    return unkept(render_template("maturity/rounds.html", rows=found))


@blueprint.get("/maturity/rounds/new")
@open_to(STAFF)
def new_round() -> Response:
    """The form of a new round."""
    return _new_page(RoundForm())


@blueprint.post("/maturity/rounds/new")
@open_to(STAFF)
def add_round() -> Response:
    """Open a round."""
    form = RoundForm(request.form)
    session = db.session()
    try:
        with transaction(session):
            made = open_round(session, form.entry(), reach=current_reach(), at=utc_now())
            address = url_for("maturity.round_page", round_id=made.id)
    except RuleBroken as rule:
        form.refuse(rule)
        return _new_page(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    flash(gettext("The round is open."), "success")
    return see_other(address)


@blueprint.get(ROUND)
@open_to(STAFF)
def round_page(round_id: int) -> Response:
    """One round: how many have answered, the ways to answer, and closing it."""
    return _round_page(round_id, LinkForm())


@blueprint.post(f"{ROUND}/close")
@open_to(STAFF)
def close(round_id: int) -> Response:
    """Close a round and publish it."""
    found = found_round(round_id, must_be_open=True)
    session = db.session()
    with transaction(session):
        close_round(session, found.id, user_id=current_reach().user_id, at=utc_now())
    flash(gettext("The round is closed and published."), "success")
    return _to_round(round_id)


@blueprint.post(f"{ROUND}/links")
@open_to(STAFF)
def add_link(round_id: int) -> Response:
    """Make a link; its address and code are shown this once."""
    found = found_round(round_id, must_be_open=True)
    form = LinkForm(request.form)
    session = db.session()
    try:
        entry = form.entry()
        with transaction(session):
            secret = make_link(
                session, found.id, entry, user_id=current_reach().user_id, at=utc_now()
            )
    except RuleBroken as rule:
        form.refuse(rule)
        return _round_page(round_id, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    address = settings_of(current_app).base_url + url_for("maturity.enter", secret=secret)
    page = render_template(
        "maturity/link.html", round=found, link=entry, address=address, code=code_of(address)
    )
    return unkept(page)


@blueprint.post(f"{ROUND}/links/<key:link_id>/end")
@open_to(STAFF)
def end_survey_link(round_id: int, link_id: int) -> Response:
    """End a link."""
    found = found_round(round_id)
    session = db.session()
    with transaction(session):
        is_ended = end_link(
            session, found.id, link_id=link_id, user_id=current_reach().user_id, at=utc_now()
        )
    if not is_ended:
        raise NotFound
    flash(gettext("The link opens nothing any more."), "success")
    return _to_round(round_id)


def _new_page(form: RoundForm, *, status: int = HTTPStatus.OK) -> Response:
    form.offer(counties_of(db.session(), current_reach()))
    return unkept((render_template("maturity/new_round.html", form=form), status))


def _round_page(round_id: int, form: LinkForm, *, status: int = HTTPStatus.OK) -> Response:
    found = found_round(round_id)
    form.offer()
    rows = answered(db.session(), found)
    page = render_template(
        "maturity/round.html",
        round=found,
        form=form,
        rows=rows,
        persons=sum(row.persons for row in rows),
        survey_links=links_of(db.session(), found.id),
        threshold=settings_of(current_app).disclosure_threshold,
    )
    return unkept((page, status))


def _to_round(round_id: int) -> Response:
    address = url_for("maturity.round_page", round_id=round_id)
    return see_other(address)
