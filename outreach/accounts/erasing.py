"""Taking the person out of an account: what they did stays, who they were does not."""

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from outreach.accounts import session_rows
from outreach.accounts.commands import CHANGES
from outreach.accounts.models import User
from outreach.accounts.rules import RoleName
from outreach.database.audit import empty_personal
from outreach.database.locks import take_turns
from outreach.mail.commands import erase_address
from outreach.rules import RuleBroken

ERASED_NAME = "Raderad person"
"""Stands wherever a name is shown, in whatever language: it is a value and not a word."""


def erase_account(session: Session, user_id: int, *, by_id: int, at: datetime) -> str | None:
    """Erase a user's name, address and ways of signing in, for good; the address they had.

    None where there is no such user, or nothing left of them. Raises RuleBroken for oneself and
    for administrators, whose role has to be taken first.
    """
    take_turns(session, CHANGES)
    user = session.get(User, user_id, with_for_update={"of": User}, populate_existing=True)
    if user is None or user.erased_at is not None:
        return None
    if user_id == by_id:
        raise RuleBroken("user", "erases_oneself")
    if any(role.name == RoleName.ADMINISTRATOR for role in user.roles):
        raise RuleBroken("user", "still_administrator")
    address = user.email
    session_rows.end_all(session, user_id)
    erase_address(session, address)
    empty_personal(session, "user", object_id=user_id)
    for passkey in list(user.webauthn):
        session.delete(passkey)
    _empty(user)
    user.erased_at = at
    user.version += 1
    session.flush()
    return address


def _empty(user: User) -> None:
    user.name = ERASED_NAME
    user.email = f"erased-{user.id}@erased.invalid"
    user.active = False
    user.fs_uniquifier = secrets.token_hex(32)
    user.password = user.username = None
    user.tf_primary_method = user.tf_totp_secret = user.tf_phone_number = None
    user.us_totp_secrets = user.us_phone_number = user.mf_recovery_codes = None
    user.last_login_ip = user.current_login_ip = None
    user.roles = []
    user.grants = []
