"""Reads of the organisations that hold sessions, as far as a person reaches."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.database.ordering import swedish_order
from outreach.places.models import County
from outreach.training.models import Organisation
from outreach.training.queries.reaching import in_reach
from outreach.training.rules import OrganisationKind


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation with its county's name."""

    id: int
    name: str
    kind: OrganisationKind
    county: str
    county_code: str


def organisations(session: Session, reach: Reach) -> list[OrganisationRow]:
    """All organisations within reach, by name."""
    rows = session.execute(
        select(Organisation.id, Organisation.name, Organisation.kind, County.name, County.code)
        .join(County, County.code == Organisation.county_code)
        .where(in_reach(reach))
        .order_by(swedish_order(Organisation.name), Organisation.id)
    )
    return [OrganisationRow(*row) for row in rows]


def organisation(session: Session, reach: Reach, *, organisation_id: int) -> OrganisationRow | None:
    """One organisation within reach; None for all others."""
    row = session.execute(
        select(Organisation.id, Organisation.name, Organisation.kind, County.name, County.code)
        .join(County, County.code == Organisation.county_code)
        .where(Organisation.id == organisation_id, in_reach(reach))
    ).one_or_none()
    return None if row is None else OrganisationRow(*row)


def counties(session: Session, reach: Reach) -> list[tuple[str, str]]:
    """Code and name of each county that the person may add organisations in."""
    statement = select(County.code, County.name).order_by(swedish_order(County.name))
    if not reach.is_administrator:
        statement = statement.where(County.code.in_(sorted(reach.counties)))
    return [(row.code, row.name) for row in session.execute(statement)]
