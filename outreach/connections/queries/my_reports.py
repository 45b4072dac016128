"""A reporter's own associations with their report in one round."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, false, func, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.associations.models import Association, ServedVillage
from outreach.associations.queries.conditions import served_on
from outreach.connections.models import (
    ConnectionReport,
    ReportDraft,
    ReportingRound,
    ReportVersion,
)
from outreach.connections.rules import ReportState
from outreach.database.ordering import swedish_order


@dataclass(frozen=True, slots=True)
class MyReport:
    """One association in the round: how far its report has come."""

    association_id: int
    association: str
    reference_date: date
    due_date: date
    villages: int
    version_state: ReportState | None
    decision_note: str | None
    receipt: str | None
    draft_saved_at: datetime | None
    today: date

    @property
    def state(self) -> str:
        """The state in one word: what the reporter has to know first."""
        if self.version_state in {ReportState.SUBMITTED, ReportState.APPROVED}:
            return str(self.version_state)
        if self.version_state is ReportState.RETURNED:
            return "returned"
        if self.today > self.due_date:
            return "overdue"
        return "draft" if self.draft_saved_at else "missing"

    @property
    def is_to_do(self) -> bool:
        """Whether the reporter is waited for."""
        return self.state not in {"submitted", "approved"}


def my_reports(
    session: Session, *, reference_date: date, reach: Reach, today: date
) -> list[MyReport]:
    """The associations that the person reports for, by name. Three statements in all."""
    due_date, round_id = session.execute(
        select(ReportingRound.due_date, ReportingRound.id).where(
            ReportingRound.reference_date == reference_date
        )
    ).one()
    query = _with_report(round_id, reach).where(_own(reach))
    query = query.order_by(swedish_order(Association.name), Association.id)
    rows = session.execute(query).all()
    villages = _villages_served(session, [row.id for row in rows], on=reference_date)
    return [
        MyReport(
            association_id=row.id,
            association=row.name,
            reference_date=reference_date,
            due_date=due_date,
            villages=villages.get(row.id, 0),
            version_state=row.state,
            decision_note=row.decision_note,
            receipt=row.receipt,
            draft_saved_at=row.saved_at,
            today=today,
        )
        for row in rows
    ]


def _with_report(
    round_id: int, reach: Reach
) -> Select[int, str, ReportState, str | None, str, datetime]:
    newest = (
        select(func.max(ReportVersion.number))
        .where(ReportVersion.report_id == ConnectionReport.id, ReportVersion.withdrawn_at.is_(None))
        .correlate(ConnectionReport)
        .scalar_subquery()
    )
    return (
        select(
            Association.id,
            Association.name,
            ReportVersion.state,
            ReportVersion.decision_note,
            ReportVersion.receipt,
            ReportDraft.saved_at,
        )
        .outerjoin(
            ConnectionReport,
            (ConnectionReport.association_id == Association.id)
            & (ConnectionReport.round_id == round_id),
        )
        .outerjoin(
            ReportVersion,
            (ReportVersion.report_id == ConnectionReport.id) & (ReportVersion.number == newest),
        )
        .outerjoin(
            ReportDraft,
            (ReportDraft.association_id == Association.id)
            & (ReportDraft.round_id == round_id)
            & (ReportDraft.user_id == reach.user_id),
        )
    )


def _own(reach: Reach) -> ColumnElement[bool]:
    return Association.id.in_(reach.associations) if reach.associations else false()


def _villages_served(session: Session, association_ids: list[int], *, on: date) -> dict[int, int]:
    rows = session.execute(
        select(
            ServedVillage.association_id,
            func.count(ServedVillage.village_id.distinct()).label("villages"),
        )
        .where(ServedVillage.association_id.in_(association_ids), served_on(on))
        .group_by(ServedVillage.association_id)
    )
    return {row.association_id: row.villages for row in rows}
