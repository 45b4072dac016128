"""Answering by link: many with one, on their own devices or one after another on a shared one.

The secret is in the address once: it is exchanged for a signed cookie that names the link and
nothing of who answers. Nothing is kept of a form that was not sent, and no page of it is kept for
the back button.
"""

import uuid
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, current_app, redirect, render_template, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer

from outreach.accounts.throttle import seconds_until
from outreach.accounts.wrong_links import refused
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.maturity.commands.answers import store_answers
from outreach.maturity.commands.rounds import RoundClosed, TooMany, count_answer
from outreach.maturity.forms.survey import AnswerForm
from outreach.maturity.queries.places import places_of
from outreach.maturity.queries.rounds import (
    OpenLink,
    RoundRow,
    link_by_hash,
    link_by_id,
    round_by_id,
)
from outreach.maturity.questionnaires import QUESTIONNAIRES
from outreach.maturity.rules import AnswerEntry
from outreach.maturity.views.blueprint import blueprint, language, sent_key
from outreach.settings import settings_of
from outreach.tokens import hashed, looks_like_secret
from outreach.web.access import PUBLIC, open_to
from outreach.web.answers import see_other, unkept, unnamed

VISIT_SECONDS = 12 * 3600


class NoSurvey(Exception):
    """The link lets nobody answer, or is not open in this browser."""


@dataclass(frozen=True, slots=True)
class Visit:
    """The link that is open in this browser, and the round it is to."""

    link: OpenLink
    round: RoundRow


@blueprint.get("/s/<secret>")
@open_to(PUBLIC)
def enter(secret: str) -> Response:
    """Exchange the secret for a visit and leave its address at once."""
    link = link_by_hash(db.session(), hashed(secret)) if looks_like_secret(secret) else None
    if link is None:
        return unnamed(refused(_ended_page(HTTPStatus.NOT_FOUND), "survey", secret))
    response = unnamed(redirect(url_for("maturity.survey"), code=303))
    response.set_cookie(
        _cookie_name(),
        _signer().dumps(link.id),
        path="/",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


@blueprint.get("/survey")
@open_to(PUBLIC)
def survey() -> Response:
    """The questions, empty."""
    return _form_page(current_visit(), AnswerForm())


@blueprint.post("/survey")
@open_to(PUBLIC)
def answer() -> Response:
    """Store an answer, once, and go on to the thanks."""
    visit = current_visit()
    form = AnswerForm(request.form)
    places = places_of(db.session(), visit.round.county_code, on=visit.round.reference_date)
    entry = form.entry(QUESTIONNAIRES[visit.round.questionnaire], places)
    if entry is None:
        return _form_page(visit, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    _store(visit, entry)
    return see_other(url_for("maturity.thanks"))


@blueprint.get("/survey/thanks")
@open_to(PUBLIC)
def thanks() -> Response:
    """Thanks, and the way on for the next person; nothing of the answer."""
    visit = current_visit()
    return unkept(render_template("maturity/thanks.html", is_bare=True, visit=visit))


@blueprint.errorhandler(NoSurvey)
@blueprint.errorhandler(RoundClosed)
def ended(_error: Exception) -> Response:
    """The same for every link that opens nothing, whatever the reason."""
    return _ended_page(HTTPStatus.NOT_FOUND)


@blueprint.errorhandler(TooMany)
def too_many(error: TooMany) -> Response:
    """The link has had all the answers that an hour has room for."""
    page = render_template("maturity/too_many.html", is_bare=True, retry_at=error.args[0])
    response = unkept((page, HTTPStatus.TOO_MANY_REQUESTS))
    response.headers["Retry-After"] = str(seconds_until(error.args[0]))
    return response


def current_visit() -> Visit:
    """The visit that this browser's cookie names. Raises NoSurvey."""
    try:
        link_id = _signer().loads(request.cookies.get(_cookie_name(), ""), max_age=VISIT_SECONDS)
    except BadSignature as error:
        raise NoSurvey from error
    link = link_by_id(db.session(), link_id)
    if link is None:
        raise NoSurvey
    return Visit(link, round_by_id(db.session(), link.round_id))


def _store(visit: Visit, entry: AnswerEntry) -> None:
    session = db.session()
    with transaction(session):
        if store_answers(session, visit.round, [entry], receipt=sent_key()):
            count_answer(session, visit.link, at=utc_now())


def _form_page(visit: Visit, form: AnswerForm, *, status: int = HTTPStatus.OK) -> Response:
    form.offer(places_of(db.session(), visit.round.county_code, on=visit.round.reference_date))
    page = render_template(
        "maturity/survey.html",
        is_bare=True,
        visit=visit,
        form=form,
        questionnaire=QUESTIONNAIRES[visit.round.questionnaire],
        tongue=language(),
        key=uuid.uuid4().hex,
    )
    return unkept((page, status))


def _ended_page(status: int) -> Response:
    page = render_template(
        "maturity/ended.html", is_bare=True, contact=settings_of(current_app).contact_email
    )
    return unkept((page, status))


def _cookie_name() -> str:
    return "__Host-survey" if current_app.config["SESSION_COOKIE_SECURE"] else "survey"


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="survey-link")
