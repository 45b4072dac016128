"""Rewrite what is published: the derived table that gap, map, table and file read."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from outreach.connections.models import ConnectionCount, ReportingRound, VillageStatus
from outreach.connections.periods import months_before
from outreach.connections.queries.as_of import PERMANENT, Slice
from outreach.connections.queries.status_rows import COLUMNS, status_rows
from outreach.connections.rules import RoundState
from outreach.database import data_version
from outreach.measures.classes import DwellingType

LONGEST_LIST = 5000
"""More villages than this are rebuilt as all: databases limit the values of a statement."""


def rebuild(
    session: Session,
    *,
    village_ids: Collection[int] | None = None,
    since: date | None = None,
    carry_forward_months: int,
    at: datetime,
) -> None:
    """Work out `village_status` anew from approved counts, service, classes and registers.

    For the villages given, or all; for the reference dates of rounds from `since` on, or all.
    Call it in the transaction of the change that calls for it: an approval, a new round, another
    delimitation or register, a village served or no longer served. Raises the data version.
    """
    session.flush()
    # First, as its row is also the lock that makes rebuilds of the same villages take turns: the
    # second one then deletes what the first has written, and reads what the first has approved.
    data_version.bump(session, at=at)
    if village_ids is not None and len(village_ids) > LONGEST_LIST:
        village_ids = None
    dates = _reference_dates(session, since)
    types = _types_counted(session)
    _clear(session, village_ids, since=since)
    for on in dates:
        oldest = months_before(on, carry_forward_months)
        for dwelling_type in types:
            rows = status_rows(Slice(on, oldest, dwelling_type, village_ids))
            session.execute(insert(VillageStatus).from_select(COLUMNS, rows))


def _reference_dates(session: Session, since: date | None) -> list[date]:
    """The dates that something is published for: a round that is only planned has no figures."""
    query = (
        select(ReportingRound.reference_date)
        .where(ReportingRound.state != RoundState.PLANNED)
        .order_by(ReportingRound.reference_date)
    )
    if since is not None:
        query = query.where(ReportingRound.reference_date >= since)
    return list(session.scalars(query))


def _types_counted(session: Session) -> list[DwellingType]:
    """Permanent dwellings, of which every village has a row, and the types with any count."""
    counted = session.scalars(select(ConnectionCount.dwelling_type).distinct())
    return sorted({PERMANENT, *counted})


def _clear(session: Session, village_ids: Collection[int] | None, *, since: date | None) -> None:
    statement = delete(VillageStatus)
    if village_ids is not None:
        statement = statement.where(VillageStatus.village_id.in_(village_ids))
    if since is not None:
        statement = statement.where(VillageStatus.reference_date >= since)
    session.execute(statement, execution_options={"synchronize_session": False})
