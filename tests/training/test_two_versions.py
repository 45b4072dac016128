"""Two devices that edit one session: both versions kept until a person picks."""

from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.database.audit import AuditEvent
from outreach.training.queries.sent_changes import held_versions, with_two_versions
from outreach.training.sent_models import SentChange
from outreach.training.sent_rules import Overlap, overlap
from outreach.training.session_models import TrainingSession
from tests import factories
from tests.training.sending import Device, device_of


@pytest.fixture
def device(client: FlaskClient, session: Session) -> Device:
    organisation, village = factories.organisation(session), factories.village(session)
    made = device_of(client, session, organisation, village_code=village.code)
    assert made.send().status_code == 201
    return made


@pytest.fixture
def held(device: Device, session: Session) -> TrainingSession:
    """The session that both devices edit."""
    return session.scalars(select(TrainingSession)).one()


def edit(device: Device, held: TrainingSession, **values: object) -> dict[str, object]:
    """An edit begun on version 1."""
    fields = device.fields(**values)
    return {"session": held.id, "base_version": 1, "fields": fields, "base": device.fields()}


def test_an_edit_sent_again_is_stored_once_also_after_somebody_elses(
    device: Device, session: Session, held: TrainingSession
) -> None:
    key, mine = str(uuid4()), edit(device, held, head_count=["8"])
    assert device.send(key, **mine).status_code == 201
    theirs = edit(device, held, head_count=["9"]) | {"base_version": 2}
    assert device.send(**theirs).status_code == 201
    assert device.send(key, **mine).status_code == 200
    session.expire_all()
    assert (held.head_count, held.version) == (9, 3)


def test_edits_of_one_field_are_both_kept_and_labelled(
    device: Device, session: Session, held: TrainingSession
) -> None:
    device.send(**edit(device, held, head_count=["8"]))
    key, late = str(uuid4()), edit(device, held, head_count=["9"])
    answers = [device.send(key, **late) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [409, 409]
    said = answers[0].json
    assert said is not None
    assert (said["reason"], said["overlap"]) == ("versions", "same_field")
    assert (said["sent"]["head_count"], said["stored"]["head_count"]) == (["9"], ["8"])
    (kept,) = held_versions(session, held.id)
    assert kept.fields["head_count"] == ("9",)
    assert with_two_versions(session, [held.id]) == {held.id}
    assert held.head_count == 8


def test_edits_of_different_fields_are_kept_too_and_suggested(
    device: Device, held: TrainingSession
) -> None:
    device.send(**edit(device, held, head_count=["8"]))
    answer = device.send(**edit(device, held, leaders=["2"]))
    assert answer.json is not None
    assert answer.json["overlap"] == "different_fields"
    page = device.client.get(f"/sessions/{held.id}/versions").text
    assert 'id="pick-leaders-held" name="pick-leaders" value="held" required checked' in page
    assert 'id="pick-head_count-stored"' in page
    assert "Olika fält" in page


def test_a_person_picks_field_by_field(
    device: Device, session: Session, held: TrainingSession
) -> None:
    device.send(**edit(device, held, head_count=["8"]))
    device.send(**edit(device, held, head_count=["9"], leaders=["2"]))
    (kept,) = held_versions(session, held.id)
    picked = {
        "csrf_token": device.token,
        "version": "2",
        "held": str(kept.id),
        "pick-head_count": "stored",
        "pick-leaders": "held",
    }
    address = f"/sessions/{held.id}/versions"
    assert device.client.post(address, data=picked | {"pick-leaders": ""}).status_code == 422
    assert device.client.post(address, data=picked | {"version": "1"}).status_code == 409
    assert device.client.post(address, data=picked).status_code == 303
    session.expire_all()
    assert (held.head_count, held.leaders, held.version) == (8, 2, 3)
    assert held_versions(session, held.id) == []
    assert session.scalars(select(SentChange.fields)).all() == [None, None]
    actions = session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert [one for one in actions if "version" in one] == ["version_held", "versions_settled"]


def test_the_device_learns_that_its_version_was_picked_from(
    device: Device, session: Session, held: TrainingSession
) -> None:
    device.send(**edit(device, held, head_count=["8"]))
    key, late = str(uuid4()), edit(device, held, head_count=["9"])
    device.send(key, **late)
    (kept,) = held_versions(session, held.id)
    picked = {"csrf_token": device.token, "version": "2", "held": str(kept.id)}
    device.client.post(f"/sessions/{held.id}/versions", data=picked | {"pick-head_count": "held"})
    assert device.send(key, **late).status_code == 200
    session.expire_all()
    assert held.head_count == 9


def test_picks_that_break_a_rule_are_refused_in_words(
    device: Device, session: Session, held: TrainingSession
) -> None:
    device.send(**edit(device, held, head_count=["3"]))
    device.send(**edit(device, held, first_timers=["5"]))
    (kept,) = held_versions(session, held.id)
    answer = device.client.post(
        f"/sessions/{held.id}/versions",
        data={
            "csrf_token": device.token,
            "version": "2",
            "held": str(kept.id),
            "pick-head_count": "stored",
            "pick-first_timers": "held",
        },
    )
    assert answer.status_code == 422
    assert len(held_versions(session, held.id)) == 1


def test_a_change_that_breaks_a_rule_is_not_held(
    device: Device, session: Session, held: TrainingSession
) -> None:
    device.send(**edit(device, held, head_count=["8"]))
    answer = device.send(**edit(device, held, notes=["Kari 19811228-9874"]))
    assert answer.status_code == 422
    assert held_versions(session, held.id) == []


def test_a_foreign_session_has_no_versions_to_see(
    device: Device, client: FlaskClient, session: Session, held: TrainingSession
) -> None:
    device.send(**edit(device, held, head_count=["8"]))
    device.send(**edit(device, held, head_count=["9"]))
    other = factories.organisation(session, "Annan")
    device_of(client, session, other, village_code=device.village_code)
    assert client.get(f"/sessions/{held.id}/versions").status_code == 404


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ({"a": ("2",)}, {"a": ("3",)}, Overlap.SAME_FIELD),
        ({"a": ("2",)}, {"a": ("1",), "b": ("3",)}, Overlap.DIFFERENT_FIELDS),
        ({"a": ("2",)}, {"a": ("2",), "b": ("3",)}, Overlap.DIFFERENT_FIELDS),
        ({"a": ()}, {"a": ("3",)}, Overlap.SAME_FIELD),
        ({"a": (" 1 ",), "b": ("2",)}, {"a": ("3",)}, Overlap.DIFFERENT_FIELDS),
    ],
)
def test_the_label_compares_both_with_what_they_began_on(
    mine: dict[str, tuple[str, ...]], theirs: dict[str, tuple[str, ...]], expected: Overlap
) -> None:
    assert overlap({"a": ("1",)}, mine=mine, theirs=theirs) is expected


def test_without_knowing_where_it_began_every_difference_may_be_of_one_field() -> None:
    assert overlap(None, mine={"a": ("1",)}, theirs={"a": ("2",)}) is Overlap.SAME_FIELD


def test_the_log_marks_the_session_that_two_devices_have_changed(
    client: FlaskClient, device: Device, held: TrainingSession
) -> None:
    device.send(**edit(device, held, head_count=["8"]))
    assert "Två versioner" not in client.get("/sessions/list").text
    device.send(**edit(device, held, head_count=["9"]))
    text = client.get("/sessions/list").text
    assert "Två versioner" in text
    assert f'href="/sessions/{held.id}/versions"' in text
