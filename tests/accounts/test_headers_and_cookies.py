"""Headers and cookies of an installation behind https, pinned in one place."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from outreach import create_app
from outreach.database import transaction
from outreach.extensions import db
from tests.accounts.people import PASSWORD, person
from tests.clients import ready_for_tests
from tests.settings import settings_for
from tests.signing_in import csrf_token

HTTPS = "https://localhost"


@pytest.fixture
def secure_app(own_database: str, tmp_path: Path) -> Iterator[Flask]:
    settings = replace(settings_for(own_database, folder=tmp_path), secure_cookies=True)
    app = ready_for_tests(create_app(settings))
    with app.app_context(), transaction(db.session()):
        person(db.session())
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def browser(secure_app: Flask) -> FlaskClient:
    return secure_app.test_client()


def _sign_in(browser: FlaskClient) -> TestResponse:
    page = browser.get("/sign-in", base_url=HTTPS)
    values = {
        "csrf_token": csrf_token(page.text),
        "email": "anna.ask@example.org",
        "password": PASSWORD,
    }
    referrer = {"Referer": f"{HTTPS}/sign-in"}
    return browser.post("/sign-in", data=values, base_url=HTTPS, headers=referrer)


def test_every_cookie_is_bound_to_this_host_and_to_https(browser: FlaskClient) -> None:
    response = _sign_in(browser)
    assert response.status_code == 303
    cookies = {
        line.split("=", 1)[0]: sorted(part.split("=")[0] for part in line.split("; ")[1:])
        for line in response.headers.getlist("Set-Cookie")
    }
    session_cookie = ["HttpOnly", "Path", "SameSite", "Secure"]
    kept = ["Expires", "HttpOnly", "Max-Age", "Path", "SameSite", "Secure"]
    assert cookies == {
        "__Host-outreach": session_cookie,
        "__Host-device": kept,
        "language": kept,
    }


def test_no_cookie_names_a_domain_or_goes_to_other_sites(browser: FlaskClient) -> None:
    for line in _sign_in(browser).headers.getlist("Set-Cookie"):
        assert "Domain=" not in line
        assert "SameSite=Lax" in line
        assert "Path=/" in line


def test_the_visitors_cookie_is_as_strict(browser: FlaskClient) -> None:
    response = browser.get("/sign-in", base_url=HTTPS)
    (line,) = response.headers.getlist("Set-Cookie")
    assert line.startswith("__Host-outreach=v_")
    assert "Secure; HttpOnly; Path=/; SameSite=Lax" in line


def test_the_headers_are_these(browser: FlaskClient) -> None:
    headers = browser.get("/sign-in", base_url=HTTPS).headers
    nonce = headers["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
    assert len(nonce) >= 22
    pinned = {name: headers[name].replace(nonce, "NONCE") for name in PINNED}
    assert pinned == PINNED


def test_the_nonce_is_another_each_time(browser: FlaskClient) -> None:
    policies = {
        browser.get("/sign-in", base_url=HTTPS).headers["Content-Security-Policy"] for _ in range(3)
    }
    assert len(policies) == 3


def test_a_form_from_another_site_is_refused(browser: FlaskClient) -> None:
    page = browser.get("/sign-in", base_url=HTTPS)
    values = {"csrf_token": csrf_token(page.text), "email": "a@example.org", "password": "x"}
    referrer = {"Referer": "https://evil.example/"}
    answer = browser.post("/sign-in", data=values, base_url=HTTPS, headers=referrer)
    assert answer.status_code == 400


def test_errors_carry_the_headers_too(browser: FlaskClient) -> None:
    headers = browser.get("/no-such-page", base_url=HTTPS).headers
    assert {name for name in PINNED if name not in headers} == set()


PINNED = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'nonce-NONCE'; style-src 'self'; "
        "img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; "
        "manifest-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
        "form-action 'self'"
    ),
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@pytest.mark.parametrize("address", ["/sign-in", "/reset"])
def test_pages_of_signing_in_are_stored_by_no_cache(browser: FlaskClient, address: str) -> None:
    answer = browser.get(address, base_url=HTTPS)
    assert answer.headers["Cache-Control"] == "private, no-store"
