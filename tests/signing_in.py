"""Helpers for tests: sign somebody in without a password, and find the token of a form."""

import re
import secrets
import time

from flask import Flask
from flask.json.tag import TaggedJSONSerializer
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from outreach.accounts import session_rows
from outreach.accounts.models import User
from outreach.accounts.session_rows import NewSession
from outreach.accounts.sessions import SIGNED_IN_PREFIX
from outreach.database.times import utc_now
from outreach.extensions import db

_TOKEN = re.compile(r'name="csrf_token"[^>]*?value="([^"]+)"')


def signed_in_cookie(session: Session, user: User) -> str:
    """The value of the session cookie of a session that begins now; the caller commits."""
    data = TaggedJSONSerializer().dumps(
        {
            "_user_id": user.fs_uniquifier,
            "fs_paa": time.time(),
            "csrf_token": secrets.token_hex(20),
        }
    )
    new = NewSession(user_id=user.id, data=data, device="Test, Linux")
    return SIGNED_IN_PREFIX + session_rows.begin(session, new, now=utc_now())


def sign_in(client: FlaskClient, user: User) -> None:
    """Give the client a real signed-in session on the server, as after a sign-in just now."""
    session = db.session()
    value = signed_in_cookie(session, user)
    session.flush()
    client.set_cookie(cookie_name(client.application), value, domain="localhost")


def cookie_name(app: Flask) -> str:
    """The session cookie's name in this application."""
    return str(app.config["SESSION_COOKIE_NAME"])


def csrf_token(html: str) -> str:
    """The token of the first form on a page."""
    found = _TOKEN.search(html)
    if found is None:
        raise AssertionError("the page has no form with a CSRF token")
    return found.group(1)


def token(source: TestResponse | FlaskClient, path: str | None = None) -> str:
    """The CSRF token of a response, or of the page that the client finds at `path`."""
    response = source if path is None else source.get(path)
    return csrf_token(response.get_data(as_text=True))
