"""Writes about users: invite, change, disable. Each is on record and ends what it takes away."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from outreach.accounts import session_rows
from outreach.accounts.models import AccessGrant, Role, User
from outreach.accounts.queries.users import scope_of
from outreach.accounts.rules import (
    Duties,
    Invitation,
    Reach,
    RoleName,
    Scope,
    UserChange,
    check_locale,
    check_name,
    merged,
)
from outreach.accounts.scopes import choices, manageable
from outreach.database.audit import Facts, record
from outreach.database.locks import take_turns
from outreach.database.versions import check_version
from outreach.rules import RuleBroken

CHANGES = "accounts: changes"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who makes a change and when; the command line acts with an administrator's reach."""

    reach: Reach
    at: datetime


def invite(session: Session, invitation: Invitation, *, by: Actor) -> User:
    """Create a user who has yet to choose a password.

    Raises RuleBroken where the e-mail has an account, or what is given is not the actor's to give.
    """
    duties = merged(
        (invitation.roles, invitation.scope),
        held=Scope(),
        giver=by.reach,
        givable=choices(session, by.reach).scope,
    )
    user = User(
        name=invitation.name,
        email=invitation.email.lower(),
        locale=invitation.locale,
        active=True,
        fs_uniquifier=_fresh_identity(),
        created_at=by.at,
        invited_at=by.at,
    )
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError as error:
        raise RuleBroken("email", "has_an_account") from error
    _set_duties(session, user, duties)
    _note(session, "user_invited", user, by=by, facts=(None, _facts(duties)))
    return user


def invite_again(session: Session, user_id: int, *, by: Actor) -> User | None:
    """Make links sent before worthless, for a new invitation; None where none is open."""
    user = _locked(session, user_id, by=by)
    if user is None or user.password is not None or not user.active:
        return None
    user.fs_uniquifier = _fresh_identity()
    user.invited_at = by.at
    _note(session, "user_invited_again", user, by=by)
    return user


def change_user(session: Session, user_id: int, change: UserChange, *, by: Actor) -> User | None:
    """Rename a user and change what they do; None where the actor doesn't look after them.

    Whoever loses something is signed out everywhere. Raises StaleEdit, and RuleBroken where the
    actor may not give it or the last administrator would be gone.
    """
    user = _locked(session, user_id, by=by)
    if user is None:
        return None
    check_version(change.version, stored=user.version)
    before = _duties_of(user)
    after = merged(
        (change.roles, change.scope),
        held=before[1],
        giver=by.reach,
        givable=choices(session, by.reach).scope,
    )
    if RoleName.ADMINISTRATOR in before[0] - after.roles:
        _keep_an_administrator(session, user)
    if before == (after.roles, after.scope) and user.name == change.name:
        user.locale = change.locale
        return user
    user.name, user.locale = change.name, change.locale
    _set_duties(session, user, after)
    user.version += 1
    if before[0] - after.roles or before[1] - after.scope:
        session_rows.end_all(session, user.id)
    _note(session, "user_changed", user, by=by, facts=(_facts_of(*before), _facts(after)))
    return user


def set_active(session: Session, user_id: int, *, is_active: bool, by: Actor) -> User | None:
    """Let a user in again, or shut them out at once; None where the actor doesn't look after them.

    Links in their mailbox stop working. Raises RuleBroken for the last administrator, and for
    regional staff where the user also has something in another county.
    """
    user = _locked(session, user_id, by=by)
    if user is None or user.active == is_active:
        return user
    if scope_of(user) - choices(session, by.reach).scope:
        raise RuleBroken("user", "reaches_further")
    if not is_active:
        if any(role.name == RoleName.ADMINISTRATOR for role in user.roles):
            _keep_an_administrator(session, user)
        user.fs_uniquifier = _fresh_identity()
        session_rows.end_all(session, user.id)
    user.active = is_active
    user.version += 1
    _note(session, "user_enabled" if is_active else "user_disabled", user, by=by)
    return user


