"""A session as it stands, to be kept once it says something else."""

from datetime import datetime

from outreach.training.past_models import PastCount, PastSession, PastTopic
from outreach.training.session_models import TrainingSession


def as_it_stands(held: TrainingSession, *, until: datetime) -> PastSession:
    """What the log says of a session, which is known from its last change until now."""
    return PastSession(
        session_id=held.id,
        known_from=held.updated_at,
        known_to=until,
        organisation_id=held.organisation_id,
        village_id=held.village_id,
        state=held.state,
        day=held.day,
        starts_at=held.starts_at,
        ends_at=held.ends_at,
        form=held.form,
        learners=held.learners,
        topics=[PastTopic(area=one.area) for one in held.topics],
        counted=[
            PastCount(who=one.who, age_group=one.age_group, sex=one.sex, people=one.people)
            for one in held.counted
        ],
    )
