"""Writes to the organisations that hold sessions."""

from datetime import datetime

from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.database.audit import record
from outreach.rules import RuleBroken
from outreach.training.models import Organisation
from outreach.training.queries.organisations import counties
from outreach.training.register_rules import OrganisationEntry


def add_organisation(
    session: Session, entry: OrganisationEntry, *, reach: Reach, at: datetime
) -> Organisation:
    """Add an organisation in a county that the person handles; RuleBroken in any other."""
    if entry.county_code not in {code for code, _ in counties(session, reach)}:
        raise RuleBroken("county", "choose")
    made = Organisation(
        name=entry.name, kind=entry.kind, county_code=entry.county_code, created_at=at
    )
    session.add(made)
    session.flush()
    record(
        session,
        "organisation_added",
        of=("organisation", made.id),
        user_id=reach.user_id,
        at=at,
        after={"name": entry.name, "kind": entry.kind.value, "county": entry.county_code},
    )
    return made
