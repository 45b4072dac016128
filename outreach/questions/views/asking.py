"""Asking a question without an account, slowed down for whoever asks many."""

import re
import uuid
from datetime import datetime, timedelta

from flask import Response, current_app, flash, render_template, request, url_for
from flask_babel import get_locale, gettext
from werkzeug.exceptions import NotFound

from outreach.accounts import throttle
from outreach.accounts.throttle import Source, keyed
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.days import today
from outreach.extensions import db
from outreach.mail.queue import wake_mailer
from outreach.places.queries.pages import village_place
from outreach.places.rules import VillagePlace
from outreach.questions.commands import Asking, ask
from outreach.questions.follow import follow_hash, follow_token
from outreach.questions.forms import QuestionForm
from outreach.questions.mailing import tell_asker, tell_who_answers
from outreach.questions.queries.figures import dates_of
from outreach.questions.queries.handling import question_of_asker
from outreach.questions.rules import QuestionEntry, QuestionState
from outreach.questions.views.blueprint import blueprint
from outreach.rules import RuleBroken
from outreach.settings import settings_of
from outreach.web.access import PUBLIC, open_to
from outreach.web.answers import see_other, unkept
from outreach.web.filters import moment
from outreach.web.i18n import DEFAULT_LANGUAGE, LANGUAGES

_SENT_KEY = re.compile(r"[0-9a-f]{32}")


@blueprint.get("/questions/new")
@open_to(PUBLIC)
def new() -> Response:
    """The form, with the figure chosen that the reader came from."""
    place = _place()
    form = _form(place, QuestionForm(request.args))
    return _page(place, form)


@blueprint.post("/questions/new")
@open_to(PUBLIC)
def create() -> Response:
    """Store the question and show the asker where to follow it."""
    place = _place()
    form = _form(place, QuestionForm(request.form))
    if form.website.data:
        return _to_village(place)
    entry = form.entry(place.id)
    retry_at = None if entry is None else _retry_at()
    if retry_at is not None:
        form.refuse(RuleBroken("claim", "wait", facts={"moment": str(moment(retry_at))}))
        return _page(place, form, status=429)
    if entry is None:
        return _page(place, form, status=422)
    token = _store(entry)
    flash(gettext("Thank you! Your question has been sent."), "success")
    address = url_for("questions.follow", token=token)
    return see_other(address)


def _store(entry: QuestionEntry) -> str:
    """Store the question, once, and write to those concerned; the secret of its link."""
    session, now = db.session(), utc_now()
    key = _sent_key() or uuid.uuid4().hex
    token = follow_token(str(current_app.secret_key), key)
    asking = Asking(
        submission_key=key,
        follow_hash=follow_hash(token),
        locale=_language(),
        due_on=today() + timedelta(days=settings_of(current_app).question_days),
        at=now,
    )
    with transaction(session):
        is_new = ask(session, entry, asking=asking) is not None
        facts = question_of_asker(session, asking.follow_hash, today=today())
        if is_new and facts is not None:
            tell_asker(session, facts, state=QuestionState.ASKED, words=None, now=now)
            tell_who_answers(session, facts, now=now)
    wake_mailer()
    return token


def _retry_at() -> datetime | None:
    """When the next question may come from this address, whatever it is about; None for now."""
    secret, address = str(current_app.secret_key), request.remote_addr or ""
    source = Source(
        account_key=keyed(secret, "account", "question", address),
        address_key=keyed(secret, "address", "question", address),
    )
    session = db.session()
    with transaction(session):
        return throttle.ask(session, source, now=utc_now()).retry_at


def _place() -> VillagePlace:
    place = village_place(db.session(), request.args.get("village", "")[:40])
    if place is None:
        raise NotFound
    return place


def _form(place: VillagePlace, form: QuestionForm) -> QuestionForm:
    dates = dates_of(db.session(), place.id)
    if not dates:
        raise NotFound
    form.offer(dates)
    return form


def _page(place: VillagePlace, form: QuestionForm, *, status: int = 200) -> Response:
    page = render_template(
        "questions/new.html",
        place=place,
        form=form,
        key=_sent_key() or uuid.uuid4().hex,
        page_has_errors=bool(form.errors),
    )
    return unkept((page, status))


def _to_village(place: VillagePlace) -> Response:
    address = url_for("places.village", code=place.code)
    return see_other(address)


def _sent_key() -> str | None:
    text = request.form.get("submission_key", "")
    return text if _SENT_KEY.fullmatch(text) else None


def _language() -> str:
    chosen = str(get_locale())
    return chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE
