"""Driving the register's pages in tests: signing in, and sending forms as a browser would."""

import re
from html import unescape

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from outreach.accounts.rules import RoleName
from tests import factories
from tests.signing_in import sign_in, token


def as_staff(client: FlaskClient, session: Session, *counties: str) -> None:
    """Sign regional staff in, for Blekinge unless counties are given."""
    role = RoleName.REGIONAL_STAFF
    factories.county(session, "07", "Kronobergs län")
    sign_in(client, factories.user(session, role, counties=counties or ("10",)))


def as_reporter(client: FlaskClient, session: Session, *association_ids: int) -> None:
    """Sign a reporter of the associations in."""
    role = RoleName.ASSOCIATION_REPORTER
    sign_in(client, factories.user(session, role, associations=association_ids))


def send(
    client: FlaskClient, path: str, fields: dict[str, str | list[str]], *, seen: str | None = None
) -> TestResponse:
    """Open the form (at `seen`, else at its own address) and send it with these fields."""
    return client.post(path, data=fields | {"csrf_token": token(client, seen or path)})


def values(html: str) -> dict[str, str]:
    """The values of a page's text fields, and the chosen values of its lists, by name."""
    found = {}
    for tag in re.findall(r"<input\b[^>]*>", html):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        is_text = re.search(r'type="(text|date|email|tel|search|hidden)"', tag)
        if name and value and is_text:
            found[name[1]] = unescape(value[1])
    for name, inside in re.findall(
        r'<textarea\b[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', html, re.DOTALL
    ):
        found[name] = unescape(inside)
    for name, inside in re.findall(
        r'<select\b[^>]*name="([^"]*)"[^>]*>(.*?)</select>', html, re.DOTALL
    ):
        # As a browser: the option marked, else the first.
        options = re.findall(r'<option value="([^"]*)"( selected)?', inside)
        found[name] = next((value for value, mark in options if mark), options[0][0])
    return found


def words(response: TestResponse) -> str:
    """What a page says, without its tags and with single spaces."""
    main = re.search(r"<main\b.*</main>", response.get_data(as_text=True), re.DOTALL)
    assert main is not None
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main[0])).split())
