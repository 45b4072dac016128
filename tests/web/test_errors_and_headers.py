"""What every answer carries, whatever was asked."""

import re

from flask import Flask
from flask.testing import FlaskClient


def test_a_missing_page_says_so_in_swedish(client: FlaskClient) -> None:
    answer = client.get("/no-such-page")
    assert (answer.status_code, '<html lang="sv"' in answer.text) == (404, True)


def test_a_program_is_answered_in_json(client: FlaskClient) -> None:
    answer = client.get("/no-such-page", headers={"Accept": "application/json"})
    assert answer.get_json() == {"error": {"status": 404, "reason": "Not Found"}}


def test_a_wrong_method_names_the_right_ones(client: FlaskClient) -> None:
    answer = client.put("/health")
    assert (answer.status_code, "GET" in answer.headers["Allow"]) == (405, True)


def test_too_large_a_body_is_refused(app: Flask, client: FlaskClient) -> None:
    limit = app.config["MAX_CONTENT_LENGTH"]
    answer = client.post("/sign-in", data={"email": "x" * (limit + 1)})
    assert answer.status_code == 413


def test_the_security_headers_stand_on_every_answer(client: FlaskClient) -> None:
    headers = client.get("/no-such-page").headers
    policy = re.sub(r"'nonce-[\w-]+'", "'nonce-…'", headers["Content-Security-Policy"])
    assert policy == (
        "default-src 'self'; script-src 'self' 'nonce-…'; style-src 'self'; "
        "img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; "
        "manifest-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
        "form-action 'self'"
    )
    assert {
        name: headers[name]
        for name in ("X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options")
    } == {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Frame-Options": "DENY",
    }


def test_the_nonce_is_new_each_time(client: FlaskClient) -> None:
    policies = {client.get("/health").headers["Content-Security-Policy"] for _ in range(3)}
    assert len(policies) == 3


def test_swedish_is_the_default_whatever_the_browser_wishes(client: FlaskClient) -> None:
    answer = client.get("/no-such-page", headers={"Accept-Language": "en-GB"})
    assert '<html lang="sv"' in answer.text


def test_the_language_switch_keeps_the_page(client: FlaskClient) -> None:
    answer = client.get("/language/en?next=/gap?scheme%3Dscb")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/gap?scheme=scb")
    assert '<html lang="en"' in client.get("/no-such-page").text


def test_the_language_switch_leads_nowhere_else(client: FlaskClient) -> None:
    assert client.get("/language/en?next=//evil.example").headers["Location"] == "/"


def test_a_language_that_is_not_there_is_not_found(client: FlaskClient) -> None:
    assert client.get("/language/xx").status_code == 404
