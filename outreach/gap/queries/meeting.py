"""At how many sessions which ages helped which, by SQL."""

from datetime import date

from sqlalchemy import func
from sqlalchemy.orm import Session, aliased

from outreach.connections.models import VillageStatus
from outreach.gap.queries.reaching import Period, sessions_held
from outreach.gap.rules import Area
from outreach.training.rules import AgeGroup, Who
from outreach.training.session_models import SessionCount, TrainingSession


def meetings_in(
    session: Session, area: Area, *, day: date, period: Period
) -> dict[tuple[str, AgeGroup, AgeGroup], int]:
    """Sessions by municipality, age of helpers and age of learners, where both were counted.

    A session where several ages met is counted for each pair of them.
    """
    helper, learner = aliased(SessionCount), aliased(SessionCount)
    keys = (VillageStatus.municipality_code, helper.age_group, learner.age_group)
    rows = session.execute(
        sessions_held(area, day, period)
        .join(helper, helper.session_id == TrainingSession.id)
        .join(learner, learner.session_id == TrainingSession.id)
        .where(
            helper.who == Who.HELPERS,
            helper.people > 0,
            helper.age_group != AgeGroup.ALL,
            learner.who == Who.LEARNERS,
            learner.people > 0,
            learner.age_group != AgeGroup.ALL,
        )
        .add_columns(*keys, func.count(TrainingSession.id.distinct()).label("sessions"))
        .group_by(*keys)
    )
    return {(row[0], row[1], row[2]): int(row.sessions) for row in rows}
