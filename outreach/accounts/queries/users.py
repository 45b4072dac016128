"""The lists and pages of users, for those who look after them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from outreach.accounts.models import AccessGrant, Role, User, UserSession
from outreach.accounts.rules import Reach, RoleName, Scope
from outreach.accounts.scopes import ASSOCIATION, ORGANISATION, manageable
from outreach.database.ordering import contains, swedish_order
from outreach.places.models import County
from outreach.web.paging import Paging


@dataclass(frozen=True, slots=True)
class UserFilter:
    """Which users are wanted: by a piece of name or e-mail, by role."""

    text: str = ""
    role: RoleName | None = None


@dataclass(frozen=True, slots=True)
class UserRow:
    """One line of the list of users."""

    id: int
    name: str
    email: str
    is_active: bool
    has_password: bool
    last_seen_at: datetime | None
    roles: tuple[RoleName, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UserFacts:
    """One user as the page that looks after them needs to know."""

    id: int
    name: str
    email: str
    locale: str
    is_active: bool
    has_password: bool
    has_second_factor: bool
    invited_at: datetime | None
    version: int
    roles: frozenset[RoleName]
    scope: Scope
    places: tuple[str, ...]


def count_users(session: Session, reach: Reach, *, wanted: UserFilter) -> int:
    """How many users the person looks after that the filter finds."""
    statement = select(func.count()).select_from(User).where(*_where(reach, wanted))
    return session.scalar(statement) or 0


def users(session: Session, reach: Reach, *, wanted: UserFilter, paging: Paging) -> list[UserRow]:
    """A page of them, by name."""
    last_seen = (
        select(func.max(UserSession.last_seen_at))
        .where(UserSession.user_id == User.id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            User.id,
            User.name,
            User.email,
            User.active,
            User.password.is_not(None).label("has_password"),
            last_seen.label("last_seen_at"),
        )
        .where(*_where(reach, wanted))
        .order_by(swedish_order(User.name), User.id)
        .limit(paging.size)
        .offset(paging.offset)
    ).all()
    ids = [row.id for row in rows]
    roles, places = _roles_of(session, ids), _places_of(session, ids)
    return [
        UserRow(
            id=row.id,
            name=row.name,
            email=row.email,
            is_active=row.active,
            has_password=row.has_password,
            last_seen_at=row.last_seen_at,
            roles=tuple(roles.get(row.id, ())),
            places=tuple(places.get(row.id, ())),
        )
        for row in rows
    ]


def user_facts(session: Session, reach: Reach, *, user_id: int) -> UserFacts | None:
    """One of the users whom the person looks after; None for all others."""
    user = session.scalar(select(User).where(User.id == user_id, manageable(reach)))
    if user is None:
        return None
    return UserFacts(
        id=user.id,
        name=user.name,
        email=user.email,
        locale=user.locale,
        is_active=user.active,
        has_password=user.password is not None,
        has_second_factor=bool(user.tf_primary_method) or bool(user.webauthn),
        invited_at=user.invited_at,
        version=user.version,
        roles=frozenset(RoleName(role.name) for role in user.roles),
        scope=scope_of(user),
        places=tuple(_places_of(session, [user_id]).get(user_id, ())),
    )


def scope_of(user: User) -> Scope:
    """Where a user's roles hold, as it is stored."""
    return Scope(
        frozenset(g.county_code for g in user.grants if g.county_code is not None),
        frozenset(g.association_id for g in user.grants if g.association_id is not None),
        frozenset(g.organisation_id for g in user.grants if g.organisation_id is not None),
    )


def places_of(session: Session, user_id: int) -> list[str]:
    """The names of all that a user's roles hold for."""
    return _places_of(session, [user_id]).get(user_id, [])


def _where(reach: Reach, wanted: UserFilter) -> list[ColumnElement[bool]]:
    where = [manageable(reach)]
    if wanted.text:
        where.append(or_(contains(User.name, wanted.text), contains(User.email, wanted.text)))
    if wanted.role is not None:
        where.append(User.roles.any(Role.name == wanted.role.value))
    return where


def _roles_of(session: Session, ids: list[int]) -> dict[int, list[RoleName]]:
    rows = session.execute(
        select(User.id, Role.name).join(User.roles).where(User.id.in_(ids)).order_by(Role.id)
    )
    found: dict[int, list[RoleName]] = {}
    for user_id, name in rows:
        found.setdefault(user_id, []).append(RoleName(name))
    return found


def _places_of(session: Session, ids: list[int]) -> dict[int, list[str]]:
    rows = session.execute(
        select(
            AccessGrant.user_id,
            func.coalesce(County.name, ASSOCIATION.c.name, ORGANISATION.c.name).label("name"),
        )
        .outerjoin(County, County.code == AccessGrant.county_code)
        .outerjoin(ASSOCIATION, ASSOCIATION.c.id == AccessGrant.association_id)
        .outerjoin(ORGANISATION, ORGANISATION.c.id == AccessGrant.organisation_id)
        .where(AccessGrant.user_id.in_(ids))
        .order_by(AccessGrant.id)
    )
    found: dict[int, list[str]] = {}
    for user_id, name in rows:
        found.setdefault(user_id, []).append(name)
    return found
