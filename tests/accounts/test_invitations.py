"""Invitations: who gets in by one, once and in time, and what is refused."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts import invitations
from outreach.accounts.models import User
from outreach.accounts.rules import RoleName
from tests import factories
from tests.accounts.people import OTHER_PASSWORD, attempt, invitation_link, invite, send
from tests.signing_in import csrf_token

REPORTER = RoleName.ASSOCIATION_REPORTER


def test_an_invited_person_chooses_a_password_and_signs_in(
    app: Flask, admin: FlaskClient, session: Session
) -> None:
    made = factories.association(session, "Byns Fiber")
    assert invite(admin, roles=REPORTER, associations=str(made.id)) == 303
    newcomer = app.test_client()
    link = invitation_link(session)
    assert "Välkommen, Nils Ny" in newcomer.get(link).text
    values = {"password": OTHER_PASSWORD, "password_confirm": OTHER_PASSWORD}
    assert send(newcomer, link, **values).location == "/sign-in"
    assert attempt(newcomer, "nils@example.org", OTHER_PASSWORD).status_code == 303
    assert "Byns Fiber" in newcomer.get("/account").text


def test_an_invitation_works_once(app: Flask, admin: FlaskClient, session: Session) -> None:
    invite(admin, roles=RoleName.ADMINISTRATOR)
    link = invitation_link(session)
    newcomer = app.test_client()
    send(newcomer, link, password=OTHER_PASSWORD, password_confirm=OTHER_PASSWORD)
    assert newcomer.get(link).status_code == 410


def test_a_new_invitation_makes_the_old_one_worthless(
    app: Flask, admin: FlaskClient, session: Session
) -> None:
    invite(admin, roles=RoleName.ADMINISTRATOR)
    old = invitation_link(session)
    user = session.scalars(select(User).where(User.email == "nils@example.org")).one()
    send(admin, f"/accounts/{user.id}/resend", f"/accounts/{user.id}")
    assert app.test_client().get(old).status_code == 410
    assert app.test_client().get(invitation_link(session)).status_code == 200


def test_who_has_a_password_is_not_invited_again(admin: FlaskClient, session: Session) -> None:
    user = factories.user(session, RoleName.ADMINISTRATOR)
    user.password = "x"
    response = send(admin, f"/accounts/{user.id}/resend", f"/accounts/{user.id}")
    assert response.status_code == 404


def test_a_link_used_meanwhile_is_not_taken_again(
    app: Flask, admin: FlaskClient, session: Session
) -> None:
    invite(admin, roles=RoleName.ADMINISTRATOR)
    link = invitation_link(session)
    one, two = app.test_client(), app.test_client()
    late = csrf_token(two.get(link).text)
    values = {"password": OTHER_PASSWORD, "password_confirm": OTHER_PASSWORD}
    send(one, link, **values)
    assert two.post(link, data={"csrf_token": late, **values}).status_code == 404


def test_an_invented_role_is_refused(admin: FlaskClient) -> None:
    assert invite(admin, roles="emperor") == 422


def test_an_invitation_is_good_for_two_weeks() -> None:
    assert timedelta(days=14) == invitations.VALID


@pytest.mark.parametrize("token", ["x", "x.y.z", "a" * 2000])
def test_an_invented_invitation_is_gone(client: FlaskClient, token: str) -> None:
    assert client.get(f"/welcome/{token}").status_code == 410


def test_an_easy_password_is_refused(app: Flask, admin: FlaskClient, session: Session) -> None:
    invite(admin, roles=RoleName.ADMINISTRATOR)
    values = {"password": "lösenord1234", "password_confirm": "lösenord1234"}
    response = send(app.test_client(), invitation_link(session), **values)
    assert response.status_code == 422
    assert "lätt att gissa" in response.text


def test_everything_that_is_wrong_is_said_and_everything_typed_stays(
    admin: FlaskClient, session: Session
) -> None:
    values = {"name": "", "email": "nils utan snabel-a", "locale": "sv"}
    response = send(admin, "/accounts/invite", **values)
    assert response.status_code == 422
    assert "Skriv ett namn" in response.text
    assert "Skriv en e-postadress" in response.text
    assert "Välj minst en roll" in response.text
    assert 'value="nils utan snabel-a"' in response.text
    assert session.scalars(select(User.email)).all() == ["admin@example.org"]


def test_an_address_has_one_account(admin: FlaskClient, session: Session) -> None:
    factories.user(session, email="nils@example.org")
    assert invite(admin, roles=RoleName.ADMINISTRATOR, email="Nils@Example.org") == 422


@pytest.mark.parametrize(
    "email", ["a@b@c.se", "a b@c.se", "anna@example.org\nBcc: x@y.se", "å@x.se", "anna@", "@x.se"]
)
def test_what_is_no_address_is_refused(admin: FlaskClient, email: str) -> None:
    assert invite(admin, roles=RoleName.ADMINISTRATOR, email=email) == 422
