"""Keep what was published before, in the transaction that publishes something else.

Published rows are written anew by the thousand though few of them change. So all concerned are
put by first, and taken back where the new row says the same: two statements in SQL each, and none
where nothing was published before.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, insert, literal, or_, select, update
from sqlalchemy.orm import Session

from outreach.connections.models import VillageStatus
from outreach.connections.past_models import PastStatus
from outreach.connections.queries.status_rows import COLUMNS
from outreach.database import UtcDateTime

KEY = ("reference_date", "village_id", "dwelling_type")
Conditions = Sequence[ColumnElement[bool]]
_WHOLE = {"synchronize_session": False}


def put_by(session: Session, rows: Conditions, past: Conditions, *, at: datetime) -> datetime:
    """Copy the published rows that are to be written anew into the past, as known until now.

    `rows` and `past` are the same villages and dates in the two tables. Gives the time that the
    new rows are known from: `at`, or what was known last where a clock went back, so that no two
    rows of a village ever hold at the same time.
    """
    newest = [
        session.scalar(select(func.max(column)).where(*conditions))
        for column, conditions in ((VillageStatus.known_from, rows), (PastStatus.known_to, past))
    ]
    moment = max([at, *(one for one in newest if one is not None)])
    columns = (*COLUMNS, "known_from")
    session.execute(
        insert(PastStatus).from_select(
            (*columns, "known_to"),
            select(
                *(getattr(VillageStatus, name) for name in columns),
                literal(moment, UtcDateTime),
            ).where(*rows),
        )
    )
    return moment


def keep_unchanged(session: Session, rows: Conditions, past: Conditions, *, at: datetime) -> None:
    """Take back what was put by at a moment and is published as it was: nothing has changed.

    Such a row is known from when it was first. What was published and replaced at one and the
    same moment was never known.
    """
    put = and_(*past, PastStatus.known_to == at)
    if session.scalar(select(PastStatus.village_id).where(put).limit(1)) is None:
        return
    is_same_place = _equal(KEY)
    before = (
        select(func.min(PastStatus.known_from))
        .where(is_same_place, PastStatus.known_to == at, *_same(COLUMNS))
        .correlate(VillageStatus)
        .scalar_subquery()
    )
    session.execute(
        update(VillageStatus)
        .where(*rows)
        .values(known_from=func.coalesce(before, VillageStatus.known_from)),
        execution_options=_WHOLE,
    )
    holds_since = (
        select(VillageStatus.village_id)
        .where(is_same_place, VillageStatus.known_from <= PastStatus.known_from)
        .correlate(PastStatus)
    )
    session.execute(
        delete(PastStatus).where(
            put, or_(PastStatus.known_from >= PastStatus.known_to, holds_since.exists())
        ),
        execution_options=_WHOLE,
    )


def _equal(names: Collection[str]) -> ColumnElement[bool]:
    return and_(*(getattr(VillageStatus, name) == getattr(PastStatus, name) for name in names))


def _same(names: Collection[str]) -> list[ColumnElement[bool]]:
    """Both rows say the same of all but their place; where one says nothing, so must the other."""
    return [
        getattr(VillageStatus, name).is_not_distinct_from(getattr(PastStatus, name))
        for name in names
        if name not in KEY
    ]
