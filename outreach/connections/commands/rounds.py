"""Open a reporting round."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.connections.commands.expecting import expect_served
from outreach.connections.commands.publish import rebuild
from outreach.connections.models import ReportingRound
from outreach.connections.rounds import RoundEntry
from outreach.connections.rules import RoundState
from outreach.database.audit import record
from outreach.rules import RuleBroken


def open_round(
    session: Session, entry: RoundEntry, *, by: Reach, at: datetime, carry_forward_months: int
) -> ReportingRound:
    """Add a round; what is known is carried forward to its date at once.

    Raises RuleBroken where there is a round for the date already.
    """
    taken = select(ReportingRound.id).where(ReportingRound.reference_date == entry.reference_date)
    if session.scalar(taken) is not None:
        raise RuleBroken("reference_date", "round_exists")
    made = ReportingRound(
        reference_date=entry.reference_date,
        due_date=entry.due_date,
        state=RoundState.OPEN,
        opened_at=at,
    )
    session.add(made)
    session.flush()
    expect_served(session, made.id, at=at)
    record(
        session,
        "opened",
        of=("reporting_round", made.id),
        user_id=by.user_id,
        at=at,
        after={
            "reference_date": entry.reference_date.isoformat(),
            "due_date": entry.due_date.isoformat(),
        },
    )
    rebuild(session, since=entry.reference_date, carry_forward_months=carry_forward_months, at=at)
    return made
