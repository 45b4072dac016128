"""Rewrite what is published: the derived rows that pages and files read, and their sums."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TypeAlias

from sqlalchemy import (
    ColumnElement,
    Date,
    Insert,
    Integer,
    bindparam,
    delete,
    insert,
    or_,
    select,
)
from sqlalchemy.orm import Session

from outreach.connections.commands.history import keep_unchanged, put_by
from outreach.connections.models import ConnectionCount, ReportingRound, VillageStatus
from outreach.connections.past_models import PastStatus
from outreach.connections.periods import months_before
from outreach.connections.queries.as_of import PERMANENT, Slice
from outreach.connections.queries.status_rows import COLUMNS, status_rows
from outreach.connections.queries.status_sums import status_sums
from outreach.connections.rules import RoundState
from outreach.connections.sum_models import StatusSum
from outreach.database import Base, UtcDateTime, data_version
from outreach.measures.classes import DwellingType

LONGEST_LIST = 5000
"""More villages than this are rebuilt as all: databases limit the values of a statement."""
Derived: TypeAlias = type[VillageStatus] | type[StatusSum] | type[PastStatus]
Place: TypeAlias = tuple[str, str]
"""The codes of a county and a municipality in it."""


@dataclass(frozen=True, slots=True)
class Period:
    """The reference dates of the reports that a change is about, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class _Scope:
    """Which rows are written anew; see `rebuild`."""

    village_ids: Collection[int] | None
    since: date | None
    reported: Period | None
    months: int

    @property
    def first(self) -> date | None:
        """The first date concerned, or None for all."""
        return self.reported.first if self.reported else self.since

    def covers(self, on: date, dwelling_type: DwellingType) -> bool:
        """Whether the rows of a date may differ.

        Of the optional types an old count still tells, however old, that the type is reported.
        """
        if self.reported is None or dwelling_type is not PERMANENT:
            return True
        return months_before(on, self.months) <= self.reported.last

    def holds(self, table: Derived, dates: Collection[date]) -> list[ColumnElement[bool]]:
        """The same as conditions on a table's rows; `dates` are those of all rounds concerned."""
        conditions: list[ColumnElement[bool]] = []
        if self.first is not None:
            conditions.append(table.reference_date >= self.first)
        if self.reported is not None:
            covered = [on for on in dates if self.covers(on, PERMANENT)]
            conditions.append(
                or_(table.dwelling_type != PERMANENT, table.reference_date.in_(covered))
            )
        return conditions

    def of_villages(
        self, table: type[VillageStatus] | type[PastStatus], dates: Collection[date]
    ) -> list[ColumnElement[bool]]:
        """The same with the villages, where not all are concerned."""
        conditions = self.holds(table, dates)
        if self.village_ids is not None:
            conditions.append(table.village_id.in_(self.village_ids))
        return conditions


def rebuild(
    session: Session,
    *,
    village_ids: Collection[int] | None = None,
    since: date | None = None,
    reported: Period | None = None,
    carry_forward_months: int,
    at: datetime,
) -> None:
    """Work out `village_status` anew from approved counts, service, classes and registers.

    For the villages given, or all; for the reference dates of rounds from `since` on, or all.
    Where nothing but reports of a period has changed, `reported` says so instead: their figures
    matter as long as they are carried forward, and later dates stay as they are. The sums of what
    is written are written with it, and what a row said before, where it now says something else,
    is kept in `past_status`. Call it in the transaction of the change that calls for it: an
    approval, a new round, another delimitation or register, a village served or no longer served.
    Raises the data version.
    """
    session.flush()
    # First, as its row is also the lock that makes rebuilds of the same villages take turns: the
    # second one then deletes what the first has written, and reads what the first has approved.
    data_version.bump(session, at=at)
    if village_ids is not None and len(village_ids) > LONGEST_LIST:
        village_ids = None
    scope = _Scope(village_ids, since, reported, carry_forward_months)
    dates = _reference_dates(session, scope.first)
    before = _municipalities(session, village_ids)
    past = scope.of_villages(PastStatus, dates)
    known_from = put_by(session, scope.of_villages(VillageStatus, dates), past, at=at)
    _delete(session, VillageStatus, scope.of_villages(VillageStatus, dates))
    types = _types_counted(session)
    for on in dates:
        oldest = months_before(on, carry_forward_months)
        for dwelling_type in types:
            if scope.covers(on, dwelling_type):
                statement = _rows_written(dwelling_type, is_all=village_ids is None)
                values: dict[str, object] = {"day": on, "oldest": oldest, "known": known_from}
                if village_ids is not None:
                    values["villages"] = list(village_ids)
                session.execute(statement, values)
    keep_unchanged(session, scope.of_villages(VillageStatus, dates), past, at=known_from)
    _sum_up(session, scope, dates, before | _municipalities(session, village_ids))


@cache
def _rows_written(dwelling_type: DwellingType, *, is_all: bool) -> Insert:
    """The statement that writes one date's rows of a type, for all villages or for `villages`.

    Made once, as putting it together takes longer than a region's database takes to run it.
    """
    villages = None if is_all else bindparam("villages", type_=Integer, expanding=True)
    rows = status_rows(
        Slice(
            bindparam("day", type_=Date), bindparam("oldest", type_=Date), dwelling_type, villages
        )
    )
    dated = rows.add_columns(bindparam("known", type_=UtcDateTime).label("known_from"))
    return insert(Base.metadata.tables[VillageStatus.__tablename__]).from_select(
        (*COLUMNS, "known_from"), dated
    )


def _municipalities(session: Session, village_ids: Collection[int] | None) -> frozenset[Place]:
    """Where rows of these villages are counted; a village may have been in another than now."""
    if village_ids is None:
        return frozenset()
    places = select(VillageStatus.county_code, VillageStatus.municipality_code).distinct()
    rows = session.execute(places.where(VillageStatus.village_id.in_(village_ids)))
    return frozenset((county, municipality) for county, municipality in rows)


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


def _sum_up(
    session: Session, scope: _Scope, dates: Collection[date], places: frozenset[Place]
) -> None:
    """Sum the rows again wherever one of them may have changed: whole municipalities."""

    def conditions(table: Derived) -> list[ColumnElement[bool]]:
        within = scope.holds(table, dates)
        if scope.village_ids is not None:
            # The county is there for the index.
            within.append(table.county_code.in_({county for county, _ in places}))
            within.append(table.municipality_code.in_({code for _, code in places}))
        return within

    _delete(session, StatusSum, conditions(StatusSum))
    columns, sums = status_sums(conditions(VillageStatus))
    session.execute(insert(StatusSum).from_select(columns, sums))


def _delete(session: Session, table: Derived, conditions: list[ColumnElement[bool]]) -> None:
    session.execute(
        delete(table).where(*conditions), execution_options={"synchronize_session": False}
    )
