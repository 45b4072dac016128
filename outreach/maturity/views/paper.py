"""Answers on paper: the form to print, single answers and counted ones to enter."""

import uuid
from http import HTTPStatus

from flask import Response, flash, render_template, request, url_for
from flask_babel import gettext

from outreach.database import transaction
from outreach.extensions import db
from outreach.maturity.commands.answers import store_answers, store_tally
from outreach.maturity.forms.survey import AnswerForm, TallyForm
from outreach.maturity.queries.places import MunicipalityVillages, places_of
from outreach.maturity.queries.rounds import RoundRow
from outreach.maturity.questionnaires import QUESTIONNAIRES
from outreach.maturity.views.blueprint import (
    ROUND,
    STAFF,
    blueprint,
    found_round,
    language,
    sent_key,
)
from outreach.web.access import open_to
from outreach.web.answers import see_other, unkept


@blueprint.get(f"{ROUND}/paper")
@open_to(STAFF)
def paper(round_id: int) -> Response:
    """The questions on paper, and how to count them."""
    found = found_round(round_id)
    page = render_template(
        "maturity/paper.html",
        round=found,
        questionnaire=QUESTIONNAIRES[found.questionnaire],
        tongue=language(),
    )
    return unkept(page)


@blueprint.get(f"{ROUND}/answer")
@open_to(STAFF)
def enter_answer(round_id: int) -> Response:
    """One person's answer from paper."""
    return _answer_page(found_round(round_id, must_be_open=True), AnswerForm())


@blueprint.post(f"{ROUND}/answer")
@open_to(STAFF)
def save_answer(round_id: int) -> Response:
    """Store it and offer the next."""
    found = found_round(round_id)
    form = AnswerForm(request.form)
    if not found.is_open:
        return _answer_page(found, form, status=HTTPStatus.CONFLICT)
    entry = form.entry(QUESTIONNAIRES[found.questionnaire], _places(found))
    if entry is None:
        return _answer_page(found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    session = db.session()
    with transaction(session):
        store_answers(session, found, [entry], receipt=sent_key())
    flash(gettext("The answer is stored. Here is the next one."), "success")
    address = url_for("maturity.enter_answer", round_id=round_id)
    return see_other(address)


@blueprint.get(f"{ROUND}/tally")
@open_to(STAFF)
def enter_tally(round_id: int) -> Response:
    """Counted answers of one place and age group."""
    return _tally_page(found_round(round_id, must_be_open=True), TallyForm())


@blueprint.post(f"{ROUND}/tally")
@open_to(STAFF)
def save_tally(round_id: int) -> Response:
    """Store them and offer the next."""
    found = found_round(round_id)
    form = TallyForm(request.form)
    if not found.is_open:
        return _tally_page(found, form, status=HTTPStatus.CONFLICT)
    entry = form.entry(_places(found))
    if entry is None:
        return _tally_page(found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    session = db.session()
    with transaction(session):
        store_tally(session, found, entry, receipt=sent_key())
    flash(gettext("The counts are stored. Here are the next ones."), "success")
    address = url_for("maturity.enter_tally", round_id=round_id)
    return see_other(address)


def _places(found: RoundRow) -> list[MunicipalityVillages]:
    return places_of(db.session(), found.county_code, on=found.reference_date)


def _answer_page(found: RoundRow, form: AnswerForm, *, status: int = HTTPStatus.OK) -> Response:
    form.offer(_places(found))
    page = render_template(
        "maturity/enter_answer.html",
        round=found,
        form=form,
        questionnaire=QUESTIONNAIRES[found.questionnaire],
        tongue=language(),
        key=uuid.uuid4().hex,
    )
    return unkept((page, status))


def _tally_page(found: RoundRow, form: TallyForm, *, status: int = HTTPStatus.OK) -> Response:
    form.offer(_places(found))
    page = render_template(
        "maturity/enter_tally.html", round=found, form=form, key=uuid.uuid4().hex
    )
    return unkept((page, status))
