"""People with passwords, and browsers that sign them in through the page."""

from flask.testing import FlaskClient
from flask_security import hash_password
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from outreach.accounts.models import User
from outreach.accounts.rules import RoleName
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
