"""The demonstration's five users, one or two to a role, with one password that is no secret."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from flask_security import hash_password
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.models import AccessGrant, Role, User
from outreach.accounts.rules import RoleName
from outreach.training.models import Organisation, OrganisationKind

PASSWORD = "demo-outreach-2026"  # noqa: S105  # printed by `make run`, for the demonstration only
ORGANISATION = "Studieförbundet Demo (demo)"


@dataclass(frozen=True, slots=True)
class Account:
    """A demonstration user and the associations it reports for, by key."""

    email: str
    name: str
    role: RoleName
    associations: tuple[str, ...] = ()


ACCOUNTS = (
    Account("admin@demo.example", "Agneta Administratör (demo)", RoleName.ADMINISTRATOR),
    Account("staff@demo.example", "Stina Strateg (demo)", RoleName.REGIONAL_STAFF),
    Account(
        "reporter@demo.example",
        "Rune Rapportör (demo)",
        RoleName.ASSOCIATION_REPORTER,
        ("kristianopel",),
    ),
    Account(
        "reporter2@demo.example",
        "Rakel Rapportör (demo)",
        RoleName.ASSOCIATION_REPORTER,
        ("sjobygden", "gransskogen"),
    ),
    Account("logger@demo.example", "Lova Ledare (demo)", RoleName.SESSION_LOGGER),
)


def store_accounts(
    session: Session, *, county_code: str, association_ids: Mapping[str, int], at: datetime
) -> dict[str, int]:
    """Insert the users with their grants; gives each user's id by e-mail address.

    Needs the application's context: the password is hashed as the application hashes it, once,
    since hashing is slow on purpose.
    """
    organisation = Organisation(
        name=ORGANISATION,
        kind=OrganisationKind.STUDY_ASSOCIATION,
        county_code=county_code,
        is_demonstration=True,
        created_at=at,
    )
    session.add(organisation)
    session.flush()
    roles = {role.name: role for role in session.scalars(select(Role))}
    password = str(hash_password(PASSWORD))
    users = [
        User(
            email=account.email,
            name=account.name,
            password=password,
            active=True,
            fs_uniquifier=uuid4().hex,
            locale="sv",
            created_at=at,
            roles=[roles[account.role.value]],
            grants=_grants(
                account,
                county_code=county_code,
                association_ids=association_ids,
                organisation_id=organisation.id,
            ),
        )
        for account in ACCOUNTS
    ]
    session.add_all(users)
    session.flush()
    return {user.email: user.id for user in users}


def _grants(
    account: Account,
    *,
    county_code: str,
    association_ids: Mapping[str, int],
    organisation_id: int,
) -> list[AccessGrant]:
    if account.role is RoleName.REGIONAL_STAFF:
        return [AccessGrant(role=account.role, county_code=county_code)]
    if account.role is RoleName.SESSION_LOGGER:
        return [AccessGrant(role=account.role, organisation_id=organisation_id)]
    return [
        AccessGrant(role=account.role, association_id=association_ids[key])
        for key in account.associations
    ]
