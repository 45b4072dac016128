"""All that is kept about one person who has an account, for that person."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeAlias

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from outreach.accounts.models import User, UserSession
from outreach.accounts.queries.users import places_of
from outreach.associations.models import Association, AssociationContact
from outreach.connections.models import ConnectionReport, ReportDraft, ReportVersion
from outreach.database.audit import AuditEvent
from outreach.mail.models import OutboxMessage

Value: TypeAlias = str | int | bool | None
Rows: TypeAlias = list[dict[str, Value]]
Part: TypeAlias = dict[str, Value] | list[str] | Rows


def own_data(session: Session, user_id: int) -> dict[str, Part]:
    """Account, roles, places, devices, contacts, reports, drafts, e-mails and changes, by part."""
    user = session.get_one(User, user_id)
    account: dict[str, Value] = {
        "id": user.id,
        "name": user.name,
        "email": user.email,
        "language": user.locale,
        "created_at": _plain(user.created_at),
        "invited_at": _plain(user.invited_at),
        "two_step_sign_in": bool(user.tf_primary_method),
        "passkeys": len(user.webauthn),
    }
    return {
        "account": account,
        "roles": sorted(str(role.name) for role in user.roles),
        "places": places_of(session, user_id),
        "devices": _rows(session, _devices(user_id)),
        "contact_for": _rows(session, _contacts(user.email)),
        "reports": _rows(session, _reports(user_id)),
        "drafts": _rows(session, _drafts(user_id)),
        "emails": _rows(session, _emails(user.email)),
        "changes": _rows(session, _changes(user_id)),
    }


def _devices(user_id: int) -> Select[str, datetime, datetime]:
    columns = UserSession.device, UserSession.created_at, UserSession.last_seen_at
    return select(*columns).where(UserSession.user_id == user_id).order_by(UserSession.id)


def _contacts(address: str) -> Select[str, str, str | None, str | None, date, date | None]:
    return (
        select(
            Association.name.label("association"),
            AssociationContact.name,
            AssociationContact.duty,
            AssociationContact.phone,
            AssociationContact.valid_from,
            AssociationContact.valid_to,
        )
        .join(Association, Association.id == AssociationContact.association_id)
        .where(func.lower(AssociationContact.email) == address.lower())
        .order_by(AssociationContact.id)
    )


def _reports(user_id: int) -> Select[str, str, datetime, str | None]:
    return (
        select(
            Association.name.label("association"),
            ReportVersion.receipt,
            ReportVersion.submitted_at,
            ReportVersion.comment,
        )
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .join(Association, Association.id == ConnectionReport.association_id)
        .where(ReportVersion.submitted_by_id == user_id)
        .order_by(ReportVersion.id)
    )


def _drafts(user_id: int) -> Select[str, datetime, str]:
    return (
        select(Association.name.label("association"), ReportDraft.saved_at, ReportDraft.typed)
        .join(Association, Association.id == ReportDraft.association_id)
        .where(ReportDraft.user_id == user_id)
        .order_by(ReportDraft.id)
    )


def _emails(address: str) -> Select[str, str, datetime, datetime | None]:
    return (
        select(
            OutboxMessage.kind,
            OutboxMessage.subject,
            OutboxMessage.created_at,
            OutboxMessage.sent_at,
        )
        .where(OutboxMessage.recipient == address)
        .order_by(OutboxMessage.id)
    )


def _changes(user_id: int) -> Select[datetime, str, str, str]:
    return (
        select(AuditEvent.at, AuditEvent.action, AuditEvent.object_type, AuditEvent.object_id)
        .where(AuditEvent.user_id == user_id)
        .order_by(AuditEvent.id)
    )


def _rows(session: Session, query: Select[*tuple[object, ...]]) -> Rows:
    found: Sequence[Row[*tuple[object, ...]]] = session.execute(query).all()
    return [{name: _plain(value) for name, value in row._asdict().items()} for row in found]


def _plain(value: object) -> Value:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | bool):
        return value
    return str(value)
