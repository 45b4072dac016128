"""One association: what everyone may read, and its contacts for those it concerns."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.associations.models import Association, AssociationContact
from outreach.associations.queries.conditions import staffed_by, within
from outreach.associations.rules import AssociationStatus, LegalForm
from outreach.database.ordering import swedish_order
from outreach.places.models import County


@dataclass(frozen=True, slots=True)
class AssociationFacts:
    """An association's own facts, all of them public."""

    id: int
    name: str
    organisation_number: str | None
    legal_form: LegalForm
    status: AssociationStatus
    founded_year: int | None
    county_code: str
    county_name: str
    network_operator: str | None
    communication_operator: str | None
    website: str | None
    is_demonstration: bool
    version: int


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A person to call, for staff and the association's own reporters only."""

    id: int
    association_id: int
    name: str
    duty: str | None
    email: str | None
    phone: str | None
    valid_from: date
    valid_to: date | None
    version: int
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class AssociationName:
    """An association to choose or to compare with."""

    id: int
    name: str
    county_code: str


@dataclass(frozen=True, slots=True)
class CountyName:
    """A county to choose."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Rights:
    """What a person may do with one association."""

    may_see_contacts: bool = False
    may_register: bool = False


def association_facts(session: Session, association_id: int) -> AssociationFacts | None:
    """The association, or None where there is none of that id."""
    query = (
        select(
            Association.id,
            Association.name,
            Association.organisation_number,
            Association.legal_form,
            Association.status,
            Association.founded_year,
            Association.county_code,
            County.name.label("county_name"),
            Association.network_operator,
            Association.communication_operator,
            Association.website,
            Association.is_demonstration,
            Association.version,
        )
        .join(County, County.code == Association.county_code)
        .where(Association.id == association_id)
    )
    row = session.execute(query).mappings().one_or_none()
    return None if row is None else AssociationFacts(**row)


def rights(facts: AssociationFacts, reach: Reach) -> Rights:
    """What the person may see and change: contacts, and the facts that only the region keeps."""
    is_staff = reach.staffs_county(facts.county_code)
    return Rights(
        may_see_contacts=is_staff or facts.id in reach.associations, may_register=is_staff
    )


def reachable_association(
    session: Session, association_id: int, *, reach: Reach, for_staff: bool
) -> Association | None:
    """The association to change, read again and locked; None outside the person's reach.

    With `for_staff` only the region's own people reach it.
    """
    query = (
        select(Association)
        .where(
            Association.id == association_id,
            staffed_by(reach) if for_staff else within(reach),
        )
        .with_for_update(of=Association)
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).one_or_none()


def associations_within(session: Session, reach: Reach) -> list[AssociationName]:
    """The associations that a reporter reports for, or that staff handle, by name."""
    query = (
        select(Association.id, Association.name, Association.county_code)
        .where(within(reach))
        .order_by(swedish_order(Association.name), Association.id)
    )
    return [AssociationName(row.id, row.name, row.county_code) for row in session.execute(query)]


def counties_staffed(session: Session, reach: Reach) -> list[CountyName]:
    """The counties in which the person registers associations, by name."""
    query = select(County.code, County.name).order_by(swedish_order(County.name))
    return [
        CountyName(row.code, row.name)
        for row in session.execute(query)
        if reach.staffs_county(row.code)
    ]


def all_names(session: Session, *, but: int | None = None) -> list[AssociationName]:
    """Every association's name except one's own, to compare a new name with."""
    query = select(Association.id, Association.name, Association.county_code).order_by(
        swedish_order(Association.name), Association.id
    )
    if but is not None:
        query = query.where(Association.id != but)
    return [AssociationName(row.id, row.name, row.county_code) for row in session.execute(query)]


def holder_of(session: Session, organisation_number: str, *, but: int | None) -> str | None:
    """The name of the other association that has this organisation number already."""
    query = select(Association.name).where(Association.organisation_number == organisation_number)
    if but is not None:
        query = query.where(Association.id != but)
    return session.scalars(query).one_or_none()


def contacts_of(session: Session, association_id: int) -> list[ContactRow]:
    """All contacts, former ones too, the latest first. Not for the public."""
    return _contacts(session, [association_id], on=None)


def contacts_on(
    session: Session, association_ids: Collection[int], *, on: date
) -> list[ContactRow]:
    """The contacts in force on a day, by association and then the latest first."""
    return _contacts(session, association_ids, on=on)


def reachable_contact(
    session: Session, association_id: int, *, contact_id: int, reach: Reach
) -> AssociationContact | None:
    """A contact to change, read again; None outside the person's reach."""
    query = (
        select(AssociationContact)
        .join(Association, Association.id == AssociationContact.association_id)
        .where(
            AssociationContact.id == contact_id,
            AssociationContact.association_id == association_id,
            within(reach),
        )
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).one_or_none()


def _contacts(
    session: Session, association_ids: Collection[int], *, on: date | None
) -> list[ContactRow]:
    contact = AssociationContact
    query = (
        select(
            contact.id,
            contact.association_id,
            contact.name,
            contact.duty,
            contact.email,
            contact.phone,
            contact.valid_from,
            contact.valid_to,
            contact.version,
            contact.confirmed_at,
        )
        .where(contact.association_id.in_(association_ids))
        .order_by(contact.association_id, contact.valid_from.desc(), contact.id.desc())
    )
    if on is not None:
        query = query.where(
            contact.valid_from <= on, or_(contact.valid_to.is_(None), contact.valid_to > on)
        )
    return [ContactRow(**row) for row in session.execute(query).mappings()]
