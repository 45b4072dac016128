"""Associations and staff: the questions that wait, one question, and what is said about it."""

from flask import Response, flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.connections.queries.links import link_round_of
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.days import today
from outreach.extensions import db
from outreach.mail.queue import wake_mailer
from outreach.questions.commands import Deed, Doer, NotPossible, act
from outreach.questions.forms import ActionForm
from outreach.questions.mailing import tell_asker
from outreach.questions.queries import handling as queries
from outreach.questions.queries.handling import QuestionFacts, QuestionFilter
from outreach.questions.rules import QuestionState, days_left
from outreach.questions.states import MAY, Action, Party, outcome
from outreach.questions.views.blueprint import HANDLERS, blueprint
from outreach.questions.wording import DONE, HINTS
from outreach.web.access import open_to
from outreach.web.answers import see_other, unkept
from outreach.web.paging import Paging, page_number

VIEWS = {
    "": QuestionFilter(),
    "late": QuestionFilter(is_late=True),
    "closed": QuestionFilter(is_closed=True),
}


@blueprint.get("/questions")
@open_to(HANDLERS)
def index() -> Response:
    """The questions within reach, those first that are due first."""
    asked = request.args.get("show", "")
    show = asked if asked in VIEWS else ""
    session, reach, day = db.session(), current_reach(), today()
    total = queries.count_questions(session, VIEWS[show], reach=reach, today=day)
    paging = Paging(page_number(request.args.get("page")), total)
    rows = queries.questions(session, VIEWS[show], reach=reach, today=day, paging=paging)
    page = render_template(
        "questions/index.html",
        rows=[(row, days_left(row.due_on, today=day)) for row in rows],
        show=show,
        paging=paging,
        page_href=lambda number: url_for("questions.index", show=show or None, page=number),
    )
    return unkept(page)


@blueprint.get("/questions/<key:question_id>")
@open_to(HANDLERS)
def show(question_id: int) -> Response:
    """One question, and the form to answer or decide it."""
    facts = _found(question_id)
    return _page(facts, ActionForm())


@blueprint.post("/questions/<key:question_id>")
@open_to(HANDLERS)
def save(question_id: int) -> Response:
    """Answer or decide; the asker is told."""
    facts = _found(question_id)
    form = ActionForm(request.form)
    form.offer(_actions(facts))
    chosen = form.chosen()
    if chosen is None:
        return _page(facts, form, status=422)
    action, words = chosen
    session, now = db.session(), utc_now()
    deed = Deed(action, _seen(), words)
    try:
        with transaction(session):
            doer = Doer(_party(facts, action), current_reach().user_id, now)
            after = act(session, facts.id, deed, by=doer)
            tell_asker(session, facts, state=after, words=words, now=now)
    except NotPossible:
        flash(gettext("Somebody else was first. This is how the question stands now."), "warning")
        return _page(_found(question_id), form, status=409)
    wake_mailer()
    flash(str(DONE[after]), "success")
    return see_other(_next(facts, after))


def _next(facts: QuestionFacts, after: QuestionState) -> str:
    """An association that agrees goes on to its report; all others see the question."""
    own = [one.id for one in facts.associations if one.id in current_reach().associations]
    if after is QuestionState.ACCEPTED and own:
        return url_for("connections.report", association_id=own[0], day=facts.reference_date)
    return url_for("questions.show", question_id=facts.id)


def _found(question_id: int) -> QuestionFacts:
    facts = queries.question(db.session(), question_id, reach=current_reach(), today=today())
    if facts is None:
        raise NotFound
    return facts


def _parties(facts: QuestionFacts) -> frozenset[Party]:
    reach = current_reach()
    is_own = any(one.id in reach.associations for one in facts.associations)
    found = {Party.ASSOCIATION} if is_own else set()
    return frozenset(found | ({Party.REGION} if reach.staffs_county(facts.county_code) else set()))


def _party(facts: QuestionFacts, action: Action) -> Party:
    return next((one for one in sorted(_parties(facts)) if action in MAY[one]), Party.ASSOCIATION)


def _actions(facts: QuestionFacts) -> frozenset[Action]:
    return frozenset(
        action
        for party in _parties(facts)
        for action in MAY[party]
        if outcome(facts.state, action, party=party) is not None
    )


def _seen() -> QuestionState:
    """The state that the form was printed with; one that is none of ours fits no question."""
    text = request.form.get("seen", "")
    return QuestionState(text) if text in set(QuestionState) else QuestionState.WITHDRAWN


def _page(facts: QuestionFacts, form: ActionForm, *, status: int = 200) -> Response:
    form.offer(_actions(facts))
    own = [one for one in facts.associations if one.id in current_reach().associations]
    is_region = Party.REGION in _parties(facts)
    page = render_template(
        "questions/show.html",
        facts=facts,
        form=form,
        left=days_left(facts.due_on, today=today()),
        own=own,
        is_region=is_region,
        published=queries.published_share(db.session(), facts) if is_region else None,
        its_round=link_round_of(db.session(), facts.reference_date) if is_region else None,
        hints=HINTS if is_region else {},
        page_has_errors=bool(form.errors),
    )
    return unkept((page, status))
