"""Reporting rounds: which there are, and planning or opening the next."""

from flask import Response, current_app, flash, render_template, request, url_for
from flask_babel import gettext

from outreach.accounts.current import current_reach
from outreach.connections.commands.rounds import open_round, plan_round
from outreach.connections.queries.rounds import rounds_with_reports
from outreach.connections.review_wording import ROUND_STATES
from outreach.connections.rounds import RoundEntry, entered_day, presets, proposed
from outreach.connections.views.asking import STAFF
from outreach.connections.views.blueprint import blueprint
from outreach.connections.views.round_pages import Typed, carry_forward_months, seen, typed
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.days import today
from outreach.extensions import db
from outreach.rules import RuleBroken
from outreach.web.access import open_to


@blueprint.get("/review/rounds")
@open_to(STAFF)
def rounds() -> str:
    """All rounds with how far they have come, and the form for the next."""
    asked = request.args.get("reference_date", "")
    chosen = {entry.reference_date.isoformat(): entry for entry in presets(today())}
    entry = chosen.get(asked) or proposed(today())
    days = {"reference_date": entry.reference_date, "due_date": entry.due_date}
    return _page(Typed({name: day.isoformat() for name, day in days.items()}))


@blueprint.post("/review/rounds")
@open_to(STAFF)
def new_round() -> Response:
    """Plan a round, or open it at once."""
    form = typed("reference_date", "due_date")
    is_planned = request.form.get("then") == "plan"
    session, by, now = db.session(), current_reach(), utc_now()
    try:
        entry = RoundEntry(
            entered_day("reference_date", form.texts["reference_date"]),
            entered_day("due_date", form.texts["due_date"]),
        )
        with transaction(session):
            made = plan_round(session, entry, by=by, at=now)
            round_id = made.id
            if not is_planned:
                months = carry_forward_months()
                open_round(session, round_id, by=by, at=now, carry_forward_months=months)
    except RuleBroken as broken:
        return current_app.make_response((_page(form.refused(broken)), 422))
    if is_planned:
        flash(gettext("The round is planned. Open it when associations are to report."), "success")
    else:
        flash(gettext("The round is open. Associations can report now."), "success")
    return seen(url_for("connections.round_page", round_id=round_id))


def _page(form: Typed) -> str:
    rows = rounds_with_reports(db.session(), reach=current_reach())
    taken = {row.reference_date for row in rows}
    return render_template(
        "connections/rounds.html",
        rounds=rows,
        states=ROUND_STATES,
        presets=[one for one in presets(today()) if one.reference_date not in taken],
        form=form,
        page_has_errors=bool(form.errors),
    )
