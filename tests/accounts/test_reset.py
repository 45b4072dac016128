"""A new password by e-mail: the same answer for everybody, a link that works once."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.database import transaction
from outreach.database.audit import AuditEvent
from outreach.extensions import db
from outreach.mail.models import OutboxMessage
from tests.accounts.people import OTHER_PASSWORD, PASSWORD, attempt, person, send
from tests.signing_in import csrf_token

ANNA = "anna.ask@example.org"


def _link(session: Session, kind: str = "reset") -> str:
    body = session.scalars(
        select(OutboxMessage.body)
        .where(OutboxMessage.kind == kind)
        .order_by(OutboxMessage.id.desc())
        .limit(1)
    ).one()
    found = re.search(r"http://localhost(/reset/\S+)", body or "")
    assert found is not None
    return found.group(1)


def _choose(client: FlaskClient, link: str, password: str = OTHER_PASSWORD) -> int:
    response = send(client, link, password=password, password_confirm=password)
    return response.status_code


def test_a_link_leads_to_a_new_password(client: FlaskClient, session: Session) -> None:
    person(session)
    send(client, "/reset", email=ANNA)
    assert _choose(client, _link(session)) == 303
    assert attempt(client, ANNA, PASSWORD).status_code == 422
    assert attempt(client, ANNA, OTHER_PASSWORD).status_code == 303


def test_the_answer_does_not_tell_whether_there_is_an_account(
    client: FlaskClient, session: Session
) -> None:
    person(session)
    known = send(client, "/reset", email=ANNA)
    unknown = send(client, "/reset", email="anna.all@example.org")
    assert (known.status_code, unknown.status_code) == (200, 200)
    assert _plain(known.text) == _plain(unknown.text)
    assert [row.recipient for row in session.scalars(select(OutboxMessage))] == [ANNA]


def test_a_disabled_person_gets_the_same_answer_and_no_mail(
    client: FlaskClient, session: Session
) -> None:
    person(session).active = False
    disabled = send(client, "/reset", email=ANNA)
    unknown = send(client, "/reset", email="anna.all@example.org")
    assert _plain(disabled.text) == _plain(unknown.text)
    assert session.scalars(select(OutboxMessage)).all() == []


def test_the_new_password_ends_all_sessions(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    person(session)
    attempt(client, ANNA)
    other = app.test_client()
    send(other, "/reset", email=ANNA)
    _choose(other, _link(session))
    assert client.get("/account").status_code == 303


def test_a_link_works_once(client: FlaskClient, session: Session) -> None:
    person(session)
    send(client, "/reset", email=ANNA)
    link = _link(session)
    _choose(client, link)
    response = client.get(link)
    assert (response.status_code, response.location) == (302, "/reset")
    assert "fungerar inte längre" in client.get("/reset").text


def test_a_used_link_makes_all_others_worthless(client: FlaskClient, session: Session) -> None:
    person(session)
    send(client, "/reset", email=ANNA)
    first = _link(session)
    send(client, "/reset", email=ANNA)
    second = _link(session)
    _choose(client, second)
    assert client.get(first).status_code == 302


def test_changing_the_password_makes_links_worthless(client: FlaskClient, session: Session) -> None:
    person(session)
    send(client, "/reset", email=ANNA)
    link = _link(session)
    attempt(client, ANNA)
    changed = dict.fromkeys(("new_password", "new_password_confirm"), OTHER_PASSWORD)
    send(client, "/change-password", password=PASSWORD, **changed)
    assert client.get(link).status_code == 302


def test_an_easy_password_is_refused_and_the_link_stays_good(
    client: FlaskClient, session: Session
) -> None:
    person(session)
    send(client, "/reset", email=ANNA)
    link = _link(session)
    assert _choose(client, link, "lösenord1234") == 422
    assert _choose(client, link) == 303


@pytest.mark.parametrize("token", ["x", "x.y.z", "%00", "a" * 3000])
def test_an_invented_link_leads_back_to_the_form(client: FlaskClient, token: str) -> None:
    assert client.get(f"/reset/{token}").location == "/reset"


def test_the_link_is_to_this_installation_whatever_host_the_request_names(
    client: FlaskClient, session: Session
) -> None:
    person(session)
    page = client.get("/reset", headers={"Host": "evil.example"})
    client.post(
        "/reset",
        data={"csrf_token": csrf_token(page.text), "email": ANNA},
        headers={"Host": "evil.example"},
    )
    bodies = session.scalars(select(OutboxMessage.body)).all()
    assert all("evil.example" not in (body or "") for body in bodies)


def test_it_is_on_record_and_the_person_hears_of_it(client: FlaskClient, session: Session) -> None:
    user = person(session)
    send(client, "/reset", email=ANNA)
    _choose(client, _link(session))
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "password_reset")).one()
    assert (event.object_id, event.user_id) == (str(user.id), user.id)
    kinds = session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)).all()
    assert kinds == ["reset", "password_was_reset"]


def test_the_mail_is_in_the_language_of_its_reader(client: FlaskClient, session: Session) -> None:
    person(session).locale = "en"
    send(client, "/reset", email=ANNA)
    message = session.scalars(select(OutboxMessage)).one()
    assert message.subject == "Choose a new password for Outreach"
    assert message.is_secret


def test_of_two_uses_at_the_same_moment_one_counts(own_app: Flask) -> None:
    with own_app.app_context(), transaction(db.session()):
        person(db.session())
    with own_app.app_context():
        send(own_app.test_client(), "/reset", email=ANNA)
        link = _link(db.session())
    together = Barrier(2)

    def choose(password: str) -> str | None:
        client = own_app.test_client()
        token = csrf_token(client.get(link).text)
        together.wait()
        values = {"csrf_token": token, "password": password, "password_confirm": password}
        return client.post(link, data=values).location

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(choose, ["tusch pensel lera", "spade räfsa kratta"]))
    with own_app.app_context():
        resets = db.session.scalars(
            select(AuditEvent.id).where(AuditEvent.action == "password_reset")
        ).all()
    assert sorted(answers, key=str) == ["/reset", "/sign-in"]
    assert len(resets) == 1


def _plain(page: str) -> str:
    lines = page.replace("anna.ask@", "X@").replace("anna.all@", "X@").splitlines()
    return "\n".join(line for line in lines if "csrf_token" not in line)
