"""The register's part of a hand-over: the old contact ends, the new person is one."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from outreach.associations.commands.contacts import add_contact, note_answer
from outreach.associations.commands.recording import Author
from outreach.associations.models import AssociationContact
from outreach.associations.rules import ContactEntry, Period


def replace_contact(
    session: Session,
    association_id: int,
    old_email: str,
    *,
    name: str,
    email: str,
    today: date,
    by: Author,
) -> int | None:
    """End the present contact with the address and add the new person in their place.

    The ended contact's id; None where there was none, and then nobody is added.
    """
    held = session.scalars(
        select(AssociationContact)
        .where(
            AssociationContact.association_id == association_id,
            AssociationContact.email == old_email,
            AssociationContact.valid_from <= today,
            or_(AssociationContact.valid_to.is_(None), AssociationContact.valid_to > today),
        )
        .order_by(AssociationContact.id)
        .limit(1)
    ).one_or_none()
    if held is None:
        return None
    note_answer(session, held, is_still=False, today=today, by=by)
    entry = ContactEntry(name=name, period=Period(today), duty=held.duty, email=email)
    add_contact(session, association_id, entry, by=by)
    return held.id
