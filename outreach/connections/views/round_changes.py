"""Taking a round through its states, and moving its last day."""

from collections.abc import Callable, Mapping

from flask import Response, current_app, flash, request
from werkzeug.exceptions import BadRequest

from outreach.accounts.current import current_reach
from outreach.connections.commands import rounds as commands
from outreach.connections.listeners import tell
from outreach.connections.review_wording import ROUND_DONE
from outreach.connections.round_states import RoundAction, RoundActionRefused
from outreach.connections.rounds import entered_day
from outreach.connections.views.asking import STAFF
from outreach.connections.views.blueprint import blueprint
from outreach.connections.views.completeness import round_answer
from outreach.connections.views.round_pages import (
    ONE_ROUND,
    carry_forward_months,
    found_round,
    seen,
    tell_moved_on,
    to_round,
    typed,
)
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.rules import RuleBroken
from outreach.web.access import open_to


def _open(round_id: int) -> None:
    months = carry_forward_months()
    commands.open_round(
        db.session(), round_id, by=current_reach(), at=utc_now(), carry_forward_months=months
    )


def _freeze(round_id: int) -> None:
    frozen = commands.freeze_round(db.session(), round_id, by=current_reach(), at=utc_now())
    tell(current_app, db.session(), change=frozen)


CHANGES: Mapping[str, Callable[[int], None]] = {
    RoundAction.OPEN: _open,
    RoundAction.CLOSE: lambda key: commands.close_round(
        db.session(), key, by=current_reach(), at=utc_now()
    ),
    RoundAction.REOPEN: lambda key: commands.reopen_round(
        db.session(), key, by=current_reach(), at=utc_now()
    ),
    RoundAction.FREEZE: _freeze,
    RoundAction.DISCARD: lambda key: commands.discard_round(
        db.session(), key, by=current_reach(), at=utc_now()
    ),
}


@blueprint.post(f"{ONE_ROUND}/state")
@open_to(STAFF)
def change_round(round_id: int) -> Response:
    """Open, close, reopen, freeze or remove a round. Freezing asks for a tick first."""
    found_round(round_id)
    action = request.form.get("action", "")
    if action not in CHANGES:
        raise BadRequest
    if action == RoundAction.FREEZE and "confirm" not in request.form:
        form = typed().refused(RuleBroken("confirm", "confirm_missing"))
        return round_answer(round_id, form, status=422)
    try:
        with transaction(db.session()):
            CHANGES[action](round_id)
    except RoundActionRefused:
        tell_moved_on()
        return round_answer(round_id, typed(), status=409)
    flash(str(ROUND_DONE[RoundAction(action)]), "success")
    return seen("/review/rounds") if action == RoundAction.DISCARD else to_round(round_id)


@blueprint.post(f"{ONE_ROUND}/due-date")
@open_to(STAFF)
def change_due_date(round_id: int) -> Response:
    """Set another last day to report."""
    found_round(round_id)
    form = typed("due_date")
    try:
        due_date = entered_day("due_date", form.texts["due_date"])
        with transaction(db.session()):
            commands.move_due_date(
                db.session(), round_id, due_date=due_date, by=current_reach(), at=utc_now()
            )
    except RuleBroken as broken:
        return round_answer(round_id, form.refused(broken), status=422)
    except RoundActionRefused:
        tell_moved_on()
        return round_answer(round_id, typed(), status=409)
    flash(str(ROUND_DONE[RoundAction.MOVE_DUE_DATE]), "success")
    return to_round(round_id)
