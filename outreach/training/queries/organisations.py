"""Reads of the organisations that hold sessions, as far as a person reaches."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.database.ordering import swedish_order
from outreach.places.models import County, Municipality
from outreach.places.queries.names import MUNICIPALITY_NAME
from outreach.training.models import (
    Organisation,
    OrganisationContact,
    OrganisationKind,
    organisation_municipality,
)
from outreach.training.queries.reaching import in_reach
from outreach.training.rules import SessionState
from outreach.training.session_models import TrainingSession


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation with its county's name."""

    id: int
    name: str
    kind: OrganisationKind
    county: str
    county_code: str
    website: str | None
    version: int


@dataclass(frozen=True, slots=True)
class ListedOrganisation:
    """An organisation in the list: where it works, and how many sessions it has held."""

    row: OrganisationRow
    municipalities: tuple[str, ...]
    contacts: int
    held: int


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Somebody at an organisation."""

    id: int
    name: str
    duty: str | None
    email: str | None
    phone: str | None
    version: int


_COLUMNS = (
    Organisation.id,
    Organisation.name,
    Organisation.kind,
    County.name,
    County.code,
    Organisation.website,
    Organisation.version,
)


def organisations(session: Session, reach: Reach) -> list[OrganisationRow]:
    """All organisations within reach, by name."""
    rows = session.execute(
        select(*_COLUMNS)
        .join(County, County.code == Organisation.county_code)
        .where(in_reach(reach))
        .order_by(swedish_order(Organisation.name), Organisation.id)
    )
    return [OrganisationRow(*row) for row in rows]


def listed_organisations(session: Session, reach: Reach) -> list[ListedOrganisation]:
    """All organisations within reach with where they work, in a number of reads that is fixed."""
    rows = organisations(session, reach)
    places: dict[int, list[str]] = {}
    for organisation_id, name in session.execute(
        select(organisation_municipality.c.organisation_id, MUNICIPALITY_NAME)
        .join(Municipality, Municipality.code == organisation_municipality.c.municipality_code)
        .order_by(swedish_order(Municipality.name))
    ):
        places.setdefault(organisation_id, []).append(name)
    contacts = dict(
        session.execute(
            select(OrganisationContact.organisation_id, func.count()).group_by(
                OrganisationContact.organisation_id
            )
        ).all()
    )
    held = dict(
        session.execute(
            select(TrainingSession.organisation_id, func.count())
            .where(TrainingSession.state == SessionState.HELD)
            .group_by(TrainingSession.organisation_id)
        ).all()
    )
    return [
        ListedOrganisation(
            row, tuple(places.get(row.id, ())), contacts.get(row.id, 0), held.get(row.id, 0)
        )
        for row in rows
    ]


def organisation(session: Session, reach: Reach, *, organisation_id: int) -> OrganisationRow | None:
    """One organisation within reach; None for all others."""
    row = session.execute(
        select(*_COLUMNS)
        .join(County, County.code == Organisation.county_code)
        .where(Organisation.id == organisation_id, in_reach(reach))
    ).one_or_none()
    return None if row is None else OrganisationRow(*row)


def municipalities_of(session: Session, organisation_id: int) -> list[tuple[str, str]]:
    """Code and name of the municipalities that an organisation works in, by name."""
    rows = session.execute(
        select(Municipality.code, MUNICIPALITY_NAME)
        .join(
            organisation_municipality,
            organisation_municipality.c.municipality_code == Municipality.code,
        )
        .where(organisation_municipality.c.organisation_id == organisation_id)
        .order_by(swedish_order(Municipality.name))
    )
    return [(row.code, row.name) for row in rows]


def contacts_of(session: Session, organisation_id: int) -> list[ContactRow]:
    """An organisation's contacts, by name. The caller has checked who asks."""
    rows = session.execute(
        select(
            OrganisationContact.id,
            OrganisationContact.name,
            OrganisationContact.duty,
            OrganisationContact.email,
            OrganisationContact.phone,
            OrganisationContact.version,
        )
        .where(OrganisationContact.organisation_id == organisation_id)
        .order_by(swedish_order(OrganisationContact.name), OrganisationContact.id)
    )
    return [ContactRow(*row) for row in rows]


def reachable_organisation(
    session: Session, organisation_id: int, *, reach: Reach
) -> Organisation | None:
    """An organisation within reach, read again; None for all others."""
    query = (
        select(Organisation)
        .where(Organisation.id == organisation_id, in_reach(reach))
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).one_or_none()


def reachable_contact(
    session: Session, organisation_id: int, *, contact_id: int
) -> OrganisationContact | None:
    """A contact of this organisation."""
    query = select(OrganisationContact).where(
        OrganisationContact.id == contact_id,
        OrganisationContact.organisation_id == organisation_id,
    )
    return session.scalars(query).one_or_none()


def municipalities_to_link(session: Session, codes: Collection[str]) -> list[Municipality]:
    """The municipalities with these codes."""
    query = select(Municipality).where(Municipality.code.in_(codes)).order_by(Municipality.code)
    return list(session.scalars(query))


def counties(session: Session, reach: Reach) -> list[tuple[str, str]]:
    """Code and name of each county that the person may add organisations in."""
    statement = select(County.code, County.name).order_by(swedish_order(County.name))
    if not reach.is_administrator:
        statement = statement.where(County.code.in_(sorted(reach.counties)))
    return [(row.code, row.name) for row in session.execute(statement)]