def remove_second_factors(session: Session, user_id: int, *, by: Actor) -> User | None:
    """Help somebody who has lost phone and codes: the password alone signs in, where it may.

    Whoever must have a second factor sets up a new one first thing. Signs out everywhere.
    """
    user = _locked(session, user_id, by=by)
    if user is None:
        return None
    user.tf_primary_method = user.tf_totp_secret = None
    user.mf_recovery_codes = None
    for passkey in list(user.webauthn):
        session.delete(passkey)
    session_rows.end_all(session, user.id)
    _note(session, "second_factors_removed", user, by=by)
    return user


def accept_invitation(session: Session, user: User, *, password_hash: str, at: datetime) -> None:
    """Give the invited user the password they chose; every link sent to them is used up."""
    user.password = password_hash
    user.fs_uniquifier = _fresh_identity()
    record(session, "invitation_accepted", of=("user", user.id), user_id=user.id, at=at)
    session.flush()


def change_own(session: Session, user: User, *, name: str, locale: str, at: datetime) -> None:
    """Rename oneself and choose the language of mails."""
    check_name(name)
    check_locale(locale)
    if (user.name, user.locale) == (name, locale):
        return
    user.name, user.locale = name, locale
    user.version += 1
    record(session, "user_changed", of=("user", user.id), user_id=user.id, at=at)
    session.flush()


def _locked(session: Session, user_id: int, *, by: Actor) -> User | None:
    # One change of users at a time: two administrators who shut each other out would otherwise
    # each hold the other's row, which the record of the change refers to.
    take_turns(session, CHANGES)
    # Two steps: the condition joins tables, and only the user's own row is to be locked.
    statement = select(User.id).where(User.id == user_id, manageable(by.reach))
    if session.scalar(statement) is None:
        return None
    return session.get(User, user_id, with_for_update={"of": User}, populate_existing=True)


def _set_duties(session: Session, user: User, duties: Duties) -> None:
    names = [role.value for role in duties.roles]
    user.roles = list(session.scalars(select(Role).where(Role.name.in_(names)).order_by(Role.id)))
    wanted = _as_grants(duties.scope)
    for grant in list(user.grants):
        key = (grant.role, grant.county_code, grant.association_id, grant.organisation_id)
        if key in wanted:
            wanted.remove(key)
        else:
            user.grants.remove(grant)
    user.grants += [
        AccessGrant(
            role=role, county_code=county, association_id=association, organisation_id=other
        )
        for role, county, association, other in wanted
    ]
    session.flush()


def _as_grants(scope: Scope) -> list[tuple[RoleName, str | None, int | None, int | None]]:
    return [
        *((RoleName.REGIONAL_STAFF, code, None, None) for code in sorted(scope.counties)),
        *((RoleName.ASSOCIATION_REPORTER, None, key, None) for key in sorted(scope.associations)),
        *((RoleName.SESSION_LOGGER, None, None, key) for key in sorted(scope.organisations)),
    ]


def _keep_an_administrator(session: Session, leaving: User) -> None:
    others = session.scalar(
        select(func.count())
        .select_from(User)
        .where(
            User.id != leaving.id,
            User.active.is_(True),
            User.roles.any(Role.name == RoleName.ADMINISTRATOR.value),
        )
    )
    if not others:
        raise RuleBroken("roles", "last_administrator")


def _fresh_identity() -> str:
    """What sessions and links name the user by; replacing it makes all of them worthless."""
    return secrets.token_hex(32)


def _duties_of(user: User) -> tuple[frozenset[RoleName], Scope]:
    return frozenset(RoleName(role.name) for role in user.roles), scope_of(user)


def _facts(duties: Duties) -> Facts:
    return _facts_of(duties.roles, duties.scope)


def _facts_of(roles: frozenset[RoleName], scope: Scope) -> Facts:
    return {
        "roles": " ".join(sorted(roles)),
        "counties": " ".join(sorted(scope.counties)),
        "associations": " ".join(str(key) for key in sorted(scope.associations)),
        "organisations": " ".join(str(key) for key in sorted(scope.organisations)),
    }


def _note(
    session: Session,
    action: str,
    user: User,
    *,
    by: Actor,
    facts: tuple[Facts | None, Facts | None] = (None, None),
) -> None:
    record(
        session,
        action,
        of=("user", user.id),
        user_id=by.reach.user_id,
        at=by.at,
        before=facts[0],
        after=facts[1],
    )
    session.flush()
