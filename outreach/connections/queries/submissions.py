"""What was submitted: by its key, and as the receipt shows it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.associations.models import Association
from outreach.associations.queries.conditions import within
from outreach.connections.models import ConnectionReport, ReportingRound, ReportVersion
from outreach.connections.queries.submitters import submitter_name, withdrawer_name
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
    withdrawn_at: datetime | None
    withdrawn_by: str | None


def submitted_with_key(
    session: Session, user_id: int | None, *, key: str, link_id: int | None = None
) -> Submitted | None:
    """The version that this person submitted with this key.

    Keys belong to their users, and to the links that people without an account come by.
    """
    return _submitted(session, _of_writer(user_id, link_id), ReportVersion.submission_key == key)


def waiting_with_content(
    session: Session,
    report_id: int,
    user_id: int | None,
    *,
    number: int,
    content_hash: str,
    link_id: int | None = None,
) -> Submitted | None:
    """This person's version of that number, where it says the same and still waits for staff."""
    return _submitted(
        session,
        _of_writer(user_id, link_id),
        ReportVersion.report_id == report_id,
        ReportVersion.number == number,
        ReportVersion.content_hash == content_hash,
        ReportVersion.state == ReportState.SUBMITTED,
    )


def _of_writer(user_id: int | None, link_id: int | None) -> ColumnElement[bool]:
    if link_id is None:
        return ReportVersion.submitted_by_id == user_id
    return ReportVersion.submitted_via_link_id == link_id


def _submitted(session: Session, *which: ColumnElement[bool]) -> Submitted | None:
    row = session.execute(
        select(ReportVersion.id, ReportVersion.receipt, ReportVersion.content_hash).where(*which)
    ).one_or_none()
    return Submitted(*row) if row else None


def newest_receipt_of_link(session: Session, link_id: int) -> str | None:
    """The receipt number of what was submitted last by a personal link."""
    return session.scalar(
        select(ReportVersion.receipt)
        .where(ReportVersion.submitted_via_link_id == link_id)
        .order_by(ReportVersion.number.desc())
        .limit(1)
    )


def receipt(session: Session, number: str, *, reach: Reach) -> Receipt | None:
    """The receipt with this number, within reach."""
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
            submitter_name().label("submitted_by"),
            ReportVersion.comment,
            ReportVersion.withdrawn_at,
            withdrawer_name().label("withdrawn_by"),
        )
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .join(Association, Association.id == ConnectionReport.association_id)
        .join(ReportingRound, ReportingRound.id == ConnectionReport.round_id)
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
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=row.withdrawn_by,
    )
