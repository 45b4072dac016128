"""Records from devices: stored once, whatever is sent again, and refused in words."""

from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from outreach.training.session_models import TrainingSession
from tests import factories
from tests.signing_in import sign_in
from tests.training.sending import JSON, Device, device_of


@pytest.fixture
def device(client: FlaskClient, session: Session) -> Device:
    organisation, village = factories.organisation(session), factories.village(session)
    return device_of(client, session, organisation, village_code=village.code)


def stored(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(TrainingSession)) or 0


def test_a_record_is_stored_once_however_often_it_is_sent(device: Device, session: Session) -> None:
    key = str(uuid4())
    first, second = device.send(key), device.send(key)
    held = session.scalars(select(TrainingSession)).one()
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json == second.json
    assert first.json == {"key": key, "session": held.id, "address": f"/sessions/{held.id}"}


def test_the_form_and_the_queue_share_their_keys(device: Device, session: Session) -> None:
    key = str(uuid4())
    posted = {name: values[0] for name, values in device.fields().items()}
    by_form = device.client.post(
        "/sessions/log", data=posted | {"key": key, "csrf_token": device.token}
    )
    assert (by_form.status_code, device.send(key).status_code) == (303, 200)
    assert stored(session) == 1


def test_a_key_with_another_content_keeps_the_first_and_says_where_it_is(
    device: Device, session: Session
) -> None:
    key = str(uuid4())
    device.send(key)
    answer = device.send(key, fields=device.fields(head_count=["8"]))
    held = session.scalars(select(TrainingSession)).one()
    assert answer.status_code == 409
    assert answer.json == {"reason": "key_used", "key": key, "session": held.id, "version": 1}
    assert held.head_count == 7


def test_a_refusal_names_the_field_and_leaves_the_key_free(
    device: Device, session: Session
) -> None:
    key = str(uuid4())
    answer = device.send(key, fields=device.fields(head_count=["sju"]))
    assert answer.status_code == 422
    assert answer.json is not None
    (message,) = answer.json["messages"]
    assert (answer.json["reason"], message["field"]) == ("refused", "head_count")
    assert "skriv ett tal med siffror" in message["message"]
    assert stored(session) == 0
    assert device.send(key).status_code == 201


@pytest.mark.parametrize(
    ("notes", "said"),
    [("Kari 19811228-9874", "personnumret"), ("Ring 070-123 45 67", "telefonnummer")],
)
def test_personal_data_is_refused_as_in_the_form(device: Device, notes: str, said: str) -> None:
    answer = device.send(fields=device.fields(notes=[notes]))
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        {"key": "not-a-key", "fields": {}},
        {"key": str(uuid4())},
        {"key": str(uuid4()), "fields": {"date": 5}},
        {"key": str(uuid4()), "fields": {}, "session": 4},
        {"key": str(uuid4()), "fields": {}, "session": True, "base_version": 1},
        {"key": str(uuid4()), "fields": {f"f{number}": "" for number in range(201)}},
    ],
)
def test_what_is_no_record_is_refused(device: Device, sent: object) -> None:
    headers = JSON | {"X-CSRFToken": device.token}
    answer = device.client.post("/sessions/records", json=sent, headers=headers)
    assert answer.status_code == 422
    assert answer.json == {"reason": "not_a_record"}


def test_without_a_sign_in_the_answer_is_401_and_never_another_page(
    client: FlaskClient, device: Device
) -> None:
    client.delete_cookie("outreach", domain="localhost")
    assert device.send().status_code == 401
    answer = client.get("/sessions/records/token", headers=JSON)
    assert (answer.status_code, answer.json) == (200, {"owner": None})


def test_an_old_token_is_refused(device: Device, session: Session) -> None:
    device.token = "0" * 40
    assert device.send().status_code == 400
    assert stored(session) == 0


def test_devices_know_accounts_apart_and_learn_nothing_else(
    client: FlaskClient, device: Device, session: Session
) -> None:
    first = client.get("/sessions/records/token").json
    other = factories.user(session, RoleName.SESSION_LOGGER, organisations=())
    sign_in(client, other)
    second = client.get("/sessions/records/token").json
    assert first is not None
    assert second is not None
    assert first["owner"] != second["owner"]
    assert set(first) == {"owner", "token"}
    assert len(first["owner"]) == 24


def test_a_reporter_has_nothing_to_send(client: FlaskClient, session: Session) -> None:
    sign_in(client, factories.user(session, RoleName.ASSOCIATION_REPORTER))
    assert client.get("/sessions/records/token").json == {"owner": None}


def test_another_organisations_session_is_not_there(device: Device, session: Session) -> None:
    other = factories.organisation(session, "Annan")
    fields = device.fields(organisation=[str(other.id)])
    assert device.send(fields=fields).status_code == 422
    assert device.send(session=2_147_483_647, base_version=1).status_code == 404


@pytest.mark.parametrize("body", ["[" * 100_000, '{"fields":' * 20_000, "NaN", '"', ""])
def test_what_is_no_record_is_refused_in_json(device: Device, session: Session, body: str) -> None:
    headers = {"X-CSRFToken": device.token, "Content-Type": "application/json"}
    answer = device.client.post("/sessions/records", data=body, headers=headers)
    assert (answer.status_code, answer.json) == (422, {"reason": "not_a_record"})
    assert stored(session) == 0


def test_a_program_that_sends_json_is_answered_in_json_unless_it_asks_for_a_page(
    device: Device,
) -> None:
    def kind(**headers: str) -> str:
        return device.client.post("/sessions/records", json={}, headers=headers).content_type

    assert (kind(), kind(Accept="*/*")) == ("application/json", "application/json")
    assert kind(Accept="text/html") == "text/html; charset=utf-8"
