"""Organisations: seen and added as far as a person reaches."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from outreach.database.audit import AuditEvent, AuditPersonal
from outreach.rules import RuleBroken
from outreach.training.models import Organisation, OrganisationContact, Venue
from outreach.training.register_rules import OrganisationEntry
from outreach.training.rules import OrganisationKind
from tests import factories
from tests.signing_in import sign_in, token

Counting = Callable[[Callable[[], object]], int]


def _add(client: FlaskClient, **values: str) -> int:
    data = {"csrf_token": token(client, "/organisations/new"), **values}
    return client.post("/organisations/new", data=data).status_code


def test_a_session_logger_sees_their_own(client: FlaskClient, session: Session) -> None:
    own = factories.organisation(session, "Bibliotek A")
    other = factories.organisation(session, "Bibliotek B")
    sign_in(client, factories.user(session, RoleName.SESSION_LOGGER, organisations=(own.id,)))
    page = client.get("/organisations").text
    assert "Bibliotek A" in page
    assert "Bibliotek B" not in page
    assert client.get(f"/organisations/{own.id}").status_code == 200
    assert client.get(f"/organisations/{other.id}").status_code == 404


def test_staff_see_their_countys(client: FlaskClient, session: Session) -> None:
    factories.organisation(session, "Bibliotek A")
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("07",)))
    assert "Bibliotek A" not in client.get("/organisations").text


def test_staff_add_one_in_their_county(client: FlaskClient, session: Session) -> None:
    user = factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",))
    sign_in(client, user)
    assert _add(client, name="  Byns   bibliotek ", kind="library", county="10") == 303
    made = session.scalars(select(Organisation)).one()
    assert (made.name, made.kind, made.county_code) == (
        "Byns bibliotek",
        OrganisationKind.LIBRARY,
        "10",
    )
    event = session.scalars(select(AuditEvent)).one()
    assert (event.action, event.user_id) == ("organisation_added", user.id)


@pytest.mark.parametrize("county", ["07", "", "99", "x" * 200])
def test_staff_add_none_in_another_county(
    client: FlaskClient, session: Session, county: str
) -> None:
    factories.county(session, "07", "Kronobergs län")
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    assert _add(client, name="Bibliotek", kind="library", county=county) == 422
    assert session.scalars(select(Organisation)).all() == []


def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client: FlaskClient, session: Session
) -> None:
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    data = {"csrf_token": token(client, "/organisations/new"), "name": "Åbyns bibliotek"}
    response = client.post("/organisations/new", data=data | {"county": "10"})
    assert response.status_code == 422
    assert "Välj en i listan." in response.text
    assert "Åbyns bibliotek" in response.text


def test_a_session_logger_adds_none(client: FlaskClient, session: Session) -> None:
    own = factories.organisation(session)
    sign_in(client, factories.user(session, RoleName.SESSION_LOGGER, organisations=(own.id,)))
    assert client.get("/organisations/new").status_code == 403


def test_the_list_costs_the_same_however_many_there_are(
    client: FlaskClient, session: Session, statements: Counting
) -> None:
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    client.get("/organisations")
    costs = []
    for _ in range(2):
        for _ in range(5):
            factories.organisation(session)
        session.flush()
        costs.append(statements(lambda: client.get("/organisations")))
    assert costs[0] == costs[1]


@pytest.mark.parametrize("name", ["", "x" * 161, "A\nB"])
def test_a_name_is_one_line(name: str) -> None:
    with pytest.raises(RuleBroken):
        OrganisationEntry(name, OrganisationKind.OTHER, "10")


def _written(client: FlaskClient, address: str, **values: str) -> int:
    data = {"csrf_token": token(client, address), **values}
    return client.post(address, data=data).status_code


def test_a_loggers_own_contact_is_added_changed_and_forgotten(
    client: FlaskClient, session: Session
) -> None:
    own = factories.organisation(session)
    sign_in(client, factories.user(session, RoleName.SESSION_LOGGER, organisations=(own.id,)))
    new = f"/organisations/{own.id}/contacts/new"
    assert _written(client, new, name="Eva Ek") == 422
    assert _written(client, new, name="Eva Ek", email="eva@example.org") == 303
    held = session.scalars(select(OrganisationContact)).one()
    address = f"/organisations/{own.id}/contacts/{held.id}"
    changed = {"version": "1", "name": "Eva Ek", "phone": "070-123 45 67"}
    assert _written(client, address, **changed) == 303
    assert _written(client, address, **changed | {"name": "Eva Alm"}) == 409
    page = client.get(address)
    client.post(f"{address}/remove", data={"csrf_token": token(page)})
    assert session.scalars(select(OrganisationContact)).all() == []
    assert set(session.scalars(select(AuditPersonal.value))) == {None}
    # Somebody else has the form open still: what was typed is kept, to be added anew.
    late = client.post(address, data={"csrf_token": token(page), **changed, "name": "Eva Ask"})
    assert (late.status_code, client.get(address).status_code) == (409, 404)
    assert 'value="Eva Ask"' in late.text
    assert f'action="{new}"' in late.text
    again = client.post(f"{address}/remove", data={"csrf_token": token(page)})
    assert again.status_code == 303


def test_a_venue_says_what_is_not_known(client: FlaskClient, session: Session) -> None:
    own, village = factories.organisation(session), factories.village(session)
    sign_in(client, factories.user(session, RoleName.SESSION_LOGGER, organisations=(own.id,)))
    named = {"name": "Bygdegården", "village": village.code}
    assert _written(client, "/venues/new", name="Bygdegården") == 422
    assert _written(client, "/venues/new", name="Bygdegården", village="a\0b") == 422
    assert _written(client, "/venues/new", **named, is_accessible="no", loan_computers="0") == 303
    held = session.scalars(select(Venue)).one()
    assert (held.is_accessible, held.has_network, held.loan_computers) == (False, None, 0)
    assert (
        _written(client, f"/venues/{held.id}/edit", **named, version="1", has_network="yes") == 303
    )
    assert (held.is_accessible, held.has_network, held.loan_computers) == (None, True, None)


def test_a_changed_organisation_keeps_its_county(client: FlaskClient, session: Session) -> None:
    own = factories.organisation(session)
    factories.municipality(session)
    sign_in(client, factories.user(session, RoleName.SESSION_LOGGER, organisations=(own.id,)))
    address = f"/organisations/{own.id}/edit"
    wanted = {"version": "1", "name": "Nytt namn", "kind": "library", "county": "07"}
    assert _written(client, address, **wanted, municipalities="0780") == 422
    assert _written(client, address, **wanted, municipalities="1080") == 303
    assert (own.name, own.county_code) == ("Nytt namn", "10")
    assert [one.code for one in own.municipalities] == ["1080"]


def test_lists_are_files_too(client: FlaskClient, session: Session) -> None:
    own = factories.organisation(session)
    sign_in(client, factories.user(session, RoleName.SESSION_LOGGER, organisations=(own.id,)))
    for name in ("organisations", "sessions", "sessions/gaps", "programmes", "venues"):
        answer = client.get(f"/{name}.csv")
        assert answer.status_code == 200
        assert answer.content_type == "text/csv; charset=utf-8"


def test_venues_and_programmes_belong_to_training_in_the_menu(client: FlaskClient) -> None:
    for address in ("/sessions", "/venues", "/programmes"):
        text = client.get(address).get_data(as_text=True)
        current = re.findall(r'<a[^>]*aria-current="page"[^>]*>\s*(\w+)', text)
        assert "Utbildning" in current, address
