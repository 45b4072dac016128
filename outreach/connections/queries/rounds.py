"""Reporting rounds with how far they have come."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.associations.models import Association
from outreach.associations.queries.conditions import staffed_by
from outreach.connections.models import (
    ConnectionCount,
    ConnectionReport,
    ExpectedPair,
    LockException,
    ReportingRound,
    ReportVersion,
)
from outreach.connections.queries.progress import COUNTED, is_answer
from outreach.connections.rounds import whole_percent
from outreach.connections.rules import ReportState, RoundState


@dataclass(frozen=True, slots=True)
class RoundHead:
    """One round: its dates, its state, and when it came to it."""

    id: int
    reference_date: date
    due_date: date
    state: RoundState
    opened_at: datetime | None
    closed_at: datetime | None
    frozen_at: datetime | None


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round and what lies within reach: pairs expected and received, reports that wait."""

    id: int
    reference_date: date
    due_date: date
    state: RoundState
    expected: int
    received: int
    submitted: int

    @property
    def received_shown(self) -> float | None:
        """The reporting rate to print, rounded down to whole percent; None where none is."""
        return whole_percent(self.received, self.expected)


@dataclass(frozen=True, slots=True)
class LateRound:
    """A closed round in which an association may report all the same, until a time."""

    association_id: int
    association: str
    reference_date: date
    until: datetime


def round_head(session: Session, round_id: int) -> RoundHead | None:
    """One round, or None."""
    row = session.execute(
        select(
            ReportingRound.id,
            ReportingRound.reference_date,
            ReportingRound.due_date,
            ReportingRound.state,
            ReportingRound.opened_at,
            ReportingRound.closed_at,
            ReportingRound.frozen_at,
        ).where(ReportingRound.id == round_id)
    ).one_or_none()
    return None if row is None else RoundHead(*row)


def round_on(session: Session, reference_date: date) -> int | None:
    """The id of the round for a date."""
    query = select(ReportingRound.id).where(ReportingRound.reference_date == reference_date)
    return session.scalar(query)


def rounds_with_reports(session: Session, *, reach: Reach) -> list[RoundRow]:
    """Every round, the newest first. Four statements."""
    expected, received = _expected(session, reach), _received(session, reach)
    submitted = _submitted(session, reach)
    rounds = session.execute(
        select(
            ReportingRound.id,
            ReportingRound.reference_date,
            ReportingRound.due_date,
            ReportingRound.state,
        ).order_by(ReportingRound.reference_date.desc())
    )
    return [
        RoundRow(
            *row,
            expected=expected.get(row.id, 0),
            received=received.get(row.id, 0),
            submitted=submitted.get(row.id, 0),
        )
        for row in rounds
    ]


def late_rounds(session: Session, *, reach: Reach, at: datetime) -> list[LateRound]:
    """Where the associations that a person reports for may still report although it is closed."""
    rows = session.execute(
        select(
            Association.id,
            Association.name,
            ReportingRound.reference_date,
            func.max(LockException.until),
        )
        .join(LockException, LockException.association_id == Association.id)
        .join(ReportingRound, ReportingRound.id == LockException.round_id)
        .where(
            Association.id.in_(reach.associations),
            ReportingRound.state.in_([RoundState.CLOSED, RoundState.FROZEN]),
            LockException.ended_at.is_(None),
            LockException.until > at,
        )
        .group_by(Association.id, Association.name, ReportingRound.reference_date)
        .order_by(ReportingRound.reference_date, Association.id)
    )
    return [LateRound(*row) for row in rows]


def _expected(session: Session, reach: Reach) -> dict[int, int]:
    rows = session.execute(
        select(ExpectedPair.round_id, func.count(ExpectedPair.id))
        .join(Association, Association.id == ExpectedPair.association_id)
        .where(staffed_by(reach))
        .group_by(ExpectedPair.round_id)
    )
    return dict(rows.all())


def _received(session: Session, reach: Reach) -> dict[int, int]:
    rows = session.execute(
        select(ExpectedPair.round_id, func.count(ExpectedPair.id.distinct()))
        .join(Association, Association.id == ExpectedPair.association_id)
        .join(
            ConnectionReport,
            and_(
                ConnectionReport.association_id == ExpectedPair.association_id,
                ConnectionReport.round_id == ExpectedPair.round_id,
            ),
        )
        .join(ReportVersion, ReportVersion.report_id == ConnectionReport.id)
        .join(
            ConnectionCount,
            and_(
                ConnectionCount.version_id == ReportVersion.id,
                ConnectionCount.village_id == ExpectedPair.village_id,
            ),
        )
        .where(staffed_by(reach), ReportVersion.state.in_(COUNTED), is_answer())
        .group_by(ExpectedPair.round_id)
    )
    return dict(rows.all())


def _submitted(session: Session, reach: Reach) -> dict[int, int]:
    rows = session.execute(
        select(ConnectionReport.round_id, func.count(ConnectionReport.id.distinct()))
        .join(ReportVersion, ReportVersion.report_id == ConnectionReport.id)
        .join(Association, Association.id == ConnectionReport.association_id)
        .where(staffed_by(reach), ReportVersion.state == ReportState.SUBMITTED)
        .group_by(ConnectionReport.round_id)
    )
    return dict(rows.all())
