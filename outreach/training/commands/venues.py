"""Add and change venues."""

from sqlalchemy.orm import Session

from outreach.associations.commands.recording import (
    Author,
    Fact,
    Subject,
    refuse_broken,
    store_change,
    store_creation,
)
from outreach.database.versions import check_version
from outreach.rules import RuleBroken
from outreach.training.models import Venue
from outreach.training.queries.choosing import counties_of, village_in
from outreach.training.queries.venues import reachable_venue
from outreach.training.register_rules import VenueEntry


def save_venue(
    session: Session,
    entry: VenueEntry,
    *,
    venue_id: int | None,
    version: int | None,
    by: Author,
) -> Venue | None:
    """Add a venue in a county that the author works in, or change the one named.

    None outside those counties. Raises StaleEdit or RuleBroken.
    """
    within = counties_of(session, by.reach)
    held = None
    if venue_id is not None:
        held = reachable_venue(session, venue_id, counties=within)
        if held is None:
            return None
        check_version(version, stored=held.version)
    refuse_broken(entry.broken_rules())
    village_id = village_in(session, entry.village_code, counties=within)
    if village_id is None:
        raise RuleBroken("village", "choose")
    if held is None:
        made = Venue(created_at=by.at)
        _apply(made, entry, village_id=village_id)
        session.add(made)
        session.flush()
        store_creation(session, Subject("venue", made.id), facts=_facts(made), by=by)
        session.flush()
        return made
    before = _facts(held)
    _apply(held, entry, village_id=village_id)
    store_change(session, Subject("venue", held.id), before=before, after=_facts(held), by=by)
    session.flush()
    return held


def _apply(held: Venue, entry: VenueEntry, *, village_id: int) -> None:
    held.name, held.address, held.village_id = entry.name, entry.address, village_id
    held.is_accessible, held.has_network = entry.is_accessible, entry.has_network
    held.loan_computers = entry.loan_computers


def _facts(held: Venue) -> dict[str, Fact]:
    return {
        "name": held.name,
        "village_id": held.village_id,
        "address": held.address,
        "is_accessible": held.is_accessible,
        "has_network": held.has_network,
        "loan_computers": held.loan_computers,
    }
