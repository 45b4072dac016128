"""Contacts who have not been confirmed for a year, and the one that a link asks."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from outreach.associations.models import Association, AssociationContact
from outreach.associations.rules import CLOSED_STATUSES, CONFIRMED_FOR_DAYS
from outreach.days import start_of_day, swedish_day


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A contact to ask; `since` is the day of the last answer, or else the first day."""

    id: int
    name: str
    email: str
    association: str
    locale: str
    since: date


def is_contact_on(day: date) -> ColumnElement[bool]:
    """The person is a contact on that day."""
    contact = AssociationContact
    return and_(contact.valid_from <= day, or_(contact.valid_to.is_(None), contact.valid_to > day))


def is_unconfirmed(day: date) -> ColumnElement[bool]:
    """Nobody has said for a year that this is still the person to call."""
    last = day - timedelta(days=CONFIRMED_FOR_DAYS)
    contact = AssociationContact
    return and_(
        contact.valid_from <= last,
        or_(contact.confirmed_at.is_(None), contact.confirmed_at <= start_of_day(last)),
    )


def unconfirmed(session: Session, today: date) -> list[Unconfirmed]:
    """The present contacts with an e-mail address to ask again; none of demonstration ones."""
    contact = AssociationContact
    query = (
        select(
            contact.id,
            contact.name,
            contact.email,
            Association.name.label("association"),
            Association.locale,
            contact.valid_from,
            contact.confirmed_at,
        )
        .join(Association, Association.id == contact.association_id)
        .where(
            is_contact_on(today),
            is_unconfirmed(today),
            contact.email.is_not(None),
            Association.status.not_in(CLOSED_STATUSES),
            Association.is_demonstration.is_(False),
        )
        .order_by(contact.id)
    )
    return [
        Unconfirmed(
            row.id,
            row.name,
            row.email,
            row.association,
            row.locale,
            swedish_day(row.confirmed_at) if row.confirmed_at else row.valid_from,
        )
        for row in session.execute(query)
        if row.email
    ]


def contact_to_answer(
    session: Session, contact_id: int, *, email: str, today: date
) -> AssociationContact | None:
    """The present contact with this id and e-mail address, read again."""
    query = (
        select(AssociationContact)
        .where(
            AssociationContact.id == contact_id,
            AssociationContact.email == email,
            is_contact_on(today),
        )
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).one_or_none()
