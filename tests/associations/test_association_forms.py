"""Registering and changing an association through its forms, as a browser without scripts does."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.associations.models import Association
from tests import factories
from tests.associations.pages import as_reporter, as_staff, send, values, words

NEW = "/associations/new"
FILLED: dict[str, str | list[str]] = {
    "name": "Hasslö Fiber ek. för.",
    "organisation_number": "769612-3459",
    "legal_form": "economic_association",
    "status": "operating",
    "founded_year": "2012",
    "county_code": "10",
    "network_operator": "Affärsverken",
    "communication_operator": "",
    "website": "hasslo.example.org",
}


def stored(session: Session) -> Association:
    session.expire_all()
    return session.scalars(select(Association)).one()


def test_staff_register_an_association(session: Session, client: FlaskClient) -> None:
    as_staff(client, session)
    answer = send(client, NEW, FILLED)
    made = stored(session)
    assert (answer.status_code, answer.location) == (303, f"/associations/{made.id}")
    assert (made.name, made.organisation_number, made.website) == (
        "Hasslö Fiber ek. för.",
        "7696123459",
        "https://hasslo.example.org",
    )


def test_the_receipt_says_what_to_do_next(session: Session, client: FlaskClient) -> None:
    as_staff(client, session)
    page = words(client.get(send(client, NEW, FILLED).location))
    assert "Hasslö Fiber ek. för. är registrerad. Lägg nu till orterna" in page


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Namn saknas."),
        ("name", "x" * 161, "Skriv högst 160 tecken."),
        ("name", "Fiber 811218-9876", "Det här ser ut som ett personnummer."),
        ("organisation_number", "769612-3458", "Organisationsnumret stämmer inte"),
        ("organisation_number", "811218-9876", "En enskild firma kan inte registreras här"),
        ("organisation_number", "12", "Skriv organisationsnumrets tio siffror"),
        ("legal_form", "", "Välj juridisk form."),
        ("legal_form", "nonsense", "Välj juridisk form."),
        ("status", "", "Välj status."),
        ("founded_year", "12,5", "Skriv året med fyra siffror"),
        ("founded_year", "1000", "Skriv ett år från 1850 till"),
        ("county_code", "07", "Välj ett län som du arbetar med."),
        ("county_code", "", "Välj ett län som du arbetar med."),
        ("network_operator", "x" * 121, "Skriv högst 120 tecken."),
        ("communication_operator", "8112189876", "Det här ser ut som ett personnummer."),
        ("website", "javascript:alert(1)", "Skriv en adress som https://www.byn.se."),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_lost(
    session: Session, client: FlaskClient, field: str, typed: str, sentence: str
) -> None:
    as_staff(client, session)
    answer = send(client, NEW, FILLED | {field: typed})
    kept = values(answer.get_data(as_text=True))
    is_list = field in {"legal_form", "status", "county_code"}
    expected = {name: value for name, value in FILLED.items() if name != field}
    assert answer.status_code == 422
    assert words(answer).count(sentence) == 2
    assert {name: kept[name] for name in expected} == expected
    assert is_list or kept[field] == typed
    assert session.scalars(select(Association)).all() == []


def test_control_signs_never_reach_the_database(session: Session, client: FlaskClient) -> None:
    as_staff(client, session)
    send(client, NEW, FILLED | {"name": "Hasslö\x00\x1f Fiber\u200b"})
    assert stored(session).name == "Hasslö Fiber"


def test_a_number_that_is_taken_names_its_holder(session: Session, client: FlaskClient) -> None:
    as_staff(client, session)
    send(client, NEW, FILLED)
    answer = send(client, NEW, FILLED | {"name": "Sturkö byanät"})
    assert answer.status_code == 422
    assert "Hasslö Fiber ek. för. har redan det här organisationsnumret." in words(answer)


def test_a_name_much_like_another_is_asked_about(session: Session, client: FlaskClient) -> None:
    factories.association(session, "Älmhult-Liatorp Fiber ek. för.")
    as_staff(client, session)
    fields = FILLED | {"name": "Älmhult-Liatorp Fiber 2 ek. för."}
    answer = send(client, NEW, fields)
    assert answer.status_code == 422
    assert "Det finns redan Älmhult-Liatorp Fiber ek. för." in words(answer)
    assert send(client, NEW, fields | {"is_another": "y"}).status_code == 303


def test_an_unchanged_name_is_not_asked_about_again(session: Session, client: FlaskClient) -> None:
    factories.association(session, "Byns Fiber")
    held = factories.association(session, "Byns Fiber 2")
    as_staff(client, session)
    path = f"/associations/{held.id}/edit"
    fields = values(client.get(path).get_data(as_text=True)) | {"founded_year": "2014"}
    assert send(client, path, fields).status_code == 303


def test_the_form_holds_what_is_stored(session: Session, client: FlaskClient) -> None:
    as_staff(client, session)
    send(client, NEW, FILLED)
    path = f"/associations/{stored(session).id}/edit"
    kept = values(client.get(path).get_data(as_text=True))
    assert {name: kept[name] for name in FILLED} == FILLED | {
        "website": "https://hasslo.example.org"
    }
    assert kept["version"] == "1"


def test_a_reporter_changes_operators_and_website(session: Session, client: FlaskClient) -> None:
    held = factories.association(session)
    as_reporter(client, session, held.id)
    path = f"/associations/{held.id}/details"
    answer = send(client, path, {"network_operator": "Bynet AB", "version": "1"})
    session.expire_all()
    assert (answer.status_code, held.network_operator) == (303, "Bynet AB")


def test_a_reporter_cannot_change_name_or_status_by_that_form(
    session: Session, client: FlaskClient
) -> None:
    held = factories.association(session)
    as_reporter(client, session, held.id)
    path = f"/associations/{held.id}/details"
    send(client, path, {"name": "Kapad", "status": "dissolved", "version": "1"})
    session.expire_all()
    assert (held.name, held.status.value) == ("Byns Fiber ek. för.", "operating")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("page", ["details", "contacts/new", "commitments/new"])
@pytest.mark.parametrize("whose", ["foreign", "none"])
def test_a_reporter_meets_the_same_not_found_for_foreign_and_none(
    session: Session, client: FlaskClient, method: str, page: str, whose: str
) -> None:
    own, other = factories.association(session), factories.association(session, "Annan")
    as_reporter(client, session, own.id)
    token_page = f"/associations/{own.id}/details"
    key = other.id if whose == "foreign" else 999_999
    path = f"/associations/{key}/{page}"
    answer = (
        client.get(path) if method == "get" else send(client, path, {"name": "x"}, seen=token_page)
    )
    assert answer.status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("page", ["edit", "villages/new", "villages/1", "details", "contacts/1"])
def test_staff_meet_not_found_outside_their_counties(
    session: Session, client: FlaskClient, method: str, page: str
) -> None:
    held = factories.association(session)
    as_staff(client, session, "07")
    path = f"/associations/{held.id}/{page}"
    answer = client.get(path) if method == "get" else send(client, path, {}, seen=NEW)
    assert answer.status_code == 404


@pytest.mark.parametrize("page", ["edit", "villages/new"])
def test_reporters_do_not_open_the_regions_forms(
    session: Session, client: FlaskClient, page: str
) -> None:
    held = factories.association(session)
    as_reporter(client, session, held.id)
    assert client.get(f"/associations/{held.id}/{page}").status_code == 403


def test_visitors_are_asked_to_sign_in(session: Session, client: FlaskClient) -> None:
    assert client.get(NEW).status_code == 303


def test_a_form_without_its_token_stores_nothing(session: Session, client: FlaskClient) -> None:
    as_staff(client, session)
    assert client.post(NEW, data=FILLED).status_code == 400
    assert session.scalars(select(Association)).all() == []
