"""Commitments through their form."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.associations.models import Association, Commitment
from tests import factories
from tests.associations.pages import as_reporter, as_staff, send, values, words

FILLED: dict[str, str | list[str]] = {
    "kind": "digital_help",
    "title": "Hjälpkvällar",
    "description": "Vi håller öppet.\n\nAlla är välkomna.",
    "target": "1 200",
    "due_date": "2027-06-01",
    "status": "promised",
}


@pytest.fixture
def held(session: Session, client: FlaskClient) -> Association:
    made = factories.association(session, "Byns Fiber", serving=[factories.village(session)])
    as_reporter(client, session, made.id)
    return made


def new(held: Association) -> str:
    return f"/associations/{held.id}/commitments/new"


def stored(session: Session) -> Commitment:
    session.expire_all()
    return session.scalars(select(Commitment)).one()


def test_a_reporter_adds_a_commitment(
    session: Session, client: FlaskClient, held: Association
) -> None:
    answer = send(client, new(held), FILLED)
    made = stored(session)
    assert (answer.status_code, answer.location) == (303, f"/commitments/{made.id}")
    assert (made.title, made.target, made.due_date, made.description) == (
        "Hjälpkvällar",
        1200,
        date(2027, 6, 1),
        "Vi håller öppet.\n\nAlla är välkomna.",
    )


def test_a_search_keeps_what_was_typed_and_stores_nothing(
    session: Session, client: FlaskClient, held: Association
) -> None:
    neighbour = factories.village(session, "Grannby")
    answer = send(client, new(held), FILLED | {"search": "GRANN", "action": "search"})
    kept = values(answer.get_data(as_text=True))
    assert answer.status_code == 200
    assert f'value="{neighbour.code}"' in answer.get_data(as_text=True)
    assert {name: kept[name] for name in FILLED} == FILLED
    assert session.scalars(select(Commitment)).all() == []


def test_a_ticked_village_stays_ticked_through_another_search(
    session: Session, client: FlaskClient, held: Association
) -> None:
    neighbour = factories.village(session, "Grannby")
    fields = FILLED | {"villages": [neighbour.code], "search": "zzz", "action": "search"}
    html = send(client, new(held), fields).get_data(as_text=True)
    assert f'value="{neighbour.code}" checked' in html


def test_villages_served_and_neighbours_may_be_chosen(
    session: Session, client: FlaskClient, held: Association
) -> None:
    own = held.served[0].village.code
    neighbour = factories.village(session, "Grannby").code
    send(client, new(held), FILLED | {"villages": [own, neighbour]})
    assert {place.code for place in stored(session).villages} == {own, neighbour}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": ""}, "Välj slag."),
        ({"status": "finished"}, "Välj status."),
        ({"title": ""}, "Rubrik saknas."),
        ({"title": "Eva 811218-9876"}, "Det här ser ut som ett personnummer."),
        ({"description": "811218-9876"}, "Det här ser ut som ett personnummer."),
        ({"description": "x" * 4001}, "Skriv högst 4 000 tecken."),
        ({"target": "-5"}, "Skriv talet utan minustecken."),
        ({"target": "12,5"}, "Skriv ett heltal."),
        ({"target": "0"}, "Skriv ett heltal från 1 till"),
        ({"target": "1000000000000"}, "Talet är för stort."),
        ({"target": "1.000"}, "Skriv talet utan punkt eller komma"),
        ({"target": "många"}, "Skriv ett heltal med siffror."),
        ({"due_date": "2027-13-01"}, "Skriv datumet som år-månad-dag"),
        ({"villages": ["0780-annat-lan"]}, "Välj orter i föreningens eget län."),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_lost(
    session: Session,
    client: FlaskClient,
    held: Association,
    fields: dict[str, str | list[str]],
    sentence: str,
) -> None:
    answer = send(client, new(held), FILLED | fields)
    kept = values(answer.get_data(as_text=True))
    rest = {name: value for name, value in FILLED.items() if name not in fields}
    assert answer.status_code == 422
    assert words(answer).count(sentence) == 2
    assert {name: kept[name] for name in rest} == rest
    assert session.scalars(select(Commitment)).all() == []


def test_contact_details_are_asked_about_and_taken_when_meant(
    session: Session, client: FlaskClient, held: Association
) -> None:
    fields = FILLED | {"description": "Anmäl dig till hjalp@example.org"}
    asked = send(client, new(held), fields)
    assert (asked.status_code, 'name="details_are_meant"' in asked.text) == (422, True)
    assert send(client, new(held), fields | {"details_are_meant": "y"}).status_code == 303


def test_the_question_is_not_put_before_there_is_reason(
    session: Session, client: FlaskClient, held: Association
) -> None:
    assert "details_are_meant" not in client.get(new(held)).text


def test_a_commitment_is_changed_by_its_association(
    session: Session, client: FlaskClient, held: Association
) -> None:
    path = f"{send(client, new(held), FILLED).location}/edit"
    fields = values(client.get(path).get_data(as_text=True)) | {"status": "done"}
    assert send(client, path, fields).status_code == 303
    assert stored(session).status.value == "done"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("whose", ["foreign", "none"])
def test_a_foreign_commitment_is_not_found(
    session: Session, client: FlaskClient, held: Association, method: str, whose: str
) -> None:
    send(client, new(held), FILLED)
    key = stored(session).id if whose == "foreign" else 999_999
    other = factories.association(session, "Annan")
    as_reporter(client, session, other.id)
    path = f"/commitments/{key}/edit"
    answer = client.get(path) if method == "get" else send(client, path, {}, seen=new(other))
    assert answer.status_code == 404


def test_staff_of_another_county_do_not_find_it(
    session: Session, client: FlaskClient, held: Association
) -> None:
    send(client, new(held), FILLED)
    as_staff(client, session, "07")
    assert client.get(f"/commitments/{stored(session).id}/edit").status_code == 404


def test_the_public_may_read_it_but_not_change_it(
    session: Session, client: FlaskClient, held: Association
) -> None:
    address = send(client, new(held), FILLED).location
    visitor = client.application.test_client()
    page = visitor.get(address)
    assert (page.status_code, "/edit" in page.text) == (200, False)
