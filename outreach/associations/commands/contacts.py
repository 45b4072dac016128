"""Add, change and confirm an association's contacts; one that leaves is ended, never deleted."""

from datetime import date

from sqlalchemy.orm import Session

from outreach.associations.commands.recording import (
    Author,
    Fact,
    Subject,
    refuse_broken,
    store_change,
    store_creation,
)
from outreach.associations.models import AssociationContact
from outreach.associations.queries.one import reachable_association, reachable_contact
from outreach.associations.rules import ContactEntry
from outreach.database.versions import check_version
from outreach.days import swedish_day


def add_contact(
    session: Session, association_id: int, entry: ContactEntry, *, by: Author
) -> AssociationContact | None:
    """Add a contact; None outside the author's reach. Raises RuleBroken."""
    held = reachable_association(session, association_id, reach=by.reach, for_staff=False)
    if held is None:
        return None
    refuse_broken(entry.broken_rules())
    made = AssociationContact(association_id=held.id)
    _apply(made, entry)
    session.add(made)
    session.flush()
    store_creation(session, _subject(made), facts=_facts(made), by=by)
    session.flush()
    return made


def edit_contact(
    session: Session,
    place: tuple[int, int],
    entry: ContactEntry,
    *,
    version: int | None,
    by: Author,
) -> AssociationContact | None:
    """Change or end a contact, given as (association id, contact id).

    None outside the author's reach. Raises StaleEdit or RuleBroken.
    """
    association_id, contact_id = place
    held = reachable_contact(session, association_id, contact_id=contact_id, reach=by.reach)
    if held is None:
        return None
    check_version(version, stored=held.version)
    refuse_broken(entry.broken_rules())
    before = _facts(held)
    _apply(held, entry)
    store_change(session, _subject(held), before=before, after=_facts(held), by=by)
    session.flush()
    return held


def confirm_contact(
    session: Session, place: tuple[int, int], *, by: Author
) -> AssociationContact | None:
    """Note that a contact, given as (association id, contact id), is still the one to call.

    None outside the author's reach.
    """
    association_id, contact_id = place
    held = reachable_contact(session, association_id, contact_id=contact_id, reach=by.reach)
    if held is None:
        return None
    note_answer(session, held, is_still=True, today=swedish_day(by.at), by=by)
    return held


def note_answer(
    session: Session, contact: AssociationContact, *, is_still: bool, today: date, by: Author
) -> None:
    """Note what a contact says of themselves: still one, or none any more from today."""
    before = _facts(contact) | {"confirmed_at": contact.confirmed_at}
    if is_still:
        contact.confirmed_at = by.at
    else:
        contact.valid_to = max(today, contact.valid_from)
    after = _facts(contact) | {"confirmed_at": contact.confirmed_at}
    store_change(session, _subject(contact), before=before, after=after, by=by)
    session.flush()


def _subject(contact: AssociationContact) -> Subject:
    return Subject("association_contact", contact.id, is_public=False)


def _apply(contact: AssociationContact, entry: ContactEntry) -> None:
    contact.name = entry.name
    contact.duty = entry.duty
    contact.email = entry.email
    contact.phone = entry.phone
    contact.valid_from = entry.period.valid_from
    contact.valid_to = entry.period.valid_to


def _facts(contact: AssociationContact) -> dict[str, Fact]:
    return {
        "name": contact.name,
        "duty": contact.duty,
        "email": contact.email,
        "phone": contact.phone,
        "valid_from": contact.valid_from,
        "valid_to": contact.valid_to,
    }
