"""Forms that are refused: told why, kept as typed, nothing stored."""

import pytest
from sqlalchemy import select

from outreach.connections.models import ConnectionCount
from outreach.connections.rules import RoundState
from outreach.database.audit import AuditEvent
from tests import factories
from tests.connections.desk import REFERENCE, Desk
from tests.connections.pages import fields, words
from tests.factories import NOW


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("connected", "12,5", "Skriv ett heltal, utan decimaler."),
        ("connected", "-4", "Ett antal kan inte vara mindre än 0."),
        ("connected", "10^12", "Skriv ut hela talet"),
        ("connected", "1000000000000", "Talet är för stort"),
        ("connected", "många", "Skriv ett heltal med siffror"),
        ("connected", "1.000", "utan punkt eller komma"),
        ("connected", "٤٠", "siffrorna 0–9"),
        ("homes_passed", "101", "Registret har 100 hushåll här"),
    ],
)
def test_bad_figures_are_explained_and_kept_and_not_stored(
    desk: Desk, field: str, text: str, said: str
) -> None:
    answer = desk.send(desk.texts(**{field: text}))
    assert (answer.status_code, desk.versions()) == (422, 0)
    assert said in words(answer)
    assert fields(answer.text)[desk.name(field)] == text
    assert "<title>Fel:" in answer.text


def test_more_connected_than_passed_is_refused(desk: Desk) -> None:
    answer = desk.send(desk.texts(homes_passed="60", connected="61"))
    assert answer.status_code == 422
    assert "Kan inte vara fler än de 60 som kan anslutas." in words(answer)


def test_a_thousand_with_a_space_is_a_thousand(desk: Desk) -> None:
    texts = desk.texts(dwellings="1 234", connected="60", reason="Ny stadsdel")
    assert desk.send(texts).status_code == 303
    assert (
        desk.session.scalars(
            select(ConnectionCount.dwellings).order_by(ConnectionCount.id.desc())
        ).first()
        == 1234
    )


def test_a_decrease_opens_the_field_for_a_reason(desk: Desk) -> None:
    answer = desk.send(desk.texts(homes_passed="80", connected="50"))
    assert answer.status_code == 422
    assert "Anslutna. Färre än förra gången: 60, nu 50." in words(answer)
    sent = fields(answer.text) | desk.texts(reason="Tio hus rivna")
    assert desk.client.post(desk.path, data=sent).status_code == 303


def test_a_refusal_is_on_record(desk: Desk) -> None:
    desk.send(desk.texts(connected="x"))
    event = desk.session.scalars(
        select(AuditEvent).where(AuditEvent.action == "submission_refused")
    ).one()
    assert (event.user_id, event.object_id) == (desk.user.id, str(desk.association.id))


def test_another_associations_village_is_refused_whole(desk: Desk) -> None:
    stray = factories.village(desk.session, "Annans by")
    answer = desk.send(
        desk.texts(homes_passed="80", connected="60") | desk.texts(stray, connected="1")
    )
    assert (answer.status_code, desk.versions()) == (422, 0)


def test_another_association_is_not_found(desk: Desk) -> None:
    other = factories.association(desk.session, "Annan")
    path = f"/reports/{other.id}/{REFERENCE}"
    form = desk.opened() | desk.texts(unchanged="1")
    answers = [
        desk.client.get(path),
        desk.client.post(path, data=form),
        desk.client.post(f"{path}/draft", data=form),
        desk.client.post(f"{path}/draft/take-over", data=form | {"of": str(desk.user.id)}),
        desk.client.post(f"{path}/draft/discard", data=form),
        desk.client.get(f"/reports/{other.id}/history"),
        desk.client.get(f"/reports/{other.id}/history.csv"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 7
    assert (desk.versions(), desk.drafts()) == (0, 0)


@pytest.mark.parametrize("day", ["2026-10-02", "igår", "2026-W40-4", "20261001", "2026-13-01"])
def test_a_day_without_a_round_is_not_found(desk: Desk, day: str) -> None:
    assert desk.client.get(f"/reports/{desk.association.id}/{day}").status_code == 404


def test_a_form_without_its_token_comes_back_as_typed(desk: Desk) -> None:
    form = desk.opened() | desk.texts(homes_passed="80", connected="60")
    del form["csrf_token"]
    answer = desk.client.post(desk.path, data=form)
    assert (answer.status_code, desk.versions()) == (400, 0)
    again = fields(answer.text)
    assert again[desk.name("connected")] == "60"
    assert desk.client.post(desk.path, data=again).status_code == 303


def test_a_form_sent_after_the_sign_in_ran_out_keeps_the_figures(desk: Desk) -> None:
    form = desk.opened() | desk.texts(homes_passed="80", connected="60")
    stranger = desk.client.application.test_client()
    answer = stranger.post(desk.path, data=form)
    assert answer.status_code == 401
    assert f'name="{desk.name("connected")}" value="60"' in answer.text
    assert "inget har gått förlorat" in words(answer)


def test_a_script_is_told_that_the_sign_in_ran_out(desk: Desk) -> None:
    stranger = desk.client.application.test_client()
    answer = stranger.post(f"{desk.path}/draft", json={}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]["reason"]) == (401, "signed_out")


def test_a_body_too_large_is_refused(desk: Desk) -> None:
    answer = desk.send({"comment": "x" * 2_100_000})
    assert (answer.status_code, desk.versions()) == (413, 0)


def test_a_form_that_does_not_say_what_it_was_opened_on_is_refused(desk: Desk) -> None:
    form = desk.opened() | desk.texts(homes_passed="80", connected="60")
    del form["base_number"]
    answer = desk.client.post(desk.path, data=form)
    assert (answer.status_code, desk.versions()) == (422, 0)
    assert fields(answer.text)[desk.name("connected")] == "60"


@pytest.mark.parametrize("key", ["", "x", "A" * 32, "' OR 1=1"])
def test_a_form_without_a_key_of_ours_is_refused(desk: Desk, key: str) -> None:
    answer = desk.send(desk.texts(homes_passed="80", connected="60") | {"submission_key": key})
    assert (answer.status_code, desk.versions()) == (422, 0)
    assert desk.client.post(desk.path, data=fields(answer.text)).status_code == 303


def test_a_closed_round_takes_no_report(desk: Desk) -> None:
    form = desk.opened() | desk.texts(homes_passed="80", connected="60")
    desk.round.state, desk.round.closed_at = RoundState.CLOSED, NOW
    answer = desk.client.post(desk.path, data=form)
    assert (answer.status_code, desk.versions()) == (422, 0)


def test_a_comment_too_long_is_refused_and_kept(desk: Desk) -> None:
    answer = desk.send(desk.texts(homes_passed="80", connected="60") | {"comment": "x" * 2001})
    assert answer.status_code == 422
    assert "Skriv högst 2 000 tecken" in words(answer).replace("\xa0", " ")
    assert len(fields(answer.text)["comment"]) == 2001


def test_the_token_of_another_session_opens_no_other_associations_form(desk: Desk) -> None:
    other = factories.association(desk.session, "Annan")
    answer = desk.client.post(f"/reports/{other.id}/{REFERENCE}", data={"connected": "1"})
    assert answer.status_code == 404


def test_a_script_is_told_that_its_token_is_outdated(desk: Desk) -> None:
    answer = desk.client.post(f"{desk.path}/draft", json={}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]["reason"]) == (400, "csrf")
