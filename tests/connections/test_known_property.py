"""Whatever happens to villages and reports: what was published on a day can be asked for again."""

from datetime import timedelta
from itertools import pairwise

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.connections.commands.publish import rebuild
from outreach.connections.past_models import PastStatus
from outreach.connections.queries.known import PRESENT, Published, known_before, known_since
from outreach.connections.queries.status_rows import COLUMNS
from outreach.connections.sum_models import StatusSum
from tests.connections.test_sums_property import MONTHS, Region
from tests.factories import NOW

SUMS = [column.key for column in StatusSum.__table__.c]
MOMENT = timedelta(microseconds=1)


def seen(session: Session, published: Published) -> tuple[set[object], set[object]]:
    """Every row and every sum."""
    rows = session.execute(select(*(getattr(published.rows, name) for name in COLUMNS)))
    sums = session.execute(select(*(getattr(published.sums, name) for name in SUMS)))
    return {tuple(row) for row in rows}, {tuple(row) for row in sums}


def changes(before: set[object], after: set[object]) -> int:
    """The rows that were there and no longer are."""
    return len(before - after)


def kept(session: Session) -> int:
    """How many rows the past holds."""
    return session.scalars(select(func.count()).select_from(PastStatus)).one()


@settings(
    derandomize=True,
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_every_day_shows_what_was_published_then(
    app: Flask, session: Session, data: st.DataObject
) -> None:
    with session.begin_nested() as savepoint:
        region = Region(app, session, data)
        shown = {region.now: seen(session, PRESENT)}
        for _ in range(5):
            region.now += timedelta(hours=data.draw(st.sampled_from([0, 1, 30])))
            region.happens()
            shown[region.now] = seen(session, PRESENT)
        for at, published in shown.items():
            assert seen(session, known_before(at + MOMENT)) == published
        states = list(shown.values())
        assert kept(session) == sum(
            changes(before[0], after[0]) for before, after in pairwise(states)
        )
        assert known_since(session) == NOW
        savepoint.rollback()
    session.expunge_all()


@settings(
    derandomize=True,
    max_examples=1,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_publishing_the_same_again_keeps_nothing(
    app: Flask, session: Session, data: st.DataObject
) -> None:
    with session.begin_nested() as savepoint:
        Region(app, session, data)
        rebuild(session, carry_forward_months=MONTHS, at=NOW + timedelta(days=1))
        assert kept(session) == 0
        assert known_since(session) == NOW
        savepoint.rollback()
    session.expunge_all()
