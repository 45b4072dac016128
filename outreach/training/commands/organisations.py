"""Writes to the organisations that hold sessions, and to their contacts."""

from sqlalchemy.orm import Session

from outreach.associations.commands.recording import (
    Author,
    Fact,
    Subject,
    refuse_broken,
    store_change,
    store_creation,
)
from outreach.database.audit import empty_personal, record
from outreach.database.versions import check_version
from outreach.rules import RuleBroken
from outreach.training.models import Organisation, OrganisationContact
from outreach.training.queries.organisations import (
    counties,
    municipalities_to_link,
    reachable_contact,
    reachable_organisation,
)
from outreach.training.register_rules import ContactEntry, OrganisationEntry


def add_organisation(session: Session, entry: OrganisationEntry, *, by: Author) -> Organisation:
    """Add an organisation in a county that the person handles; RuleBroken in any other."""
    if entry.county_code not in {code for code, _ in counties(session, by.reach)}:
        raise RuleBroken("county", "choose")
    refuse_broken(entry.broken_rules())
    made = Organisation(created_at=by.at, county_code=entry.county_code)
    _apply(session, made, entry)
    session.add(made)
    session.flush()
    record(
        session,
        "organisation_added",
        of=("organisation", made.id),
        user_id=by.reach.user_id,
        at=by.at,
        after={"name": entry.name, "kind": entry.kind.value, "county": entry.county_code},
    )
    return made


def edit_organisation(
    session: Session,
    organisation_id: int,
    entry: OrganisationEntry,
    *,
    version: int | None,
    by: Author,
) -> Organisation | None:
    """Change an organisation; its county stays. None outside reach; StaleEdit or RuleBroken."""
    held = reachable_organisation(session, organisation_id, reach=by.reach)
    if held is None:
        return None
    check_version(version, stored=held.version)
    refuse_broken(entry.broken_rules())
    before = _facts(held)
    _apply(session, held, entry)
    store_change(
        session, Subject("organisation", held.id), before=before, after=_facts(held), by=by
    )
    session.flush()
    return held


def save_contact(
    session: Session,
    organisation_id: int,
    entry: ContactEntry,
    *,
    contact_id: int | None,
    version: int | None,
    by: Author,
) -> OrganisationContact | None:
    """Add a contact, or change the one named; None outside reach. StaleEdit or RuleBroken."""
    if reachable_organisation(session, organisation_id, reach=by.reach) is None:
        return None
    refuse_broken(entry.broken_rules())
    if contact_id is None:
        held = OrganisationContact(organisation_id=organisation_id)
        _apply_contact(held, entry)
        session.add(held)
        session.flush()
        store_creation(session, _contact(held), facts=_contact_facts(held), by=by)
        session.flush()
        return held
    found = reachable_contact(session, organisation_id, contact_id=contact_id)
    if found is None:
        return None
    check_version(version, stored=found.version)
    before = _contact_facts(found)
    _apply_contact(found, entry)
    store_change(session, _contact(found), before=before, after=_contact_facts(found), by=by)
    session.flush()
    return found


def remove_contact(
    session: Session, organisation_id: int, *, contact_id: int, by: Author
) -> Organisation | None:
    """Forget a contact, also in the record of changes; None outside reach."""
    held = reachable_organisation(session, organisation_id, reach=by.reach)
    found = reachable_contact(session, organisation_id, contact_id=contact_id) if held else None
    if held is None or found is None:
        return None
    session.delete(found)
    session.flush()
    emptied = empty_personal(session, "organisation_contact", object_id=contact_id)
    record(
        session,
        "contact_removed",
        of=("organisation_contact", contact_id),
        user_id=by.reach.user_id,
        at=by.at,
        after={"emptied": emptied},
    )
    session.flush()
    return held


def _apply(session: Session, held: Organisation, entry: OrganisationEntry) -> None:
    held.name, held.kind, held.website = entry.name, entry.kind, entry.website
    found = municipalities_to_link(session, entry.municipality_codes)
    if len(found) != len(set(entry.municipality_codes)):
        raise RuleBroken("municipalities", "choose")
    held.municipalities = found


def _facts(held: Organisation) -> dict[str, Fact]:
    return {
        "name": held.name,
        "kind": held.kind,
        "website": held.website,
        "municipalities": " ".join(sorted(one.code for one in held.municipalities)) or None,
    }


def _contact(held: OrganisationContact) -> Subject:
    return Subject("organisation_contact", held.id, is_public=False)


def _apply_contact(held: OrganisationContact, entry: ContactEntry) -> None:
    held.name, held.duty = entry.name, entry.duty
    held.email, held.phone = entry.email, entry.phone


def _contact_facts(held: OrganisationContact) -> dict[str, Fact]:
    return {
        "organisation_id": held.organisation_id,
        "name": held.name,
        "duty": held.duty,
        "email": held.email,
        "phone": held.phone,
    }
