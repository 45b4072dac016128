"""Villages served and contacts through their forms."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.associations.models import Association, AssociationContact, ServedVillage
from tests import factories
from tests.associations.pages import as_reporter, as_staff, send, values, words


@pytest.fixture
def held(session: Session) -> Association:
    return factories.association(session, "Byns Fiber")


def test_villages_of_one_name_are_told_apart_by_municipality(
    session: Session, client: FlaskClient, held: Association
) -> None:
    factories.municipality(session, "1081", name="Ronneby")
    factories.village(session, "Ramdala")
    factories.village(session, "Ramdala", municipality_code="1081")
    as_staff(client, session)
    page = words(client.get(f"/associations/{held.id}/villages/new?q=RAMDALA"))
    assert ("Ramdala, Karlskrona" in page, "Ramdala, Ronneby" in page) == (True, True)


def test_the_search_stays_within_the_county(
    session: Session, client: FlaskClient, held: Association
) -> None:
    factories.village(session, "Ramdala", municipality_code="0780")
    as_staff(client, session)
    page = words(client.get(f"/associations/{held.id}/villages/new?q=ramdala"))
    assert "Ingen ort i Blekinge län har ett namn med ”ramdala”." in page


def test_a_found_village_tells_who_serves_it(
    session: Session, client: FlaskClient, held: Association
) -> None:
    village = factories.village(session, "Ramdala")
    factories.association(session, "Grannens Fiber", serving=[village])
    as_staff(client, session)
    page = words(client.get(f"/associations/{held.id}/villages/new?q=ramdala"))
    assert "Ramdala, Karlskrona 1 förening betjänar orten i dag" in page


def test_a_chosen_village_is_added_from_a_coming_day(
    session: Session, client: FlaskClient, held: Association
) -> None:
    village = factories.village(session, "Ramdala")
    as_staff(client, session)
    path = f"/associations/{held.id}/villages/new?q=ramdala"
    answer = send(client, path, {"village": village.code, "valid_from": "2030-01-01"})
    served = session.scalars(select(ServedVillage)).one()
    assert (answer.status_code, answer.location) == (303, f"/associations/{held.id}#villages")
    assert (served.village_id, served.valid_from, served.valid_to) == (
        village.id,
        date(2030, 1, 1),
        None,
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"village": ""}, "Sök efter en ort och välj den i listan."),
        ({"village": "0780-finns-inte"}, "Välj orter i föreningens eget län."),
        ({"valid_from": ""}, "Från och med saknas."),
        ({"valid_from": "igår"}, "Skriv datumet som år-månad-dag"),
        ({"valid_from": "2025-02-30"}, "Skriv datumet som år-månad-dag"),
        ({"valid_from": "٢٠٢٥-٠١-٠١"}, "Skriv datumet som år-månad-dag"),
        ({"valid_from": "1066-01-01"}, "Skriv ett datum mellan 1990 och 2099."),
        ({"valid_to": "2025-01-01"}, "Slutdatumet måste ligga efter den första dagen."),
    ],
)
def test_a_village_that_cannot_be_added_is_refused_in_words(
    session: Session,
    client: FlaskClient,
    held: Association,
    fields: dict[str, str],
    sentence: str,
) -> None:
    villages = [factories.village(session, name) for name in ("Ramdala", "Ramdala by")]
    as_staff(client, session)
    path = f"/associations/{held.id}/villages/new?q=ramdala"
    filled: dict[str, str | list[str]] = {"village": villages[0].code, "valid_from": "2025-01-01"}
    answer = send(client, path, filled | fields)
    assert answer.status_code == 422
    assert words(answer).count(sentence) == 2
    assert session.scalars(select(ServedVillage)).all() == []


def test_a_served_village_is_ended_and_kept(session: Session, client: FlaskClient) -> None:
    held = factories.association(session, serving=[factories.village(session)])
    served = session.scalars(select(ServedVillage)).one()
    as_staff(client, session)
    path = f"/associations/{held.id}/villages/{served.id}"
    fields = values(client.get(path).get_data(as_text=True)) | {"valid_to": "2026-01-01"}
    assert send(client, path, fields).status_code == 303
    session.expire_all()
    assert (served.valid_from, served.valid_to) == (date(2015, 1, 1), date(2026, 1, 1))


def test_a_served_village_is_found_only_under_its_own_association(
    session: Session, client: FlaskClient, held: Association
) -> None:
    factories.association(session, "Annan", serving=[factories.village(session)])
    served = session.scalars(select(ServedVillage)).one()
    as_staff(client, session)
    assert client.get(f"/associations/{held.id}/villages/{served.id}").status_code == 404


def test_a_reporter_adds_a_contact(
    session: Session, client: FlaskClient, held: Association
) -> None:
    as_reporter(client, session, held.id)
    path = f"/associations/{held.id}/contacts/new"
    fields = values(client.get(path).get_data(as_text=True)) | {
        "name": "Eva Ek",
        "email": "Eva@Example.org",
        "phone": "0455-12 34 56",
    }
    answer = send(client, path, fields)
    made = session.scalars(select(AssociationContact)).one()
    assert (answer.status_code, answer.location) == (303, f"/associations/{held.id}#contacts")
    assert (made.name, made.email, made.phone) == ("Eva Ek", "Eva@example.org", "0455-12 34 56")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "Namn saknas."),
        ({"name": "Eva 811218-9876"}, "Det här ser ut som ett personnummer."),
        ({"duty": "811218-9876"}, "Det här ser ut som ett personnummer."),
        ({"phone": ""}, "Skriv en e-postadress eller ett telefonnummer, eller båda."),
        ({"phone": "ring mig"}, "Skriv ett telefonnummer med siffror"),
        ({"email": "eva@"}, "Skriv en e-postadress, till exempel"),
        ({"valid_from": "snart"}, "Skriv datumet som år-månad-dag"),
        ({"valid_to": "2024-12-31"}, "Slutdatumet måste ligga efter den första dagen."),
    ],
)
def test_a_contact_that_cannot_be_used_is_refused_and_kept_in_the_form(
    session: Session,
    client: FlaskClient,
    held: Association,
    fields: dict[str, str],
    sentence: str,
) -> None:
    as_reporter(client, session, held.id)
    path = f"/associations/{held.id}/contacts/new"
    filled: dict[str, str | list[str]] = {
        "name": "Eva Ek",
        "phone": "0455-123456",
        "valid_from": "2025-01-01",
        **fields,
    }
    answer = send(client, path, filled)
    kept = values(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert words(answer).count(sentence) == 2
    assert {name: kept[name] for name in filled} == filled
    assert session.scalars(select(AssociationContact)).all() == []


def test_a_contact_is_ended_through_its_form(
    session: Session, client: FlaskClient, held: Association
) -> None:
    contact = factories.contact(session, held)
    as_reporter(client, session, held.id)
    path = f"/associations/{held.id}/contacts/{contact.id}"
    fields = values(client.get(path).get_data(as_text=True)) | {"valid_to": "2026-01-01"}
    assert send(client, path, fields).status_code == 303
    session.expire_all()
    assert (contact.name, contact.valid_to) == ("Anna Ask", date(2026, 1, 1))


def test_a_contact_of_another_association_is_not_found(
    session: Session, client: FlaskClient, held: Association
) -> None:
    contact = factories.contact(session, factories.association(session, "Annan"))
    as_reporter(client, session, held.id)
    assert client.get(f"/associations/{held.id}/contacts/{contact.id}").status_code == 404
