"""Add and change an association's commitments; every change of status stays on record."""

from sqlalchemy.orm import Session

from outreach.associations.commands.recording import (
    Author,
    Fact,
    Subject,
    refuse_broken,
    store_change,
    store_creation,
)
from outreach.associations.models import Commitment
from outreach.associations.queries.commitments import reachable_commitment
from outreach.associations.queries.one import reachable_association
from outreach.associations.queries.served import villages_to_link
from outreach.associations.rules import CommitmentEntry
from outreach.database.versions import check_version
from outreach.places.models import Village
from outreach.rules import RuleBroken


def add_commitment(
    session: Session, association_id: int, entry: CommitmentEntry, *, by: Author
) -> Commitment | None:
    """Add a commitment of an association; None outside the author's reach. Raises RuleBroken."""
    held = reachable_association(session, association_id, reach=by.reach, for_staff=False)
    if held is None:
        return None
    refuse_broken(entry.broken_rules())
    made = Commitment(association_id=held.id, created_at=by.at, updated_at=by.at)
    _apply(made, entry, villages=_villages(session, entry, county_code=held.county_code))
    session.add(made)
    session.flush()
    store_creation(session, _subject(made), facts=_facts(made), by=by)
    session.flush()
    return made


def edit_commitment(
    session: Session,
    commitment_id: int,
    entry: CommitmentEntry,
    *,
    version: int | None,
    by: Author,
) -> Commitment | None:
    """Change a commitment; None outside the author's reach. Raises StaleEdit or RuleBroken."""
    held = reachable_commitment(session, commitment_id, reach=by.reach)
    if held is None:
        return None
    check_version(version, stored=held.version)
    refuse_broken(entry.broken_rules())
    villages = _villages(session, entry, county_code=held.association.county_code)
    before = _facts(held)
    _apply(held, entry, villages=villages)
    if before != _facts(held):
        # Villages stand in another table: without this the commitment's version would stay.
        held.updated_at = by.at
    store_change(session, _subject(held), before=before, after=_facts(held), by=by)
    session.flush()
    return held


def _villages(session: Session, entry: CommitmentEntry, *, county_code: str) -> list[Village]:
    if not entry.village_codes:
        return []
    found = villages_to_link(session, entry.village_codes, county_code=county_code)
    if len(found) != len(set(entry.village_codes)):
        raise RuleBroken("villages", "not_in_county")
    return found


def _subject(commitment: Commitment) -> Subject:
    return Subject("commitment", commitment.id)


def _apply(commitment: Commitment, entry: CommitmentEntry, *, villages: list[Village]) -> None:
    commitment.kind = entry.kind
    commitment.title = entry.title
    commitment.description = entry.description
    commitment.target = entry.target
    commitment.due_date = entry.due_date
    commitment.status = entry.status
    commitment.villages = villages


def _facts(commitment: Commitment) -> dict[str, Fact]:
    return {
        "association_id": commitment.association_id,
        "kind": commitment.kind,
        "title": commitment.title,
        "description": commitment.description,
        "target": commitment.target,
        "due_date": commitment.due_date,
        "status": commitment.status,
        "villages": " ".join(sorted(village.code for village in commitment.villages)),
    }
