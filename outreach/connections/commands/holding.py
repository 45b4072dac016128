"""Hold a reporting round while something is done to it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.connections.models import ReportingRound
from outreach.connections.round_states import RoundAction, RoundActionRefused, may


def held_round(
    session: Session, round_id: int, action: RoundAction, *, by: Reach
) -> ReportingRound:
    """The round, read again and locked, where its state and the person's roles allow the action.

    Waits for submissions that hold the round. Raises RoundActionRefused.
    """
    found = session.scalars(
        select(ReportingRound)
        .where(ReportingRound.id == round_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None or not may(found.state, action, roles=by.roles):
        raise RoundActionRefused(action)
    return found
