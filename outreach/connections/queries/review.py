"""What waits for review, and one version beside the figures that count now."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from outreach.accounts.models import User
from outreach.accounts.rules import Reach
from outreach.associations.models import Association
from outreach.associations.queries.conditions import staffed_by
from outreach.connections.models import (
    ConnectionCount,
    ConnectionReport,
    ReportingRound,
    ReportVersion,
)
from outreach.connections.queries.compared import (
    VillageComparison,
    compared,
    counts_of,
    in_force_before,
)
from outreach.connections.queries.submitters import submitter_name
from outreach.connections.queries.taken_over import Taken, counts_taken_over, each_taken_over
from outreach.connections.rules import ReportState
from outreach.days import end_of_day
from outreach.places.models import Village
from outreach.web.paging import Paging

Columns = TypeVarTuple("Columns")


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which of the waiting versions to list."""

    round_id: int | None = None
    municipality_code: str = ""


@dataclass(frozen=True, slots=True)
class VersionHead:
    """A version: whose, for which date, by whom, and where it stands."""

    id: int
    report_id: int
    number: int
    state: ReportState
    receipt: str
    association_id: int
    association: str
    county_code: str
    round_id: int
    reference_date: date
    due_date: date
    submitted_at: datetime
    submitted_by_id: int | None
    submitted_by: str | None
    warnings: int
    comment: str | None
    decided_at: datetime | None
    decided_by: str | None
    decision_note: str | None

    @property
    def is_late(self) -> bool:
        """Whether it was sent in after the last day to report."""
        return self.submitted_at >= end_of_day(self.due_date)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A waiting version with what it would change."""

    head: VersionHead
    villages: int
    changed: int
    connected: int | None
    connected_before: int | None


def count_waiting(session: Session, wanted: QueueFilter, *, reach: Reach) -> int:
    """How many submitted versions wait within reach."""
    return session.scalar(_waiting(select(func.count()), wanted, reach=reach)) or 0


def waiting(
    session: Session, wanted: QueueFilter, *, reach: Reach, paging: Paging
) -> list[QueueRow]:
    """One page of the versions that wait, the oldest submission first, with what they change.

    Six statements, three more for each date for which villages were taken over, and one for each
    for which some came by hand. A village taken over is compared as in `comparison`.
    """
    query = _waiting(select(*_HEAD), wanted, reach=reach).order_by(
        ReportVersion.submitted_at, ReportVersion.id
    )
    rows = session.execute(query.offset(paging.offset).limit(paging.size))
    heads = [VersionHead(*tuple(row)) for row in rows]
    counts = counts_of(session, [head.id for head in heads])
    before = in_force_before(session, {head.association_id for head in heads})
    taken_over = each_taken_over(session, heads)
    return [
        _queue_row(
            head,
            _beside_taken_over(
                compared(counts, before, head=head),
                taken_over.get((head.association_id, head.reference_date), {}),
            ),
        )
        for head in heads
    ]


def waiting_without_warnings(
    session: Session, version_ids: Collection[int], *, reach: Reach
) -> list[int]:
    """Those of the versions that wait within reach and have no warning."""
    query = select(ReportVersion.id).where(
        ReportVersion.id.in_(version_ids), ReportVersion.warnings == 0
    )
    return list(
        session.scalars(_waiting(query, QueueFilter(), reach=reach).order_by(ReportVersion.id))
    )


def version_head(session: Session, version_id: int, *, reach: Reach) -> VersionHead | None:
    """One version of whatever state within a reviewer's reach; None for any other."""
    query = _joined(select(*_HEAD)).where(ReportVersion.id == version_id, staffed_by(reach))
    row = session.execute(query).one_or_none()
    return VersionHead(*tuple(row)) if row else None


def versions_of_report(session: Session, report_id: int, *, reach: Reach) -> list[VersionHead]:
    """All versions of a report within a reviewer's reach, the newest first."""
    query = _joined(select(*_HEAD)).where(ReportVersion.report_id == report_id, staffed_by(reach))
    rows = session.execute(query.order_by(ReportVersion.number.desc()))
    return [VersionHead(*tuple(row)) for row in rows]


def comparison(session: Session, head: VersionHead) -> list[VillageComparison]:
    """The version's villages by name, each beside what counted before it.

    While it waits, a village taken over or come by hand stands beside what those before had, as in
    the reporter's form: both read it from `counts_taken_over`.
    """
    before = in_force_before(session, {head.association_id})
    rows = compared(counts_of(session, [head.id]), before, head=head)
    if head.state is not ReportState.SUBMITTED:
        return rows
    return _beside_taken_over(rows, counts_taken_over(session, head))


def _beside_taken_over(rows: list[VillageComparison], taken_over: Taken) -> list[VillageComparison]:
    return [
        replace(row, before=last.figures, before_date=last.on)
        if (last := taken_over.get((row.village_id, row.dwelling_type)))
        else row
        for row in rows
    ]


def round_choices(session: Session) -> Mapping[int, date]:
    """Every round's reference date by id, the newest first."""
    rows = session.execute(
        select(ReportingRound.id, ReportingRound.reference_date).order_by(
            ReportingRound.reference_date.desc()
        )
    )
    return {row.id: row.reference_date for row in rows}


_Decider = aliased(User)


_HEAD = (
    ReportVersion.id,
    ReportVersion.report_id,
    ReportVersion.number,
    ReportVersion.state,
    ReportVersion.receipt,
    Association.id,
    Association.name,
    Association.county_code,
    ReportingRound.id,
    ReportingRound.reference_date,
    ReportingRound.due_date,
    ReportVersion.submitted_at,
    ReportVersion.submitted_by_id,
    submitter_name(),
    ReportVersion.warnings,
    ReportVersion.comment,
    ReportVersion.decided_at,
    _Decider.name,
    ReportVersion.decision_note,
)


def _joined(query: Select[*Columns]) -> Select[*Columns]:
    return (
        query.select_from(ReportVersion)
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .join(Association, Association.id == ConnectionReport.association_id)
        .join(ReportingRound, ReportingRound.id == ConnectionReport.round_id)
        .outerjoin(_Decider, _Decider.id == ReportVersion.decided_by_id)
    )


def _waiting(query: Select[*Columns], wanted: QueueFilter, *, reach: Reach) -> Select[*Columns]:
    query = _joined(query).where(ReportVersion.state == ReportState.SUBMITTED, staffed_by(reach))
    if wanted.round_id is not None:
        query = query.where(ReportingRound.id == wanted.round_id)
    if wanted.municipality_code:
        query = query.where(_reports_in(wanted.municipality_code))
    return query


def _reports_in(municipality_code: str) -> ColumnElement[bool]:
    return (
        select(ConnectionCount.id)
        .join(Village, Village.id == ConnectionCount.village_id)
        .where(
            ConnectionCount.version_id == ReportVersion.id,
            Village.municipality_code == municipality_code,
        )
        .exists()
    )


def _queue_row(head: VersionHead, villages: list[VillageComparison]) -> QueueRow:
    return QueueRow(
        head=head,
        villages=len({row.village_id for row in villages}),
        changed=len({row.village_id for row in villages if row.is_changed}),
        connected=_sum(row.after.connected for row in villages),
        connected_before=_sum(row.before.connected if row.before else None for row in villages),
    )


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
