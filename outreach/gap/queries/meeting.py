"""At how many sessions which ages helped which, by SQL."""

from datetime import date

from sqlalchemy import func
from sqlalchemy.orm import Session, aliased

from outreach.gap.queries.reaching import PRESENT, Period, Source, sessions_held
from outreach.gap.rules import Area
from outreach.training.rules import AgeGroup, Who


def meetings_in(
    session: Session, area: Area, *, day: date, period: Period, of: Source = PRESENT
) -> dict[tuple[str, AgeGroup, AgeGroup], int]:
    """Sessions by municipality, age of helpers and age of learners, where both were counted.

    A session where several ages met is counted for each pair of them.
    """
    helper, learner = aliased(of.log.counts), aliased(of.log.counts)
    held, keys = of.log.sessions, (of.rows.municipality_code, helper.age_group, learner.age_group)
    rows = session.execute(
        sessions_held(area, day, period, of)
        .join(helper, helper.session_id == held.id)
        .join(learner, learner.session_id == held.id)
        .where(
            helper.who == Who.HELPERS,
            helper.people > 0,
            helper.age_group != AgeGroup.ALL,
            learner.who == Who.LEARNERS,
            learner.people > 0,
            learner.age_group != AgeGroup.ALL,
        )
        .add_columns(*keys, func.count(held.id.distinct()).label("sessions"))
        .group_by(*keys)
    )
    return {(row[0], row[1], row[2]): int(row.sessions) for row in rows}
