"""Who changed what of an association, from the record of changes; for staff and its reporters."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, String, and_, cast, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from outreach.accounts.models import User
from outreach.associations.models import AssociationContact, Commitment, ServedVillage
from outreach.database.audit import AuditEvent

CHANGES_SHOWN = 30


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change: what was done to what, when, by whom, and the fields' values around it.

    `by` is None for what the program itself did.
    """

    at: datetime
    by: str | None
    action: str
    object_type: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who saved an object last, and when."""

    by: str | None
    at: datetime


def changes_of(session: Session, association_id: int) -> list[ChangeRow]:
    """The latest changes of an association, its villages, contacts and commitments."""
    parts = [
        (AssociationContact.id, AssociationContact.association_id, "association_contact"),
        (ServedVillage.id, ServedVillage.association_id, "served_village"),
        (Commitment.id, Commitment.association_id, "commitment"),
    ]
    query = (
        select(
            AuditEvent.at,
            User.name,
            AuditEvent.action,
            AuditEvent.object_type,
            AuditEvent.after,
        )
        .outerjoin(User, User.id == AuditEvent.user_id)
        .where(
            or_(
                and_(
                    AuditEvent.object_type == "association",
                    AuditEvent.object_id == str(association_id),
                ),
                *(
                    and_(
                        AuditEvent.object_type == object_type,
                        AuditEvent.object_id.in_(_ids(key, parent, association_id)),
                    )
                    for key, parent, object_type in parts
                ),
            )
        )
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(CHANGES_SHOWN)
    )
    return [
        ChangeRow(
            row.at, row.name, row.action, row.object_type, tuple(json.loads(row.after or "{}"))
        )
        for row in session.execute(query)
    ]


def last_change(session: Session, object_type: str, *, object_id: int) -> LastChange | None:
    """Who saved the object last, for the person who was too late."""
    query = (
        select(User.name, AuditEvent.at)
        .outerjoin(User, User.id == AuditEvent.user_id)
        .where(AuditEvent.object_type == object_type, AuditEvent.object_id == str(object_id))
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(1)
    )
    row = session.execute(query).one_or_none()
    return None if row is None else LastChange(row.name, row.at)


def _ids(
    key: InstrumentedAttribute[int], parent: InstrumentedAttribute[int], association_id: int
) -> Select[str]:
    return select(cast(key, String)).where(parent == association_id)
