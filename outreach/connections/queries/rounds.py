"""Reporting rounds with how far they have come."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.associations.models import Association
from outreach.associations.queries.conditions import staffed_by
from outreach.connections.models import ConnectionReport, ReportingRound, ReportVersion
from outreach.connections.rules import ReportState


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round and the associations within reach that wait for review or are approved in it."""

    id: int
    reference_date: date
    due_date: date
    submitted: int
    approved: int


def rounds_with_reports(session: Session, *, reach: Reach) -> list[RoundRow]:
    """Every round, the newest first."""
    reports = (
        select(
            ConnectionReport.round_id,
            ReportVersion.state,
            func.count(ConnectionReport.id.distinct()).label("reports"),
        )
        .join(ReportVersion, ReportVersion.report_id == ConnectionReport.id)
        .join(Association, Association.id == ConnectionReport.association_id)
        .where(staffed_by(reach))
        .group_by(ConnectionReport.round_id, ReportVersion.state)
    )
    counted = {(row.round_id, row.state): row.reports for row in session.execute(reports)}
    rounds = session.execute(
        select(ReportingRound.id, ReportingRound.reference_date, ReportingRound.due_date).order_by(
            ReportingRound.reference_date.desc()
        )
    )
    return [
        RoundRow(
            row.id,
            row.reference_date,
            row.due_date,
            submitted=counted.get((row.id, ReportState.SUBMITTED), 0),
            approved=counted.get((row.id, ReportState.APPROVED), 0),
        )
        for row in rounds
    ]
