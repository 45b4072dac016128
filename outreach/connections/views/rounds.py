"""Reporting rounds: which there are, and opening the next."""

from dataclasses import dataclass, field
from datetime import date

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from outreach.accounts.current import current_reach
from outreach.accounts.rules import RoleName
from outreach.connections.commands.rounds import open_round, plan_round
from outreach.connections.queries.rounds import rounds_with_reports
from outreach.connections.review_wording import sentence
from outreach.connections.rounds import SWEDEN, RoundEntry, entered_day, proposed
from outreach.connections.views.blueprint import blueprint
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.rules import RuleBroken
from outreach.settings import Settings
from outreach.web.access import only, open_to

STAFF = only(RoleName.ADMINISTRATOR, RoleName.REGIONAL_STAFF)


@dataclass(frozen=True, slots=True)
class RoundForm:
    """The two dates as typed, and what is wrong with which."""

    reference_date: str
    due_date: str
    errors: dict[str, str] = field(default_factory=dict)


@blueprint.get("/review/rounds")
@open_to(STAFF)
def rounds() -> str:
    """All rounds with how many reports have come in, and the form for the next."""
    entry = proposed(_today())
    return _page(RoundForm(entry.reference_date.isoformat(), entry.due_date.isoformat()))


@blueprint.post("/review/rounds")
@open_to(STAFF)
def new_round() -> Response:
    """Open a round."""
    typed = RoundForm(request.form.get("reference_date", ""), request.form.get("due_date", ""))
    session = db.session()
    settings: Settings = current_app.extensions["outreach_settings"]
    try:
        entry = RoundEntry(
            entered_day("reference_date", typed.reference_date),
            entered_day("due_date", typed.due_date),
        )
        by, now = current_reach(), utc_now()
        with transaction(session):
            planned = plan_round(session, entry, by=by, at=now)
            open_round(
                session,
                planned.id,
                by=by,
                at=now,
                carry_forward_months=settings.carry_forward_months,
            )
    except RuleBroken as broken:
        faulty = RoundForm(typed.reference_date, typed.due_date, {broken.field: sentence(broken)})
        return current_app.make_response((_page(faulty), 422))
    flash(gettext("The round is open. Associations can report now."), "success")
    return current_app.make_response(redirect(url_for("connections.rounds"), code=303))


def _page(form: RoundForm) -> str:
    return render_template(
        "connections/rounds.html",
        rounds=rounds_with_reports(db.session(), reach=current_reach()),
        form=form,
        today=_today(),
        page_has_errors=bool(form.errors),
    )


def _today() -> date:
    return utc_now().astimezone(SWEDEN).date()
