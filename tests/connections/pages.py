"""Driving the reporting form in tests as a browser without scripts does."""

import re
from html import unescape

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from outreach.accounts.models import User
from outreach.accounts.rules import RoleName
from outreach.associations.models import Association
from tests import factories
from tests.signing_in import sign_in

REPORTER = RoleName.ASSOCIATION_REPORTER


def reporter_of(session: Session, *associations: Association) -> User:
    """A user who reports for the associations."""
    return factories.user(session, REPORTER, associations=tuple(a.id for a in associations))


def signed_in_reporter(client: FlaskClient, session: Session, *associations: Association) -> User:
    """The same, signed in with this client."""
    user = reporter_of(session, *associations)
    sign_in(client, user)
    return user


def fields(html: str) -> dict[str, str]:
    """What a browser would send of the report's form: texts, ticks and chosen radio buttons."""
    found = re.search(r'<form class="report.*?</form>', html, re.DOTALL)
    assert found is not None
    sent = {}
    for tag in re.findall(r"<input\b[^>]*>", found[0]):
        name, value = _attribute(tag, "name"), _attribute(tag, "value")
        if re.search(r'type="(checkbox|radio)"', tag) and " checked" not in tag:
            continue
        if name:
            sent[name] = value
    for name, text in re.findall(
        r'<textarea\b[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', found[0], re.DOTALL
    ):
        sent[name] = unescape(text)
    return sent


def words(response: TestResponse) -> str:
    """What a page says, without its tags and with single spaces."""
    main = re.search(r"<main\b.*</main>", response.get_data(as_text=True), re.DOTALL)
    assert main is not None
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main[0])).split())


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""
