"""The link in an invitation: good for two weeks, and until a password has been chosen."""

from datetime import timedelta

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.models import User
from outreach.accounts.wording import ROLES
from outreach.mail.commands import enqueue
from outreach.mail.rules import NewMessage
from outreach.mail.texts import mail_text
from outreach.settings import settings_of

VALID = timedelta(days=14)


def link_for(user: User) -> str:
    """The address where the user chooses a password. Whoever holds it can do so."""
    return f"{settings_of(current_app).base_url}/welcome/{_serializer().dumps(user.fs_uniquifier)}"


def user_of(session: Session, token: str, *, is_being_used: bool) -> User | None:
    """The invited user that a link belongs to, while it is good; locked where it is being used."""
    try:
        uniquifier = _serializer().loads(token, max_age=int(VALID.total_seconds()))
    except BadSignature:
        return None
    statement = select(User).where(
        User.fs_uniquifier == str(uniquifier), User.active.is_(True), User.password.is_(None)
    )
    if is_being_used:
        statement = statement.with_for_update(of=User)
    return session.scalar(statement)


def send(session: Session, user: User, *, inviter: str) -> None:
    """Write the invitation to the outbox, in the transaction that made or renewed it."""
    if user.invited_at is None:
        raise ValueError("this user was not invited")
    text = mail_text(
        "invitation",
        locale=user.locale,
        user=user,
        inviter=inviter,
        roles=[ROLES[role.name] for role in user.roles],
        link=link_for(user),
    )
    message = NewMessage("invitation", user.email, text.subject, text.body, is_secret=True)
    enqueue(session, message, now=user.invited_at)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="invitation")
