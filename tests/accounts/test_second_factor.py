"""The second factor: required where one decides about others, each code good for one time."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from passlib.totp import TOTP
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.models import User, UserSession, WebAuthn
from outreach.accounts.rules import RoleName
from outreach.database import transaction
from outreach.database.audit import AuditEvent
from outreach.extensions import db
from outreach.mail.models import OutboxMessage
from outreach.settings import EXTENSION, SecondFactor, settings_of
from tests import factories
from tests.accounts.people import attempt, person, send
from tests.signing_in import csrf_token, sign_in, token

ANNA = "anna.ask@example.org"
DECIDING = (RoleName.ADMINISTRATOR, RoleName.REGIONAL_STAFF)
OTHERS = (RoleName.ASSOCIATION_REPORTER, RoleName.SESSION_LOGGER)


@pytest.fixture
def strict(app: Flask) -> Iterator[None]:
    """An installation that requires the second factor."""
    before = settings_of(app)
    app.extensions[EXTENSION] = replace(before, second_factor=SecondFactor.REQUIRED)
    yield
    app.extensions[EXTENSION] = before


def _set_up(client: FlaskClient) -> TOTP:
    """Add the app, and give back what it would show codes with."""
    page = send(client, "/second-factor", setup="authenticator").text
    key = re.search(r'secret-key">([A-Z2-7-]+)<', page)
    form = re.search(r'action="(/second-factor/[^"]+)"', page)
    assert key is not None
    assert form is not None
    app = TOTP(key=key.group(1).replace("-", ""))
    values = {"csrf_token": csrf_token(page), "code": app.generate().token}
    answer = client.post(form.group(1), data=values)
    assert answer.location == "/second-factor"
    return app


def _next_code(app: TOTP) -> str:
    """The code of the half minute to come, which is taken as well."""
    return str(app.generate(time=app.generate().expire_time + 1).token)


@pytest.mark.parametrize("role", DECIDING)
def test_who_decides_about_others_is_led_to_set_it_up(
    client: FlaskClient, session: Session, strict: None, role: RoleName
) -> None:
    sign_in(client, factories.user(session, role))
    response = client.get("/accounts")
    assert (response.status_code, response.location) == (303, "/second-factor")
    assert "Ställ in detta innan du fortsätter" in client.get("/second-factor").text


@pytest.mark.parametrize("role", OTHERS)
def test_reporters_and_session_loggers_may_do_without(
    client: FlaskClient, session: Session, strict: None, role: RoleName
) -> None:
    sign_in(client, factories.user(session, role))
    assert client.get("/account").status_code == 200


def test_until_then_nothing_can_be_written(
    client: FlaskClient, session: Session, strict: None
) -> None:
    user = factories.user(session, RoleName.ADMINISTRATOR)
    sign_in(client, user)
    values = {"csrf_token": token(client, "/second-factor"), "name": "Ny", "locale": "sv"}
    assert client.post("/account", data=values).location == "/second-factor"
    assert session.scalars(select(User.name).where(User.id == user.id)).one() != "Ny"


def test_until_then_public_pages_show_what_the_public_sees(
    client: FlaskClient, session: Session, strict: None
) -> None:
    made = factories.association(session)
    factories.contact(session, made, email="hemlig@example.org")
    sign_in(client, factories.user(session, RoleName.ADMINISTRATOR))
    assert "hemlig@example.org" not in client.get(f"/associations/{made.id}").text


def test_codes_open_the_way(client: FlaskClient, session: Session, strict: None) -> None:
    sign_in(client, factories.user(session, RoleName.ADMINISTRATOR))
    _set_up(client)
    assert client.get("/accounts").status_code == 200


def test_a_passkey_opens_the_way(client: FlaskClient, session: Session, strict: None) -> None:
    user = factories.user(session, RoleName.ADMINISTRATOR)
    _give_passkey(session, user)
    sign_in(client, user)
    assert client.get("/accounts").status_code == 200


def test_where_it_is_optional_nobody_is_led_anywhere(client: FlaskClient, session: Session) -> None:
    sign_in(client, factories.user(session, RoleName.ADMINISTRATOR))
    assert client.get("/accounts").status_code == 200


def test_with_codes_the_password_alone_is_not_enough(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    person(session)
    attempt(client, ANNA)
    _set_up(client)
    other = app.test_client()
    response = attempt(other, ANNA)
    assert response.location is not None
    assert response.location.startswith("/sign-in/code")
    assert other.get("/account").status_code == 303


def test_a_code_completes_the_sign_in(app: Flask, client: FlaskClient, session: Session) -> None:
    person(session)
    attempt(client, ANNA)
    codes = _set_up(client)
    other = app.test_client()
    attempt(other, ANNA)
    assert send(other, "/sign-in/code", code=_next_code(codes)).status_code == 303
    assert other.get("/account").status_code == 200


def test_a_code_is_good_for_one_time(app: Flask, client: FlaskClient, session: Session) -> None:
    person(session)
    attempt(client, ANNA)
    code = _next_code(_set_up(client))
    first, second = app.test_client(), app.test_client()
    attempt(first, ANNA)
    attempt(second, ANNA)
    assert send(first, "/sign-in/code", code=code).status_code == 303
    assert send(second, "/sign-in/code", code=code).status_code == 422


def test_of_two_who_send_the_same_code_at_once_one_gets_in(own_app: Flask) -> None:
    with own_app.app_context(), transaction(db.session()):
        person(db.session())
    owner = own_app.test_client()
    attempt(owner, ANNA)
    code = _next_code(_set_up(owner))
    clients = [own_app.test_client() for _ in range(2)]
    forms = []
    for one in clients:
        attempt(one, ANNA)
        forms.append({"csrf_token": token(one, "/sign-in/code"), "code": code})
    together = Barrier(2)

    def complete(number: int) -> int:
        together.wait()
        return clients[number].post("/sign-in/code", data=forms[number]).status_code

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(complete, range(2)))
    assert sorted(answers) == [303, 422]


def test_wrong_codes_are_slowed_down(app: Flask, client: FlaskClient, session: Session) -> None:
    person(session)
    attempt(client, ANNA)
    _set_up(client)
    other = app.test_client()
    attempt(other, ANNA)
    page = csrf_token(other.get("/sign-in/code").text)
    answers = [
        other.post("/sign-in/code", data={"csrf_token": page, "code": "000000"}).status_code
        for _ in range(6)
    ]
    assert answers == [422, 422, 422, 422, 422, 429]


def test_the_code_page_needs_a_password_first(client: FlaskClient) -> None:
    assert client.get("/sign-in/code").location == "/sign-in"


def test_being_half_way_in_is_kept_on_the_server_and_short(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    person(session)
    attempt(client, ANNA)
    _set_up(client)
    other = app.test_client()
    attempt(other, ANNA)
    row = session.scalars(select(UserSession).where(UserSession.is_signed_in.is_(False))).one()
    assert (row.expires_at - row.created_at).total_seconds() == 600
    cookie = other.get_cookie("outreach")
    assert cookie is not None
    assert cookie.value.startswith("s_")


def test_a_recovery_code_gets_in_once(app: Flask, client: FlaskClient, session: Session) -> None:
    person(session)
    attempt(client, ANNA)
    _set_up(client)
    page = send(client, "/second-factor/recovery-codes", generate_new_codes="1").text
    codes = re.findall(r"<code>([0-9a-f-]{14})</code>", page)
    assert len(codes) == 8
    first, second = app.test_client(), app.test_client()
    attempt(first, ANNA)
    attempt(second, ANNA)
    assert send(first, "/sign-in/recovery-code", code=codes[3]).status_code == 303
    assert send(second, "/sign-in/recovery-code", code=codes[3]).status_code == 422
    assert send(second, "/sign-in/recovery-code", code=codes[4]).status_code == 303


def test_secrets_are_stored_encrypted(client: FlaskClient, session: Session) -> None:
    person(session)
    attempt(client, ANNA)
    codes = _set_up(client)
    page = send(client, "/second-factor/recovery-codes", generate_new_codes="1").text
    recovery = re.findall(r"<code>([0-9a-f-]{14})</code>", page)
    user = session.scalars(select(User).where(User.email == ANNA)).one()
    assert codes.base32_key not in str(user.tf_totp_secret)
    assert recovery[0] not in str(user.mf_recovery_codes)


def test_changing_the_second_factor_asks_who_one_is_when_that_was_long_ago(
    client: FlaskClient, session: Session
) -> None:
    person(session)
    attempt(client, ANNA)
    row = session.scalars(select(UserSession)).one()
    row.data = re.sub(r'"fs_paa":[0-9.]+', '"fs_paa":1000.0', row.data)
    response = client.get("/second-factor")
    assert response.status_code == 302
    assert str(response.location).startswith("/sign-in/again")


def test_the_owner_is_told_and_it_is_on_record(client: FlaskClient, session: Session) -> None:
    user = person(session)
    attempt(client, ANNA)
    _set_up(client)
    send(client, "/second-factor", setup="disable")
    kinds = session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)).all()
    actions = session.scalars(
        select(AuditEvent.action).where(AuditEvent.user_id == user.id).order_by(AuditEvent.id)
    ).all()
    assert kinds == actions == ["second_factor_set", "second_factor_removed"]


def test_with_a_passkey_the_password_leads_to_it(client: FlaskClient, session: Session) -> None:
    _give_passkey(session, person(session))
    response = attempt(client, ANNA)
    assert str(response.location).startswith("/sign-in/passkey")
    assert client.get("/account").status_code == 303


@pytest.mark.parametrize(
    ("which", "path"), [("webauthn", "/sign-in/passkey"), ("authenticator", "/sign-in/code")]
)
def test_who_has_both_chooses(
    app: Flask, client: FlaskClient, session: Session, which: str, path: str
) -> None:
    user = person(session)
    attempt(client, ANNA)
    _set_up(client)
    _give_passkey(session, user)
    other = app.test_client()
    assert str(attempt(other, ANNA).location).startswith("/sign-in/second-factor")
    page = other.get("/sign-in/second-factor").text
    assert "Kod från en app" in page
    assert "Passkey" in page
    answer = send(other, "/sign-in/second-factor", which=which)
    assert str(answer.location).startswith(path)


def test_passkeys_of_any_device_are_asked_for_and_must_be_unlocked(
    client: FlaskClient, session: Session
) -> None:
    sign_in(client, person(session))
    page = send(client, "/passkeys", name="Min telefon").text.replace("&#34;", '"')
    assert '"authenticatorAttachment"' not in page
    assert '"residentKey": "required"' in page
    assert '"userVerification": "required"' in page


@pytest.mark.parametrize("name", ["", "<b>x</b>", "a" * 65, "-"])
def test_a_passkeys_name_is_plain(client: FlaskClient, session: Session, name: str) -> None:
    sign_in(client, person(session))
    assert send(client, "/passkeys", name=name).status_code == 422


def test_an_administrator_helps_who_has_lost_phone_and_codes(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    user = person(session)
    attempt(client, ANNA)
    _set_up(client)
    _give_passkey(session, user)
    admin = app.test_client()
    sign_in(admin, factories.user(session, RoleName.ADMINISTRATOR))
    send(admin, f"/accounts/{user.id}/remove-second-factors", f"/accounts/{user.id}")
    assert client.get("/account").status_code == 303
    assert attempt(app.test_client(), ANNA).location == "/"
    assert session.scalars(select(WebAuthn)).all() == []


def test_regional_staff_cannot_remove_it(app: Flask, client: FlaskClient, session: Session) -> None:
    one = factories.association(session)
    user = factories.user(session, RoleName.ASSOCIATION_REPORTER, associations=(one.id,))
    _give_passkey(session, user)
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    path = f"/accounts/{user.id}/remove-second-factors"
    assert send(client, path, f"/accounts/{user.id}").status_code == 403


def _give_passkey(session: Session, user: User) -> None:
    session.add(
        WebAuthn(
            user_id=user.id,
            credential_id=b"x" * 16,
            public_key=b"y",
            name="Min telefon",
            usage="first",
            backup_state=False,
            device_type="single_device",
            lastuse_datetime=factories.NOW.replace(tzinfo=None),
        )
    )
    session.flush()
