"""Plan one session or a series: a session for each day, all or none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from outreach.associations.commands.recording import Author
from outreach.rules import RuleBroken
from outreach.training.commands.sessions import log_session
from outreach.training.rules import SessionEntry, checked_key
from outreach.training.session_models import TrainingSession

DAYS_MOST = 60


def plan_sessions(
    session: Session, entry: SessionEntry, days: Sequence[date], *, key: str, by: Author
) -> list[TrainingSession]:
    """Store the session on each of the days, in order; the same plan sent again is the same.

    Each gets a key made of the plan's and its day. Raises KeyReused or RuleBroken as `log_session`.
    """
    if not 0 < len(days) <= DAYS_MOST:
        raise RuleBroken("date", "too_many_days", facts={"largest": DAYS_MOST})
    whole = checked_key(key)
    series = whole if len(days) > 1 else None
    return [
        log_session(
            session,
            replace(entry, day=day),
            key=str(uuid5(UUID(whole), day.isoformat())),
            by=by,
            series_key=series,
        )
        for day in sorted(set(days))
    ]
