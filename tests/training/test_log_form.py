"""The log form: works without scripts, keeps what was typed, and stores once."""

from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from outreach.training.session_models import TrainingSession
from tests import factories
from tests.signing_in import sign_in, token
from tests.training.logging import logged, logger_of


@pytest.fixture
def typed(client: FlaskClient, session: Session) -> dict[str, str]:
    """What a signed-in logger types, and no more."""
    organisation, village = factories.organisation(session), factories.village(session)
    sign_in(
        client, factories.user(session, RoleName.SESSION_LOGGER, organisations=(organisation.id,))
    )
    return {
        "csrf_token": token(client, "/sessions/log"),
        "key": str(uuid4()),
        "organisation": str(organisation.id),
        "date": "2025-03-17",
        "place": f"village:{village.code}",
        "head_count": "7",
    }


def test_four_fields_are_enough(
    client: FlaskClient, session: Session, typed: dict[str, str]
) -> None:
    answer = client.post("/sessions/log", data=typed)
    held = session.scalars(select(TrainingSession)).one()
    assert answer.status_code == 303
    assert answer.location == f"/sessions/{held.id}"
    assert (held.learners, held.leaders, held.volunteer_minutes) == (7, None, None)


def test_sent_twice_it_is_stored_once(
    client: FlaskClient, session: Session, typed: dict[str, str]
) -> None:
    answers = [client.post("/sessions/log", data=typed) for _ in range(2)]
    assert answers[0].location == answers[1].location
    assert len(session.scalars(select(TrainingSession)).all()) == 1


def test_the_key_with_another_content_is_a_conflict(
    client: FlaskClient, typed: dict[str, str]
) -> None:
    client.post("/sessions/log", data=typed)
    answer = client.post("/sessions/log", data=typed | {"head_count": "8"})
    assert answer.status_code == 409
    assert "har skickats förut" in answer.text


def test_blank_is_not_zero(client: FlaskClient, session: Session, typed: dict[str, str]) -> None:
    counts = {"leaders": "0", "volunteers": "", "volunteer_hours": "1,5", "learners_65_79": "0"}
    client.post("/sessions/log", data=typed | counts)
    held = session.scalars(select(TrainingSession)).one()
    assert (held.leaders, held.volunteers, held.volunteer_minutes) == (0, None, 90)
    assert [row.people for row in held.counted] == [0]


def test_a_phone_number_in_the_notes_is_asked_about(
    client: FlaskClient, session: Session, typed: dict[str, str]
) -> None:
    noted = typed | {"notes": "Ring Eva på 070-123 45 67"}
    answer = client.post("/sessions/log", data=noted)
    assert answer.status_code == 422
    assert 'name="details_are_meant"' in answer.text
    assert "Ring Eva" in answer.text
    assert client.post("/sessions/log", data=noted | {"details_are_meant": "y"}).status_code == 303


def test_a_stale_edit_shows_both_values(
    client: FlaskClient, session: Session, typed: dict[str, str]
) -> None:
    client.post("/sessions/log", data=typed)
    held = session.scalars(select(TrainingSession)).one()
    address = f"/sessions/{held.id}/log"
    client.post(address, data=typed | {"version": "1", "head_count": "8"})
    answer = client.post(address, data=typed | {"version": "1", "head_count": "9"})
    assert answer.status_code == 409
    assert "<td>9</td>" in answer.text
    assert "<td>8</td>" in answer.text
    assert client.post(address, data=typed | {"version": "2", "head_count": "9"}).status_code == 303


def test_a_foreign_session_is_not_found(
    client: FlaskClient, session: Session, typed: dict[str, str]
) -> None:
    other = factories.organisation(session, "Annan")
    held = logged(session, other, logger_of(session, other))
    assert client.get(f"/sessions/{held.id}/log").status_code == 404
    assert client.post(f"/sessions/{held.id}/log", data=typed).status_code == 404
