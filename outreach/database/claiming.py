"""Work that waits in a table: one of several takers gets it, and what a lost one had is free."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, or_, select, true, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from outreach.database.times import further_than

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Work(Generic[S]):
    """The columns of a table of work.

    `turns` are the states that wait, each with the state while it is done; a taker that has said
    nothing for `lost_after` was killed.
    """

    id: InstrumentedAttribute[int]
    state: InstrumentedAttribute[S]
    claimed_at: InstrumentedAttribute[datetime | None]
    turns: Mapping[S, S]
    lost_after: timedelta


def claim(
    session: Session,
    work: Work[S],
    *,
    at: datetime,
    only: ColumnElement[bool] | None = None,
    **values: object,
) -> int | None:
    """Take the oldest that is free; its id, or None. `values` are set on it."""
    is_free = or_(
        work.state.in_(work.turns),
        work.state.in_(work.turns.values()) & further_than(work.claimed_at, work.lost_after, at=at),
    )
    found = select(work.id, work.state, work.claimed_at).where(
        is_free, true() if only is None else only
    )
    row = session.execute(found.order_by(work.id).limit(1)).one_or_none()
    if row is None:
        return None
    key, state, claimed_at = row
    return session.scalars(
        update(work.id.class_)
        .where(
            work.id == key,
            work.state == state,
            work.claimed_at.is_not_distinct_from(claimed_at),
        )
        .values({work.state: work.turns.get(state, state), work.claimed_at: at} | values)
        .returning(work.id),
        execution_options={"synchronize_session": False},
    ).one_or_none()
