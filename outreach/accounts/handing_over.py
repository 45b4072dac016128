"""Hand a reporter's role for one association to a new person: one begins as the other ends."""

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.commands import Actor, change_user, invite, set_active
from outreach.accounts.models import User
from outreach.accounts.queries import reporters_of
from outreach.accounts.queries.users import scope_of
from outreach.accounts.rules import Invitation, RoleName, Scope, UserChange
from outreach.rules import RuleBroken

REPORTER = RoleName.ASSOCIATION_REPORTER
DECIDING = frozenset({RoleName.ADMINISTRATOR.value, RoleName.REGIONAL_STAFF.value})


@dataclass(frozen=True, slots=True)
class HandOver:
    """From which user the role for an association goes, and to whom."""

    association_id: int
    from_user_id: int
    name: str
    email: str
    locale: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Who reported and who does now; a new one has yet to be invited."""

    before: User
    after: User
    is_new: bool


def hand_over(session: Session, entry: HandOver, *, by: Actor) -> HandedOver:
    """Give the role to the new person and take it from the old one, who is signed out at once.

    An account that has nothing left to do is closed. The caller has made sure that the actor
    may act for the association. Raises RuleBroken: `not_a_reporter`, or `has_an_account` where the
    address belongs to somebody who cannot take the role.
    """
    if entry.from_user_id not in {
        one.user_id for one in reporters_of(session, entry.association_id)
    }:
        raise RuleBroken("who", "not_a_reporter")
    # A reporter gives no roles otherwise; this one passes on exactly what they have themselves.
    may = Actor(replace(by.reach, roles=by.reach.roles | {RoleName.ADMINISTRATOR}), by.at)
    before = session.get_one(User, entry.from_user_id)
    after = session.scalar(select(User).where(User.email == entry.email.lower()))
    scope = Scope(associations=frozenset({entry.association_id}))
    is_new = after is None
    if after is None:
        invitation = Invitation(entry.name, entry.email, entry.locale, frozenset({REPORTER}), scope)
        after = invite(session, invitation, by=may)
    else:
        _give(session, after, before, scope=scope, by=may)
    _take(session, before, scope=scope, by=may)
    return HandedOver(before, after, is_new)


def _give(session: Session, user: User, before: User, *, scope: Scope, by: Actor) -> None:
    names = {role.name for role in user.roles}
    if user.id == before.id or not user.active or names & DECIDING:
        raise RuleBroken("email", "has_an_account")
    roles = frozenset(RoleName(name) for name in names) | {REPORTER}
    change = UserChange(user.name, user.locale, roles, scope_of(user) | scope, user.version)
    change_user(session, user.id, change, by=by)


def _take(session: Session, user: User, *, scope: Scope, by: Actor) -> None:
    left = scope_of(user) - scope
    roles = frozenset(RoleName(role.name) for role in user.roles)
    if not left.associations:
        roles -= {REPORTER}
    if roles:
        change = UserChange(user.name, user.locale, roles, left, user.version)
        change_user(session, user.id, change, by=by)
        return
    set_active(session, user.id, is_active=False, by=by)
    user.grants.clear()
    session.flush()
