"""Who may reach what, and who is to be written to about it."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from outreach.accounts.models import AccessGrant, Role, User
from outreach.accounts.rules import NOBODY, Reach, RoleName


def reach_of(session: Session, user_id: int) -> Reach:
    """What a user's roles and grants let them see and change; nothing for the unknown or disabled.

    A grant counts only while its user holds the grant's role.
    """
    if not session.scalar(select(User.active).where(User.id == user_id)):
        return NOBODY
    names = session.scalars(select(Role.name).join(User.roles).where(User.id == user_id))
    roles = frozenset(RoleName(name) for name in names)
    grants = session.execute(
        select(
            AccessGrant.role,
            AccessGrant.county_code,
            AccessGrant.association_id,
            AccessGrant.organisation_id,
        ).where(AccessGrant.user_id == user_id)
    ).all()
    valid = [grant for grant in grants if grant.role in roles]
    return Reach(
        user_id=user_id,
        roles=roles,
        counties=frozenset(g.county_code for g in valid if g.county_code is not None),
        associations=frozenset(g.association_id for g in valid if g.association_id is not None),
        organisations=frozenset(g.organisation_id for g in valid if g.organisation_id is not None),
    )


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to write to, in their language."""

    user_id: int
    name: str
    email: str
    locale: str


def reporters_of(session: Session, association_id: int) -> list[Recipient]:
    """The active users who report for an association, by name."""
    return _holders(
        session,
        RoleName.ASSOCIATION_REPORTER,
        AccessGrant.association_id == association_id,
    )


def staff_of(session: Session, county_code: str) -> list[Recipient]:
    """The active regional staff of a county, by name."""
    return _holders(session, RoleName.REGIONAL_STAFF, AccessGrant.county_code == county_code)


def _holders(session: Session, role: RoleName, where: ColumnElement[bool]) -> list[Recipient]:
    rows = session.execute(
        select(User.id, User.name, User.email, User.locale)
        .join(AccessGrant, AccessGrant.user_id == User.id)
        .where(where, User.active.is_(True), User.roles.any(Role.name == role.value))
        .order_by(User.name, User.id)
    )
    return [Recipient(*row) for row in rows]
