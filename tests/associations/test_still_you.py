"""Contacts are asked once a year whether they still are, and answer without signing in."""

import re
from datetime import date, timedelta

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.associations.models import AssociationContact
from outreach.associations.still_you import ask_contacts
from outreach.database.times import utc_now
from outreach.mail.models import OutboxMessage
from tests import factories
from tests.associations.pages import as_reporter, send, words
from tests.factories import NOW, TODAY


def asked(session: Session, *, on: date = TODAY) -> int:
    return ask_contacts(session, today=on, now=NOW)


def link(session: Session) -> str:
    body = session.scalars(select(OutboxMessage.body)).one()
    found = re.search(r"/still-you/\S+", body or "")
    assert found is not None
    return found[0]


def test_a_contact_is_asked_once_a_year(session: Session) -> None:
    factories.contact(session, factories.association(session))
    days = (0, 1, 364, 365, 366)
    found = [asked(session, on=date(2025, 12, 31) + timedelta(days=n)) for n in days]
    assert found == [1, 0, 1, 0, 0]


def test_a_contact_who_confirmed_this_year_is_not_asked(session: Session) -> None:
    held = factories.contact(session, factories.association(session))
    held.confirmed_at = NOW - timedelta(days=300)
    session.flush()
    assert asked(session) == 0


def test_demonstration_associations_get_no_mail(session: Session) -> None:
    of = factories.association(session)
    of.is_demonstration = True
    factories.contact(session, of)
    assert asked(session) == 0


def test_the_link_confirms_without_signing_in(client: FlaskClient, session: Session) -> None:
    held = factories.contact(session, factories.association(session))
    asked(session)
    page = send(client, link(session), {"answer": "yes"})
    assert "Det är antecknat att du fortfarande är kontaktperson" in words(page)
    assert held.confirmed_at is not None
    assert held.valid_to is None


def test_the_link_ends_a_contact_who_has_left_and_then_no_longer_works(
    client: FlaskClient, session: Session
) -> None:
    held = factories.contact(session, factories.association(session))
    asked(session)
    address = link(session)
    assert "Du är inte längre kontaktperson" in words(send(client, address, {"answer": "no"}))
    assert held.valid_to is not None
    assert held.valid_to <= utc_now().date() + timedelta(days=1)
    assert client.get(address).status_code == 410


def test_a_link_to_an_address_that_was_replaced_opens_nothing(
    client: FlaskClient, session: Session
) -> None:
    held = factories.contact(session, factories.association(session))
    asked(session)
    held.email = "eva@example.org"
    session.flush()
    assert client.get(link(session)).status_code == 410
    assert client.get("/still-you/guessed").status_code == 410


def test_a_reporter_confirms_on_the_associations_page(
    client: FlaskClient, session: Session
) -> None:
    of = factories.association(session)
    held = factories.contact(session, of)
    as_reporter(client, session, of.id)
    page = f"/associations/{of.id}"
    assert send(client, f"{page}/contacts/{held.id}/confirm", {}, seen=page).status_code == 303
    assert session.get_one(AssociationContact, held.id).confirmed_at is not None


def test_another_associations_contact_is_not_found(client: FlaskClient, session: Session) -> None:
    own, other = factories.association(session), factories.association(session, "Andra Fiber")
    held = factories.contact(session, other)
    factories.contact(session, own)
    as_reporter(client, session, own.id)
    path = f"/associations/{other.id}/contacts/{held.id}/confirm"
    assert send(client, path, {}, seen=f"/associations/{own.id}").status_code == 404


def test_a_contact_is_asked_in_the_associations_language(session: Session) -> None:
    of = factories.association(session)
    of.locale = "en"
    factories.contact(session, of)
    asked(session)
    subject = session.scalars(select(OutboxMessage.subject)).one()
    assert subject.startswith("Are you still a contact of")
