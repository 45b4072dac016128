"""Taking the person out of contacts: that there was one, and when, stays."""

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.associations.models import AssociationContact
from outreach.database.audit import empty_personal

ERASED_NAME = "Raderad person"


def contacts_with_address(session: Session, address: str) -> list[int]:
    """The contacts who have this e-mail address, by id."""
    return list(
        session.scalars(
            select(AssociationContact.id)
            .where(func.lower(AssociationContact.email) == address.lower())
            .order_by(AssociationContact.id)
        )
    )


def erase_contact(session: Session, contact_id: int, *, today: date) -> int | None:
    """Erase a contact's name, duty, address and number, for good, and end the contact.

    The association's id; None where there is no such contact. The caller ends what the contact
    was given by name.
    """
    held = session.get(AssociationContact, contact_id)
    if held is None:
        return None
    held.name = ERASED_NAME
    held.duty = held.email = held.phone = None
    if held.valid_to is None or held.valid_to > today:
        held.valid_to = max(today, held.valid_from + timedelta(days=1))
    empty_personal(session, "association_contact", object_id=contact_id)
    session.flush()
    return held.association_id
