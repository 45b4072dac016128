"""Everything that an association has reported: who, when, what and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session, aliased

from outreach.accounts.models import User
from outreach.accounts.rules import Reach
from outreach.associations.models import Association
from outreach.associations.queries.conditions import within
from outreach.connections.models import (
    ConnectionCount,
    ConnectionReport,
    ReportingRound,
    ReportVersion,
)
from outreach.connections.queries.compared import (
    StatedCount,
    VillageComparison,
    beside,
    counts_of,
    stated,
    stated_count,
)
from outreach.connections.queries.submitters import submitter_name, withdrawer_name
from outreach.connections.rules import ReportSource, ReportState
from outreach.database.ordering import swedish_order
from outreach.database.snapshot import in_portions
from outreach.places.models import Village

MOST_VERSIONS = 500
"""Versions shown on one page: 40 rounds with a dozen corrections each."""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the history of an association's reports."""

    id: int
    association: str
    reference_date: date
    number: int
    state: ReportState
    receipt: str
    submitted_at: datetime
    submitted_by: str | None
    source: ReportSource
    comment: str | None
    decided_at: datetime | None
    decided_by: str | None
    decision_note: str | None
    villages: int
    connected: int | None
    withdrawn_at: datetime | None
    withdrawn_by: str | None


@dataclass(frozen=True, slots=True)
class ReportedCount:
    """One count, with what its version is."""

    count: StatedCount
    state: ReportState
    submitted_at: datetime
    submitted_by: str | None
    source: ReportSource
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class VillageLine:
    """What one version said of one village."""

    line: VersionLine
    count: StatedCount


def association_name(session: Session, association_id: int, *, reach: Reach) -> str | None:
    """The name of an association within reach, or None."""
    return session.scalar(
        select(Association.name).where(Association.id == association_id, within(reach))
    )


def history(session: Session, association_id: int, *, reach: Reach) -> list[VersionLine]:
    """All versions of an association within reach, the newest round and version first."""
    query = _lines().where(Association.id == association_id, within(reach))
    return _read(session, query)


def all_counts(session: Session, association_id: int, *, reach: Reach) -> Iterator[ReportedCount]:
    """Every count of every version of an association within reach, the newest first."""
    query = (
        stated()
        .add_columns(
            ReportVersion.state,
            ReportVersion.submitted_at,
            submitter_name().label("submitted_by"),
            ReportVersion.source,
            ReportVersion.withdrawn_at,
        )
        .join(Association, Association.id == ConnectionReport.association_id)
        .where(Association.id == association_id, within(reach))
        .order_by(
            ReportingRound.reference_date.desc(),
            ReportVersion.number.desc(),
            swedish_order(Village.name),
            Village.id,
            ConnectionCount.dwelling_type,
        )
    )
    return in_portions(session, _reported, query)


def _reported(_: Session, rows: Sequence[Row[*tuple[object, ...]]]) -> list[ReportedCount]:
    return [
        ReportedCount(
            stated_count(row),
            row.state,
            row.submitted_at,
            row.submitted_by,
            row.source,
            row.withdrawn_at,
        )
        for row in rows
    ]


def report_versions(
    session: Session, association_id: int, *, reference_date: date, reach: Reach
) -> list[VersionLine]:
    """All versions of one report within reach, the newest first."""
    query = _lines().where(
        Association.id == association_id,
        ReportingRound.reference_date == reference_date,
        within(reach),
    )
    return _read(session, query)


def side_by_side(
    session: Session, version: VersionLine, *, earlier: VersionLine | None
) -> list[VillageComparison]:
    """A version's villages by name, each beside what an earlier version said of it."""
    ids = [version.id] if earlier is None else [version.id, earlier.id]
    counts = counts_of(session, ids)
    before = {
        (count.village_id, count.dwelling_type): count
        for count in counts
        if earlier is not None and count.version_id == earlier.id
    }
    return [
        beside(count, before.get((count.village_id, count.dwelling_type)))
        for count in counts
        if count.version_id == version.id
    ]


def village_history(session: Session, village_id: int, *, reach: Reach) -> list[VillageLine]:
    """What was reported of a village by associations within reach, the newest first."""
    of_village = select(ConnectionCount.version_id).where(ConnectionCount.village_id == village_id)
    lines = _read(session, _lines().where(ReportVersion.id.in_(of_village), within(reach)))
    counts = {
        count.version_id: count
        for count in counts_of(session, [line.id for line in lines])
        if count.village_id == village_id
    }
    return [VillageLine(line, counts[line.id]) for line in lines]


_Decider = aliased(User)


def _lines() -> Select[*tuple[object, ...]]:
    of_version = ConnectionCount.version_id == ReportVersion.id
    villages = select(func.count(ConnectionCount.village_id.distinct())).where(of_version)
    connected = select(func.sum(ConnectionCount.connected)).where(of_version)
    return (
        select(
            ReportVersion.id,
            Association.name.label("association"),
            ReportingRound.reference_date,
            ReportVersion.number,
            ReportVersion.state,
            ReportVersion.receipt,
            ReportVersion.submitted_at,
            submitter_name().label("submitted_by"),
            ReportVersion.source,
            ReportVersion.comment,
            ReportVersion.decided_at,
            _Decider.name.label("decided_by"),
            ReportVersion.decision_note,
            villages.scalar_subquery().label("villages"),
            connected.scalar_subquery().label("connected"),
            ReportVersion.withdrawn_at,
            withdrawer_name().label("withdrawn_by"),
        )
        .select_from(ReportVersion)
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .join(Association, Association.id == ConnectionReport.association_id)
        .join(ReportingRound, ReportingRound.id == ConnectionReport.round_id)
        .outerjoin(_Decider, _Decider.id == ReportVersion.decided_by_id)
        .order_by(ReportingRound.reference_date.desc(), Association.id, ReportVersion.number.desc())
        .limit(MOST_VERSIONS)
    )


def _read(session: Session, query: Select[*tuple[object, ...]]) -> list[VersionLine]:
    return [VersionLine(**row._asdict()) for row in session.execute(query)]
