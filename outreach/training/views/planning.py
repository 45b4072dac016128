"""Planning one session or a series, from nothing or from an earlier one."""

from datetime import timedelta
from http import HTTPStatus
from uuid import uuid4

from flask import Response, flash, render_template, request, url_for
from flask_babel import gettext, ngettext
from sqlalchemy.orm import Session

from outreach.accounts.current import current_reach
from outreach.associations.views.asking import author
from outreach.associations.views.saving import save
from outreach.days import today
from outreach.extensions import db
from outreach.rules import RuleBroken
from outreach.training.commands.planning import plan_sessions
from outreach.training.commands.sessions import KeyReused
from outreach.training.forms.filling import Texts, texts_of
from outreach.training.forms.plan import PlanForm
from outreach.training.queries.choosing import offered
from outreach.training.queries.one_session import session_facts
from outreach.training.session_models import TrainingSession
from outreach.training.views.blueprint import HOLDERS, blueprint
from outreach.web.access import open_to
from outreach.web.answers import see_other
from outreach.web.asking import asked_number

COPIED = (
    "organisation",
    "starts_at",
    "ends_at",
    "place",
    "programme",
    "form",
    "topics",
    "title",
    "invitation",
)
A_WEEK = timedelta(weeks=1)


@blueprint.get("/sessions/plan")
@open_to(HOLDERS)
def plan_form() -> tuple[str, int]:
    """An empty form, or one filled from the session named in the address, a week later."""
    texts: Texts = {"date": "", "key": str(uuid4()), "every": "1"}
    copied = asked_number("copy")
    earlier = session_facts(db.session(), copied, reach=current_reach()) if copied else None
    if earlier is not None:
        filled = texts_of(earlier)
        texts |= {name: filled[name] for name in COPIED}
        texts["date"] = max(earlier.day + A_WEEK, today()).isoformat()
    return _page(PlanForm(data=texts), status=HTTPStatus.OK)


@blueprint.post("/sessions/plan")
@open_to(HOLDERS)
def plan() -> Response | tuple[str, int]:
    """Store the sessions that the form describes, all or none."""
    form = PlanForm(request.form)
    entry, days = form.entry(), form.days()
    if entry is None or form.errors:
        return _page(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    made: list[TrainingSession] = []

    def act(session: Session) -> TrainingSession:
        made[:] = plan_sessions(session, entry, days, key=form.key.data or "", by=author())
        return made[0]

    try:
        outcome = save(form, act)
    except KeyReused:
        form.refuse(RuleBroken("key", "key_reused"))
        return _page(form, status=HTTPStatus.CONFLICT)
    if outcome.key is None:
        return _page(form, status=outcome.status)
    flash(
        ngettext("%(num)s session is planned.", "%(num)s sessions are planned.", len(made)),
        "success",
    )
    return see_other(url_for("training.session_page", session_id=outcome.key))


def _page(form: PlanForm, *, status: int) -> tuple[str, int]:
    form.offer(offered(db.session(), current_reach(), today=today()))
    page = render_template(
        "training/plan.html",
        form=form,
        heading=gettext("Plan sessions"),
        asks_about_details=form.asks_about_details,
    )
    return page, status
