"""Who serves which village, dated: for an association's page, a place's page and for reports."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.associations.models import Association, ServedVillage
from outreach.associations.queries.conditions import served_on, staffed_by
from outreach.associations.rules import AssociationStatus, Period
from outreach.database.ordering import contains, swedish_order
from outreach.places.models import Municipality, Village
from outreach.places.queries.names import MUNICIPALITY_NAME

MATCHES_SHOWN = 40


@dataclass(frozen=True, slots=True)
class ServedRow:
    """A village that an association serves, served or will serve.

    `others` are the other associations that serve it today.
    """

    id: int
    village_id: int
    code: str
    name: str
    municipality: str
    valid_from: date
    valid_to: date | None
    version: int
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServingRow:
    """One pair of an association and a village that it serves."""

    association_id: int
    association_name: str
    association_status: AssociationStatus
    village_id: int
    village_code: str
    village_name: str
    municipality_code: str


@dataclass(frozen=True, slots=True)
class VillageMatch:
    """A village to choose; its municipality tells it from others of the same name."""

    id: int
    code: str
    name: str
    municipality: str
    associations: int


def served_by(session: Session, association_id: int, *, today: date) -> list[ServedRow]:
    """All villages of an association, past and coming ones too, by name and then by date."""
    query = (
        select(
            ServedVillage.id,
            ServedVillage.village_id,
            ServedVillage.valid_from,
            ServedVillage.valid_to,
            ServedVillage.version,
            Village.code,
            Village.name,
            MUNICIPALITY_NAME.label("municipality"),
        )
        .join(Village, Village.id == ServedVillage.village_id)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(ServedVillage.association_id == association_id)
        .order_by(swedish_order(Village.name), Village.code, ServedVillage.valid_from)
    )
    found = session.execute(query).all()
    others = _other_associations(session, association_id, on=today)
    return [
        ServedRow(
            id=row.id,
            village_id=row.village_id,
            code=row.code,
            name=row.name,
            municipality=row.municipality,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            version=row.version,
            others=others.get(row.village_id, ()),
        )
        for row in found
    ]


def serving(
    session: Session,
    *,
    on: date,
    association_ids: Collection[int] | None = None,
    village_ids: Collection[int] | None = None,
) -> list[ServingRow]:
    """Every pair of association and village in force on a day, in one statement.

    Limited to some associations or villages where they are given. By municipality code, village
    and association name.
    """
    limits: list[ColumnElement[bool]] = [served_on(on)]
    if association_ids is not None:
        limits.append(ServedVillage.association_id.in_(association_ids))
    if village_ids is not None:
        limits.append(ServedVillage.village_id.in_(village_ids))
    return _serving(session, limits)


def serving_municipality(session: Session, code: str, *, on: date) -> list[ServingRow]:
    """The pairs in force on a day whose village lies in the municipality."""
    return _serving(session, [served_on(on), Village.municipality_code == code])


def reachable_served(
    session: Session, association_id: int, *, served_id: int, reach: Reach
) -> ServedVillage | None:
    """A served village for staff to change, read again, or None outside their counties."""
    query = (
        select(ServedVillage)
        .join(Association, Association.id == ServedVillage.association_id)
        .where(
            ServedVillage.id == served_id,
            ServedVillage.association_id == association_id,
            staffed_by(reach),
        )
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).one_or_none()


def find_villages(
    session: Session, typed: str, *, county_code: str, today: date
) -> list[VillageMatch]:
    """Villages of the county whose name holds what was typed, at most MATCHES_SHOWN, by name."""
    serving_it = (
        select(func.count(ServedVillage.association_id.distinct()))
        .where(ServedVillage.village_id == Village.id, served_on(today))
        .correlate(Village)
        .scalar_subquery()
    )
    query = (
        select(
            Village.id,
            Village.code,
            Village.name,
            MUNICIPALITY_NAME.label("municipality"),
            serving_it.label("associations"),
        )
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(Municipality.county_code == county_code, contains(Village.name, typed))
        .order_by(swedish_order(Village.name), Village.code)
        .limit(MATCHES_SHOWN)
    )
    return [
        VillageMatch(row.id, row.code, row.name, row.municipality, row.associations)
        for row in session.execute(query)
    ]


def villages_by_code(
    session: Session, codes: Collection[str], *, county_code: str
) -> list[VillageMatch]:
    """The villages of the county with these codes; codes of other counties are left out."""
    query = (
        select(Village.id, Village.code, Village.name, MUNICIPALITY_NAME.label("municipality"))
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(Municipality.county_code == county_code, Village.code.in_(codes))
        .order_by(swedish_order(Village.name), Village.code)
    )
    return [
        VillageMatch(row.id, row.code, row.name, row.municipality, 0)
        for row in session.execute(query)
    ]


def villages_to_link(
    session: Session, codes: Collection[str], *, county_code: str
) -> list[Village]:
    """The villages of the county with these codes, for a command to link to."""
    query = (
        select(Village)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(Municipality.county_code == county_code, Village.code.in_(codes))
        .order_by(Village.code)
    )
    return list(session.scalars(query))


def periods_served(session: Session, association_id: int, *, village_id: int) -> dict[int, Period]:
    """From when until when an association has served one village, by the rows' ids."""
    query = select(ServedVillage.id, ServedVillage.valid_from, ServedVillage.valid_to).where(
        ServedVillage.association_id == association_id, ServedVillage.village_id == village_id
    )
    return {row.id: Period(row.valid_from, row.valid_to) for row in session.execute(query)}


def _serving(session: Session, limits: list[ColumnElement[bool]]) -> list[ServingRow]:
    query = (
        select(
            Association.id,
            Association.name,
            Association.status,
            Village.id.label("village_id"),
            Village.code,
            Village.name.label("village_name"),
            Village.municipality_code,
        )
        .join(ServedVillage, ServedVillage.association_id == Association.id)
        .join(Village, Village.id == ServedVillage.village_id)
        .where(*limits)
        .distinct()
    )
    found = query.subquery()
    ordered = select(found).order_by(
        found.c.municipality_code,
        swedish_order(found.c.village_name),
        found.c.code,
        swedish_order(found.c.name),
        found.c.id,
    )
    return [
        ServingRow(
            association_id=row.id,
            association_name=row.name,
            association_status=row.status,
            village_id=row.village_id,
            village_code=row.code,
            village_name=row.village_name,
            municipality_code=row.municipality_code,
        )
        for row in session.execute(ordered)
    ]


def _other_associations(
    session: Session, association_id: int, *, on: date
) -> dict[int, tuple[str, ...]]:
    own = select(ServedVillage.village_id).where(ServedVillage.association_id == association_id)
    query = (
        select(ServedVillage.village_id, Association.id, Association.name)
        .join(Association, Association.id == ServedVillage.association_id)
        .where(
            ServedVillage.village_id.in_(own),
            ServedVillage.association_id != association_id,
            served_on(on),
        )
        .order_by(swedish_order(Association.name), Association.id)
    )
    others: dict[int, tuple[str, ...]] = {}
    for row in session.execute(query):
        others[row.village_id] = (*others.get(row.village_id, ()), row.name)
    return others
