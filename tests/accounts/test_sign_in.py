"""Signing in and out through the page."""

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.models import UserSession
from tests.accounts.people import attempt, person, send


def test_the_right_password_signs_in_and_goes_on_to_the_page_asked_for(
    client: FlaskClient, session: Session
) -> None:
    person(session)
    page = client.get("/sign-in?next=/account")
    response = client.post(
        "/sign-in?next=/account",
        data={
            "csrf_token": page.text.split('name="csrf_token" value="')[1].split('"')[0],
            "email": "anna.ask@example.org",
            "password": "grankotte segel tallbarr",
        },
    )
    assert (response.status_code, response.location) == (303, "/account")
    assert "anna.ask@example.org" in client.get("/account").text


def test_an_address_elsewhere_is_not_gone_on_to(client: FlaskClient, session: Session) -> None:
    person(session)
    response = attempt(client, "anna.ask@example.org", next="https://evil.example")
    assert response.status_code == 422
    assert session.scalars(select(UserSession)).all() == []


def test_capital_letters_in_the_address_make_no_difference(
    client: FlaskClient, session: Session
) -> None:
    person(session)
    assert attempt(client, "Anna.Ask@Example.ORG").status_code == 303


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    client: FlaskClient, session: Session
) -> None:
    person(session)
    known = attempt(client, "anna.ask@example.org", "fel lösenord här")
    unknown = attempt(client, "anna.all@example.org", "fel lösenord här")
    assert (known.status_code, unknown.status_code) == (422, 422)
    assert _without_what_was_typed(known.text) == _without_what_was_typed(unknown.text)


def test_a_disabled_person_gets_that_answer_too(client: FlaskClient, session: Session) -> None:
    person(session).active = False
    disabled = attempt(client, "anna.ask@example.org")
    unknown = attempt(client, "anna.all@example.org")
    assert _without_what_was_typed(disabled.text) == _without_what_was_typed(unknown.text)


def test_an_invited_person_without_a_password_gets_that_answer_too(
    client: FlaskClient, session: Session
) -> None:
    person(session).password = None
    invited = attempt(client, "anna.ask@example.org")
    unknown = attempt(client, "anna.all@example.org")
    assert _without_what_was_typed(invited.text) == _without_what_was_typed(unknown.text)


def test_signing_out_leads_to_the_overview(client: FlaskClient, session: Session) -> None:
    person(session)
    attempt(client, "anna.ask@example.org")
    response = send(client, "/sign-out", "/account")
    assert (response.status_code, response.location) == (303, "/")
    assert client.get("/account").status_code == 303


def _without_what_was_typed(page: str) -> str:
    """The page without the address typed and without its own token."""
    lines = page.replace("anna.ask@", "X@").replace("anna.all@", "X@").splitlines()
    return "\n".join(line for line in lines if "csrf_token" not in line)
