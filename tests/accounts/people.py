"""People with passwords, and browsers that sign them in through the page."""

import re

from flask.testing import FlaskClient
from flask_security import hash_password
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from outreach.accounts.models import User
from outreach.accounts.rules import RoleName
from outreach.mail.models import OutboxMessage
from tests import factories
from tests.signing_in import token

PASSWORD = "grankotte segel tallbarr"
OTHER_PASSWORD = "måne filt radio kork"


def person(
    session: Session,
    role: RoleName | None = RoleName.ASSOCIATION_REPORTER,
    *,
    email: str = "anna.ask@example.org",
) -> User:
    """A user who can sign in with PASSWORD."""
    made = factories.user(session, role, email=email)
    made.password = hash_password(PASSWORD)
    session.flush()
    return made


def send(client: FlaskClient, path: str, form: str | None = None, **values: object) -> TestResponse:
    """Fill in the form found at `form` (or at `path` itself) and send it to `path`."""
    data = {"csrf_token": token(client, form or path), **values}
    return client.post(path, data=data)


def attempt(client: FlaskClient, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
    """Fill in the sign-in form."""
    return send(client, "/sign-in", email=email, password=password, **more)


def invite(client: FlaskClient, **more: object) -> int:
    """Invite somebody; the status of the answer."""
    values: dict[str, object] = {"name": "Nils Ny", "email": "nils@example.org", "locale": "sv"}
    return send(client, "/accounts/invite", **(values | more)).status_code


def invitation_link(session: Session) -> str:
    """Where the newest invitation leads."""
    body = session.scalars(
        select(OutboxMessage.body)
        .where(OutboxMessage.kind == "invitation")
        .order_by(OutboxMessage.id.desc())
        .limit(1)
    ).one()
    found = re.search(r"http://localhost(/welcome/\S+)", body or "")
    assert found is not None
    return found.group(1)
