"""Drafts: kept as typed, restored, taken over, thrown away."""

import pytest

from tests.connections.desk import Desk
from tests.connections.pages import fields, reporter_of, words
from tests.signing_in import sign_in


def test_a_refused_form_keeps_its_key_and_a_draft(desk: Desk) -> None:
    form = desk.opened()
    answer = desk.client.post(desk.path, data=form | desk.texts(connected="x"))
    assert fields(answer.text)["submission_key"] == form["submission_key"]
    assert desk.opened()[desk.name("connected")] == "x"


def test_a_draft_is_kept_as_typed_and_restored_with_its_time(desk: Desk) -> None:
    answer = desk.send(desk.texts(connected="tolv"), to="/draft")
    assert (answer.status_code, answer.location) == (303, desk.path)
    page = desk.client.get(desk.path)
    assert fields(page.text)[desk.name("connected")] == "tolv"
    assert "Ditt utkast från" in words(page)


def test_a_script_keeps_the_draft_and_hears_the_time(desk: Desk) -> None:
    form = desk.opened()
    answer = desk.client.post(
        f"{desk.path}/draft",
        json={"base_number": 0, "texts": desk.texts(connected="7")},
        headers={"Accept": "application/json", "X-CSRFToken": form["csrf_token"]},
    )
    assert answer.status_code == 200
    assert answer.json["said"].startswith("Utkast sparat ")
    assert desk.opened()[desk.name("connected")] == "7"


@pytest.mark.parametrize(
    "body",
    ["[]", "{}", '{"base_number": "1", "texts": {}}', '{"base_number": 0, "texts": {"a": 1}}', "x"],
)
def test_a_draft_of_another_shape_is_refused(desk: Desk, body: str) -> None:
    answer = desk.client.post(
        f"{desk.path}/draft",
        data=body,
        content_type="application/json",
        headers={"Accept": "application/json", "X-CSRFToken": desk.opened()["csrf_token"]},
    )
    assert (answer.status_code, desk.drafts()) == (422, 0)


def test_all_unchanged_is_one_button_without_a_script(desk: Desk) -> None:
    desk.send(desk.texts(desk.bro, connected="5") | {"fill": "unchanged"}, to="/draft")
    form = desk.opened()
    assert form[desk.name("unchanged")] == "1"
    assert form[desk.name("connected", desk.bro)] == "5"
    assert desk.client.post(desk.path, data=form).status_code == 303


def test_a_draft_can_be_thrown_away(desk: Desk) -> None:
    desk.send(desk.texts(connected="7"), to="/draft")
    desk.send({}, to="/draft/discard")
    assert desk.drafts() == 0


def test_a_colleague_sees_the_draft_and_goes_on_with_it(desk: Desk) -> None:
    desk.send(desk.texts(connected="58"), to="/draft")
    colleague = reporter_of(desk.session, desk.association)
    client = desk.client.application.test_client()
    sign_in(client, colleague)
    page = client.get(desk.path)
    assert f"{desk.user.name} har ett utkast" in words(page)
    token = fields(page.text)["csrf_token"]
    client.post(f"{desk.path}/draft/take-over", data={"csrf_token": token, "of": str(desk.user.id)})
    assert fields(client.get(desk.path).text)[desk.name("connected")] == "58"


def test_a_draft_shows_on_the_way_in(desk: Desk) -> None:
    desk.send(desk.texts(connected="7"), to="/draft")
    assert "Fortsätt med utkastet" in words(desk.client.get("/reports"))


def test_a_draft_too_large_is_refused(desk: Desk) -> None:
    texts = {f"v{number}-permanent-reason": "x" * 4000 for number in range(140)}
    answer = desk.client.post(
        f"{desk.path}/draft",
        json={"base_number": 0, "texts": texts},
        headers={"Accept": "application/json", "X-CSRFToken": desk.opened()["csrf_token"]},
    )
    assert (answer.status_code, desk.drafts()) == (413, 0)
    assert desk.send(texts).status_code == 422
    assert desk.drafts() == 0


def test_taking_over_a_draft_that_is_not_there_is_not_found(desk: Desk) -> None:
    assert desk.send({"of": "999999"}, to="/draft/take-over").status_code == 404
    assert desk.send({"of": "x"}, to="/draft/take-over").status_code == 404
