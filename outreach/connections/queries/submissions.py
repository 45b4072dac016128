"""What was submitted: by its key, and as the receipt shows it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from outreach.accounts.models import User
from outreach.accounts.rules import Reach
from outreach.associations.models import Association
from outreach.associations.queries.conditions import within
from outreach.connections.models import ConnectionReport, ReportingRound, ReportVersion
from outreach.connections.rules import ReportState


@dataclass(frozen=True, slots=True)
class Submitted:
    """A stored submission: its receipt number and the fingerprint of its content."""

    version_id: int
    receipt: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the reporter is given for a submission."""

    version_id: int
    receipt: str
    number: int
    state: ReportState
    association_id: int
    association: str
    reference_date: date
    submitted_at: datetime
    submitted_by: str | None
    comment: str | None


def submitted_with_key(session: Session, user_id: int, *, key: str) -> Submitted | None:
    """The version that this person submitted with this key; keys belong to their users."""
    row = session.execute(
        select(ReportVersion.id, ReportVersion.receipt, ReportVersion.content_hash).where(
            ReportVersion.submitted_by_id == user_id, ReportVersion.submission_key == key
        )
    ).one_or_none()
    return Submitted(*row) if row else None


def receipt(session: Session, number: str, *, reach: Reach) -> Receipt | None:
    """The receipt with this number, within reach."""
    submitter = aliased(User)
    row = session.execute(
        select(
            ReportVersion.id,
            ReportVersion.receipt,
            ReportVersion.number,
            ReportVersion.state,
            Association.id.label("association_id"),
            Association.name.label("association"),
            ReportingRound.reference_date,
            ReportVersion.submitted_at,
            submitter.name.label("submitted_by"),
            ReportVersion.comment,
        )
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .join(Association, Association.id == ConnectionReport.association_id)
        .join(ReportingRound, ReportingRound.id == ConnectionReport.round_id)
        .outerjoin(submitter, submitter.id == ReportVersion.submitted_by_id)
        .where(ReportVersion.receipt == number, within(reach))
    ).one_or_none()
    if row is None:
        return None
    return Receipt(
        version_id=row.id,
        receipt=row.receipt,
        number=row.number,
        state=row.state,
        association_id=row.association_id,
        association=row.association,
        reference_date=row.reference_date,
        submitted_at=row.submitted_at,
        submitted_by=row.submitted_by,
        comment=row.comment,
    )
