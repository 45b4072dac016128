"""Whether an association may report in a round now."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.connections.models import LockException, ReportingRound
from outreach.connections.rules import RoundState


@dataclass(frozen=True, slots=True)
class Window:
    """Where the round stands for one association.

    `until` is when a lock exception ends; None where the round itself is open, or nothing is.
    """

    is_open: bool
    state: RoundState
    until: datetime | None = None

    @property
    def is_exception(self) -> bool:
        """Whether it is open only because staff have let this association be late."""
        return self.until is not None


def reporting_window(
    session: Session, round_id: int, association_id: int, *, at: datetime
) -> Window:
    """Whether the association may submit at this moment.

    An open round takes reports from everybody, also after the last day; a closed or frozen one
    only from an association with a lock exception that has neither ended nor run out. Raises
    NoResultFound where there is no such round.
    """
    state = session.scalars(select(ReportingRound.state).where(ReportingRound.id == round_id)).one()
    if state in {RoundState.PLANNED, RoundState.OPEN}:
        return Window(is_open=state is RoundState.OPEN, state=state)
    until = session.scalar(
        select(func.max(LockException.until)).where(
            LockException.round_id == round_id,
            LockException.association_id == association_id,
            LockException.ended_at.is_(None),
            LockException.until > at,
        )
    )
    return Window(is_open=until is not None, state=state, until=until)


def hold_round(session: Session, round_id: int) -> None:
    """Keep the round's state as it is until the transaction ends, for whoever is about to submit.

    Submissions hold it together; a change of state waits for them, and they for it.
    """
    session.execute(
        select(ReportingRound.id).where(ReportingRound.id == round_id).with_for_update(read=True)
    )
