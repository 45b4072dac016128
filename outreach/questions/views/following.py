"""The asker's own page, by secret link: how far the question has come, and taking it back."""

from flask import Response, flash, render_template, url_for
from werkzeug.exceptions import NotFound

from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.days import today
from outreach.extensions import db
from outreach.questions.commands import Deed, Doer, NotPossible, act
from outreach.questions.follow import follow_hash
from outreach.questions.queries.handling import QuestionFacts, question_of_asker
from outreach.questions.rules import QuestionState
from outreach.questions.states import Action, Party
from outreach.questions.views.blueprint import blueprint
from outreach.questions.wording import DONE
from outreach.web.access import PUBLIC, open_to
from outreach.web.answers import see_other, unkept


@blueprint.get("/questions/follow/<token>")
@open_to(PUBLIC)
def follow(token: str) -> Response:
    """What has been said about the question."""
    page = render_template("questions/follow.html", facts=_found(token), token=token, today=today())
    return unkept(page)


@blueprint.post("/questions/follow/<token>/withdraw")
@open_to(PUBLIC)
def withdraw(token: str) -> Response:
    """Take the question back, as long as it is open; the address goes with it."""
    facts = _found(token)
    session = db.session()
    try:
        with transaction(session):
            deed = Deed(Action.WITHDRAW, facts.state)
            act(session, facts.id, deed, by=Doer(Party.ASKER, None, utc_now()))
    except NotPossible as error:
        raise NotFound from error
    flash(str(DONE[QuestionState.WITHDRAWN]), "success")
    address = url_for("questions.follow", token=token)
    return see_other(address)


def _found(token: str) -> QuestionFacts:
    facts = question_of_asker(db.session(), follow_hash(token), today=today())
    if facts is None:
        raise NotFound
    return facts
