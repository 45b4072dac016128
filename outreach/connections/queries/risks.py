"""Associations that the region may lose touch with, and why."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.associations.models import Association, AssociationContact
from outreach.associations.queries.conditions import staffed_by
from outreach.associations.queries.contacts import is_contact_on, is_unconfirmed
from outreach.associations.rules import CLOSED_STATUSES, CONTACTS_WANTED
from outreach.connections.models import ConnectionReport, ReportingRound, ReportVersion
from outreach.connections.queries.progress import association_progress
from outreach.database.ordering import swedish_order

SILENT_AFTER = timedelta(days=365)
LATE_RUNNING = 2
"""So many rounds in a row, of those whose last day has passed, make being late a habit."""


class Risk(StrEnum):
    """Why an association may be lost, the gravest first."""

    SILENT = "silent"
    NO_CONTACT = "no_contact"
    ONE_CONTACT = "one_contact"
    LATE_TWICE = "late_twice"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class RiskRow:
    """One association with every reason to be concerned about it."""

    association_id: int
    name: str
    contacts: int
    risks: tuple[Risk, ...]
    latest_submitted_at: datetime | None


def associations_at_risk(
    session: Session, *, reach: Reach, today: date, at: datetime
) -> list[RiskRow]:
    """Those of the person's counties with a reason, by the number of reasons and then by name.

    As many statements for a thousand associations as for one; closed associations are left out.
    """
    silent, late = _silent(session, reach, today=today), _late(session, reach, today=today)
    rows = []
    for row in session.execute(_associations(reach, today)):
        is_silent = row.id in silent and (row.latest is None or row.latest < at - SILENT_AFTER)
        found = {
            Risk.SILENT: is_silent,
            Risk.NO_CONTACT: row.contacts == 0,
            Risk.ONE_CONTACT: 0 < row.contacts < CONTACTS_WANTED,
            Risk.LATE_TWICE: row.id in late,
            Risk.UNCONFIRMED: row.unconfirmed > 0,
        }
        risks = tuple(risk for risk, holds in found.items() if holds)
        if risks:
            rows.append(RiskRow(row.id, row.name, row.contacts, risks, row.latest))
    return sorted(rows, key=lambda row: -len(row.risks))


def _associations(reach: Reach, today: date) -> Select[int, str, int, int, datetime | None]:
    contacts = (
        select(
            AssociationContact.association_id,
            func.count(AssociationContact.id).label("contacts"),
            func.count(case((is_unconfirmed(today), 1))).label("unconfirmed"),
        )
        .where(is_contact_on(today))
        .group_by(AssociationContact.association_id)
        .subquery()
    )
    latest = (
        select(
            ConnectionReport.association_id,
            func.max(ReportVersion.submitted_at, type_=ReportVersion.submitted_at.type).label(
                "latest"
            ),
        )
        .join(ReportVersion, ReportVersion.report_id == ConnectionReport.id)
        .group_by(ConnectionReport.association_id)
        .subquery()
    )
    return (
        select(
            Association.id,
            Association.name,
            func.coalesce(contacts.c.contacts, 0).label("contacts"),
            func.coalesce(contacts.c.unconfirmed, 0).label("unconfirmed"),
            latest.c.latest,
        )
        .outerjoin(contacts, contacts.c.association_id == Association.id)
        .outerjoin(latest, latest.c.association_id == Association.id)
        .where(staffed_by(reach), Association.status.not_in(CLOSED_STATUSES))
        .order_by(swedish_order(Association.name), Association.id)
    )


def _late(session: Session, reach: Reach, *, today: date) -> set[int]:
    """Associations that were late, or missing, in each of the last rounds they were expected in."""
    rounds = session.scalars(
        select(ReportingRound.id)
        .where(ReportingRound.due_date < today)
        .order_by(ReportingRound.reference_date.desc())
        .limit(LATE_RUNNING)
    ).all()
    if len(rounds) < LATE_RUNNING:
        return set()
    late = [
        {
            row.association_id
            for row in association_progress(session, key, reach=reach)
            if row.on_time < row.expected
        }
        for key in rounds
    ]
    return set.intersection(*late)


def _silent(session: Session, reach: Reach, *, today: date) -> Collection[int]:
    """Associations that were expected in some round whose last day passed within the year."""
    rounds = session.scalars(
        select(ReportingRound.id).where(
            ReportingRound.due_date < today, ReportingRound.due_date >= today - SILENT_AFTER
        )
    ).all()
    return {
        row.association_id
        for key in rounds
        for row in association_progress(session, key, reach=reach)
    }
