"""Register an association and change what is said of it."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from outreach.associations.commands.recording import (
    Author,
    Fact,
    Subject,
    refuse_broken,
    store_change,
    store_creation,
)
from outreach.associations.models import Association
from outreach.associations.queries.one import counties_staffed, holder_of, reachable_association
from outreach.associations.rules import AssociationEntry, DetailsEntry
from outreach.database.versions import check_version, flush_versioned
from outreach.days import swedish_day
from outreach.rules import RuleBroken


def create_association(session: Session, entry: AssociationEntry, *, by: Author) -> Association:
    """Register a new association in a county that the author handles.

    Raises RuleBroken: a rule of the entry, `not_your_county`, or `number_taken`.
    """
    refuse_broken(entry.broken_rules(today=swedish_day(by.at)))
    _refuse_foreign_county(session, entry, by=by)
    _refuse_taken_number(session, entry, but=None)
    made = Association(created_at=by.at)
    _apply(made, entry)
    _flush_unless_taken(session, made)
    store_creation(session, _subject(made), facts=_facts(made), by=by)
    session.flush()
    return made


def edit_association(
    session: Session,
    association_id: int,
    entry: AssociationEntry,
    *,
    version: int | None,
    by: Author,
) -> Association | None:
    """Change everything that the region keeps about an association.

    None outside the author's counties. Raises StaleEdit, or RuleBroken as for a new one.
    """
    held = reachable_association(session, association_id, reach=by.reach, for_staff=True)
    if held is None:
        return None
    check_version(version, stored=held.version)
    refuse_broken(entry.broken_rules(today=swedish_day(by.at)))
    _refuse_foreign_county(session, entry, by=by)
    _refuse_taken_number(session, entry, but=held.id)
    before = _facts(held)
    _apply(held, entry)
    _flush_unless_taken(session, held)
    store_change(session, _subject(held), before=before, after=_facts(held), by=by)
    session.flush()
    return held


def edit_details(
    session: Session,
    association_id: int,
    entry: DetailsEntry,
    *,
    version: int | None,
    by: Author,
) -> Association | None:
    """Change the operators and the website, which the association's own reporters may, too.

    None outside the author's reach. Raises StaleEdit or RuleBroken.
    """
    held = reachable_association(session, association_id, reach=by.reach, for_staff=False)
    if held is None:
        return None
    check_version(version, stored=held.version)
    refuse_broken(entry.broken_rules())
    before = _facts(held)
    _apply_details(held, entry)
    store_change(session, _subject(held), before=before, after=_facts(held), by=by)
    session.flush()
    return held


def _refuse_foreign_county(session: Session, entry: AssociationEntry, *, by: Author) -> None:
    if entry.county_code not in {county.code for county in counties_staffed(session, by.reach)}:
        raise RuleBroken("county_code", "not_your_county")


def _refuse_taken_number(session: Session, entry: AssociationEntry, *, but: int | None) -> None:
    if entry.organisation_number is None:
        return
    holder = holder_of(session, entry.organisation_number, but=but)
    if holder is not None:
        raise RuleBroken("organisation_number", "number_taken", facts={"name": holder})


def _flush_unless_taken(session: Session, association: Association) -> None:
    """Two people may register the same association at once; the constraint lets one through."""
    try:
        with session.begin_nested():
            session.add(association)
            flush_versioned(session)
    except IntegrityError as error:
        raise RuleBroken("organisation_number", "number_taken_just_now") from error


def _subject(association: Association) -> Subject:
    return Subject("association", association.id)


def _apply(association: Association, entry: AssociationEntry) -> None:
    association.name = entry.name
    association.organisation_number = entry.organisation_number
    association.legal_form = entry.legal_form
    association.status = entry.status
    association.founded_year = entry.founded_year
    association.county_code = entry.county_code
    _apply_details(association, entry.details)


def _apply_details(association: Association, entry: DetailsEntry) -> None:
    association.network_operator = entry.network_operator
    association.communication_operator = entry.communication_operator
    association.website = entry.website


def _facts(association: Association) -> dict[str, Fact]:
    return {
        "name": association.name,
        "organisation_number": association.organisation_number,
        "legal_form": association.legal_form,
        "status": association.status,
        "founded_year": association.founded_year,
        "county_code": association.county_code,
        "network_operator": association.network_operator,
        "communication_operator": association.communication_operator,
        "website": association.website,
    }
