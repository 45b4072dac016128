"""Telling other features, in the same transaction, of what a form has changed."""

from flask import current_app
from sqlalchemy.orm import Session

from outreach.associations import listeners
from outreach.associations.models import (
    AssociationContact,
    ServedVillage,
)
from outreach.associations.queries.one import ContactRow
from outreach.associations.views.asking import author
from outreach.days import today


def tell_served(session: Session, served: ServedVillage | None) -> ServedVillage | None:
    """Let other features follow up, in the same transaction, on who serves the village."""
    if served is not None:
        change = listeners.ServedChanged((served.village_id,), at=author().at)
        listeners.tell(current_app, session, change=change)
    return served


def tell_contact(
    session: Session, contact: AssociationContact | None, *, before: ContactRow
) -> AssociationContact | None:
    """Let other features follow up, in the same transaction, on a contact who left or changed.

    Another name or e-mail address may be another person; a new phone number or duty is not.
    """
    if contact is None:
        return None
    has_left = contact.valid_to is not None and contact.valid_to <= today()
    if has_left or (contact.name, contact.email) != (before.name, before.email):
        change = listeners.ContactLeft(
            before.association_id, before.id, user_id=None, email=before.email, at=author().at
        )
        listeners.tell(current_app, session, change=change)
    return contact
