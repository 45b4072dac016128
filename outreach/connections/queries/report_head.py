"""One association's report in one round: where it stands, for whoever may write it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.associations.models import Association
from outreach.associations.queries.conditions import within
from outreach.connections.models import ConnectionReport, ReportingRound, ReportVersion
from outreach.connections.queries.submitters import submitter_name
from outreach.connections.queries.window import Window, reporting_window
from outreach.connections.rules import ReportState, RoundState


@dataclass(frozen=True, slots=True)
class VersionBrief:
    """A version of the report, without its counts."""

    id: int
    number: int
    state: ReportState
    receipt: str
    submitted_at: datetime
    submitted_by: str | None
    comment: str | None
    decision_note: str | None


@dataclass(frozen=True, slots=True)
class ReportHead:
    """The report that a form is opened for; `latest` is None until something is submitted.

    `highest_number` counts versions that were withdrawn as well, as their numbers stay taken.
    """

    association_id: int
    association: str
    county_code: str
    round_id: int
    reference_date: date
    due_date: date
    window: Window
    report_id: int | None
    latest: VersionBrief | None
    highest_number: int = 0

    @property
    def is_closed(self) -> bool:
        """Whether the round takes no report of this association now."""
        return not self.window.is_open

    @property
    def base_number(self) -> int:
        """The version that a form opened now builds on; 0 before the first."""
        return self.highest_number


def report_head(
    session: Session, association_id: int, *, reference_date: date, reach: Reach, at: datetime
) -> ReportHead | None:
    """The report, or None where the association is not within reach or no round has the date.

    A round that is only planned is nobody's to report in yet, so there is none.
    """
    row = session.execute(
        select(
            Association.id,
            Association.name,
            Association.county_code,
            ReportingRound.id.label("round_id"),
            ReportingRound.reference_date,
            ReportingRound.due_date,
            ConnectionReport.id.label("report_id"),
        )
        .select_from(Association)
        .join(ReportingRound, ReportingRound.reference_date == reference_date)
        .outerjoin(
            ConnectionReport,
            (ConnectionReport.association_id == Association.id)
            & (ConnectionReport.round_id == ReportingRound.id),
        )
        .where(
            Association.id == association_id,
            within(reach),
            ReportingRound.state != RoundState.PLANNED,
        )
    ).one_or_none()
    if row is None:
        return None
    return ReportHead(
        association_id=row.id,
        association=row.name,
        county_code=row.county_code,
        round_id=row.round_id,
        reference_date=row.reference_date,
        due_date=row.due_date,
        window=reporting_window(session, row.round_id, row.id, at=at),
        report_id=row.report_id,
        latest=latest_version(session, row.report_id) if row.report_id else None,
        highest_number=_highest_number(session, row.report_id),
    )


def latest_version(session: Session, report_id: int) -> VersionBrief | None:
    """The newest version of a report, whatever its state, that was not withdrawn."""
    query = _briefs().where(
        ReportVersion.report_id == report_id, ReportVersion.withdrawn_at.is_(None)
    )
    row = session.execute(query.order_by(ReportVersion.number.desc()).limit(1)).one_or_none()
    return VersionBrief(*row) if row else None


def _highest_number(session: Session, report_id: int | None) -> int:
    if report_id is None:
        return 0
    query = select(func.max(ReportVersion.number)).where(ReportVersion.report_id == report_id)
    return session.scalar(query) or 0


def version_numbered(session: Session, report_id: int, *, number: int) -> VersionBrief | None:
    """One version of a report by its number."""
    query = _briefs().where(ReportVersion.report_id == report_id, ReportVersion.number == number)
    row = session.execute(query).one_or_none()
    return VersionBrief(*row) if row else None


def round_to_report(session: Session, *, today: date) -> date | None:
    """The reference date that is reported for now: the latest open round's that has begun.

    Before the first has begun, the next one to come.
    """
    is_open = ReportingRound.state == RoundState.OPEN
    begun = select(func.max(ReportingRound.reference_date)).where(
        is_open, ReportingRound.reference_date <= today
    )
    coming = select(func.min(ReportingRound.reference_date)).where(is_open)
    return session.scalar(begun) or session.scalar(coming)


def _briefs() -> Select[
    int, int, ReportState, str, datetime, str | None, str | None, str | None
]:  # fmt: skip
    return select(
        ReportVersion.id,
        ReportVersion.number,
        ReportVersion.state,
        ReportVersion.receipt,
        ReportVersion.submitted_at,
        submitter_name(),
        ReportVersion.comment,
        ReportVersion.decision_note,
    )
