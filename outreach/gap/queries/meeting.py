"""Who came by age, and at how many sessions which ages helped which, by SQL."""

from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, aliased

from outreach.gap.queries.reaching import Period, sessions_held
from outreach.gap.queries.sources import PRESENT, Source
from outreach.gap.rules import Area
from outreach.training.rules import AgeGroup, Who


def ages_in(
    session: Session, area: Area, *, day: date, period: Period, of: Source = PRESENT
) -> dict[tuple[str, Who, AgeGroup], int]:
    """People by municipality, whether they learnt or helped, and age.

    Of an age group in a session the larger counts of its own number and the sum over sexes.
    """
    count, held = of.log.counts, of.log.sessions
    own = func.sum(case((count.sex == "all", count.people), else_=0))
    by_sex = func.sum(case((count.sex != "all", count.people), else_=0))
    keys = (of.rows.municipality_code, count.who, count.age_group)
    inner = (
        sessions_held(area, day, period, of)
        .join(count, count.session_id == held.id)
        .where(count.age_group != AgeGroup.ALL)
        .add_columns(*keys, case((own > by_sex, own), else_=by_sex).label("people"))
        .group_by(held.id, *keys)
        .subquery()
    )
    by = (inner.c.municipality_code, inner.c.who, inner.c.age_group)
    rows = session.execute(select(*by, func.sum(inner.c.people).label("people")).group_by(*by))
    return {(row.municipality_code, row.who, row.age_group): int(row.people) for row in rows}


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
