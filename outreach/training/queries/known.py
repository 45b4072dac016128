"""The log as it is, and as it was known at some earlier time, to be selected from alike."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import select, union_all
from sqlalchemy.orm import aliased

from outreach.training.past_models import PastCount, PastSession, PastTopic
from outreach.training.session_models import SessionCount, SessionTopic, TrainingSession

KEPT = ("organisation_id", "village_id", "state", "day", "starts_at", "ends_at", "form", "learners")
"""What is kept of a session for figures; of the past nothing else can be asked for."""
COUNTED = ("who", "age_group", "sex", "people")


@dataclass(frozen=True, slots=True)
class Log:
    """Sessions with their topics and counts, each to be selected from like the table it is of."""

    sessions: type[TrainingSession]
    topics: type[SessionTopic]
    counts: type[SessionCount]


PRESENT = Log(TrainingSession, SessionTopic, SessionCount)


def log_before(end: datetime) -> Log:
    """What the log said at the last moment before a time."""
    now = TrainingSession.updated_at < end
    then = (PastSession.known_from < end) & (PastSession.known_to >= end)
    sessions = union_all(
        select(TrainingSession.id, *(getattr(TrainingSession, name) for name in KEPT)).where(now),
        select(PastSession.session_id, *(getattr(PastSession, name) for name in KEPT)).where(then),
    ).subquery()
    topics = union_all(
        select(SessionTopic.session_id, SessionTopic.area)
        .join(TrainingSession, TrainingSession.id == SessionTopic.session_id)
        .where(now),
        select(PastSession.session_id, PastTopic.area)
        .join(PastTopic, PastTopic.past_id == PastSession.id)
        .where(then),
    ).subquery()
    counts = union_all(
        select(SessionCount.session_id, *(getattr(SessionCount, name) for name in COUNTED))
        .join(TrainingSession, TrainingSession.id == SessionCount.session_id)
        .where(now),
        select(PastSession.session_id, *(getattr(PastCount, name) for name in COUNTED))
        .join(PastCount, PastCount.past_id == PastSession.id)
        .where(then),
    ).subquery()
    # An alias is used like its class, which its type does not say.
    return Log(
        cast("type[TrainingSession]", aliased(TrainingSession, sessions, adapt_on_names=True)),
        cast("type[SessionTopic]", aliased(SessionTopic, topics, adapt_on_names=True)),
        cast("type[SessionCount]", aliased(SessionCount, counts, adapt_on_names=True)),
    )
