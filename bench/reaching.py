"""Training reach at many sessions, beside the same question as one SQL text."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from bench.figures import Figure, Goal
from bench.load import WrongAnswer, turns
from bench.plan import Plan
from outreach.database.transaction import transaction, unhurried
from outreach.gap.forms import default_choice
from outreach.gap.queries.options import options
from outreach.gap.queries.reaching import Period, reach_sums
from outreach.measures.reach import KILOMETRES, year_before

REACH = Goal(1.5)
SESSIONS_PER_VILLAGE = {400: 3_000, 8_000: 100_000}
PLAIN = "the same in plain SQL"
# One village of five holds sessions, most of them small; ten years, the last one on the day.
SEED = (
    """
    INSERT INTO civil_society_organisation (id, name, kind, county_code, is_demonstration,
                                            version, created_at)
    SELECT 1, 'Organisation', 'library', min(code), false, 1, now() FROM county
    """,
    """
    INSERT INTO training_session (uid, organisation_id, village_id, state, day, starts_at, ends_at,
        form, learners, head_count, client_key, content_hash, stored_hash, created_at, updated_at,
        version)
    SELECT 'uid-' || s, 1, v.id, 'held', CAST(:day AS date) - (s * 37) % 3650, '18:00', '20:00',
           'course', 5 + s % 12, 5 + s % 12, 'key-' || s, 'h', 'h', now(), now(), 1
    FROM generate_series(1, :sessions) s
    JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM village
          WHERE id % 5 = 0) v
      ON v.n = (s * 7919) % (SELECT count(*) FROM village WHERE id % 5 = 0)
    """,
    "ANALYZE",
)
QUERY = text("""
    SELECT c.municipality_code, c.settlement_class, c.inhabitants >= 3000 AS is_large, count(*),
           sum(c.inhabitants) AS inhabitants,
           sum(c.inhabitants) FILTER (WHERE EXISTS (
               SELECT 1 FROM village t
               WHERE ST_DWithin(t.point, v.point, :metres)
                 AND t.id IN (SELECT village_id FROM training_session
                              WHERE state = 'held' AND day > :after AND day <= :until
                                AND (form IS NULL OR form <> 'home_visit')))) AS within
    FROM village_status c
    JOIN village v ON v.id = c.village_id
    WHERE c.reference_date = :day AND c.dwelling_type = 'permanent'
      AND c.inhabitants IS NOT NULL AND v.point IS NOT NULL
    GROUP BY 1, 2, 3
""")


def reached(engine: Engine, plan: Plan) -> Iterator[Figure]:
    """Reach over the whole area, by municipality and class."""
    with Session(engine) as session:
        unhurried(session)
        choice = default_choice(options(session))
        with transaction(session):
            _seed(session, choice.day, SESSIONS_PER_VILLAGE.get(plan.size.villages, 3_000))
        period = Period(year_before(choice.day), choice.day)
        metres = KILOMETRES * 1000
        facts = {
            "metres": metres, "after": period.after, "until": period.until, "day": choice.day
        }  # fmt: skip
        ours = reach_sums(session, choice.area, day=choice.day, period=period, metres=metres)
        theirs = session.execute(QUERY, facts).all()
        if sum(one.within or 0 for one in ours) != sum(row.within or 0 for row in theirs):
            raise WrongAnswer("reach differs from the same in plain SQL")
        seconds = turns(
            {
                "reach": lambda: reach_sums(
                    session, choice.area, day=choice.day, period=period, metres=metres
                ),
                PLAIN: lambda: session.execute(QUERY, facts).all(),
            },
            runs=plan.runs,
        )
    yield Figure("training reach, uncached", "s", seconds["reach"], PLAIN, seconds[PLAIN], REACH)


def _seed(session: Session, day: date, sessions: int) -> None:
    for statement in SEED:
        session.execute(
            text(statement), {"day": day, "sessions": sessions} if ":" in statement else {}
        )
