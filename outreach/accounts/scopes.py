"""Where roles can hold: counties, associations, organisations, as far as one person may give them.

The register of associations and the organisations stand above this feature; it knows no more of
them than a name and a county, and reads that from their tables.
"""

from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    TableClause,
    column,
    false,
    select,
    table,
    true,
)
from sqlalchemy import Integer as Whole
from sqlalchemy.orm import Session

from outreach.accounts.models import AccessGrant, Role, User
from outreach.accounts.rules import Reach, RoleName, Scope
from outreach.database.ordering import swedish_order
from outreach.places.models import County

ASSOCIATION = table(
    "association",
    column("id", Whole),
    column("name", String),
    column("county_code", String),
)
ORGANISATION = table(
    "civil_society_organisation",
    column("id", Whole),
    column("name", String),
    column("county_code", String),
)
DECIDING_ROLES = (RoleName.ADMINISTRATOR.value, RoleName.REGIONAL_STAFF.value)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something a role can hold for."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Choices:
    """All that one person may give to another."""

    counties: list[Choice]
    associations: list[Choice]
    organisations: list[Choice]

    @property
    def scope(self) -> Scope:
        """The same as a scope."""
        return Scope(
            frozenset(choice.key for choice in self.counties),
            frozenset(int(choice.key) for choice in self.associations),
            frozenset(int(choice.key) for choice in self.organisations),
        )


def choices(session: Session, reach: Reach) -> Choices:
    """What an administrator, or regional staff in their counties, may give."""
    counties = select(County.code, County.name).order_by(swedish_order(County.name))
    if not reach.is_administrator:
        counties = counties.where(false())
    return Choices(
        counties=[Choice(row.code, row.name) for row in session.execute(counties)],
        associations=_named(session, ASSOCIATION, reach),
        organisations=_named(session, ORGANISATION, reach),
    )


def _named(session: Session, source: TableClause, reach: Reach) -> list[Choice]:
    statement = select(source.c.id, source.c.name).where(in_reach(source, reach))
    rows = session.execute(statement.order_by(swedish_order(source.c.name), source.c.id))
    return [Choice(str(row.id), row.name) for row in rows]


def in_reach(source: TableClause, reach: Reach) -> ColumnElement[bool]:
    """Associations or organisations in the counties that the person handles."""
    if reach.is_administrator:
        return true()
    return source.c.county_code.in_(sorted(reach.counties))


def manageable(reach: Reach) -> ColumnElement[bool]:
    """The users whom an administrator, or regional staff in their counties, looks after.

    Staff look after reporters and session loggers with something in their counties, and never
    after those who decide about others.
    """
    if reach.is_administrator:
        return true()
    if not reach.counties:
        return false()
    has_grant = (
        select(AccessGrant.id)
        .where(
            AccessGrant.user_id == User.id,
            AccessGrant.association_id.in_(_ids(ASSOCIATION, reach))
            | AccessGrant.organisation_id.in_(_ids(ORGANISATION, reach)),
        )
        .exists()
    )
    return has_grant & ~User.roles.any(Role.name.in_(DECIDING_ROLES))


def _ids(source: TableClause, reach: Reach) -> Select[tuple[int]]:
    return select(source.c.id).where(in_reach(source, reach))
