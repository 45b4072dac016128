"""Erasing a person keeps the counts and takes the name; and everyone gets their own data."""

import json
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from outreach.accounts.models import User, UserSession
from outreach.accounts.rules import RoleName
from outreach.associations.models import Association, AssociationContact
from outreach.connections.link_models import ReportLink
from outreach.connections.link_rules import LinkEnd
from outreach.database.audit import AuditEvent, record
from outreach.mail.commands import enqueue
from outreach.mail.models import MessageState, OutboxMessage
from outreach.mail.rules import NewMessage
from tests import factories
from tests.connections.making import Counts, report, version
from tests.connections.pages import words
from tests.factories import NOW
from tests.signing_in import sign_in, token

NAME, ADDRESS, PHONE = "Bodil Bengtsson", "bodil@example.org", "0455-123456"


@pytest.fixture
def association(session: Session) -> Association:
    return factories.association(session, "Åby Fiber", serving=[factories.village(session)])


@pytest.fixture
def bodil(session: Session, association: Association) -> User:
    """A reporter who has submitted a report, is signed in, and has been written to."""
    made = factories.user(
        session, RoleName.ASSOCIATION_REPORTER, associations=(association.id,), email=ADDRESS
    )
    made.name = NAME
    session.flush()
    once = f"report_returned:1:{ADDRESS}"
    message = NewMessage("report_returned", ADDRESS, f"Hej {NAME}", f"Hej {NAME}", once_key=once)
    enqueue(session, message, now=NOW)
    return made


@pytest.fixture
def contact(session: Session, association: Association) -> AssociationContact:
    made = AssociationContact(
        association_id=association.id,
        name=NAME,
        duty="Kassör",
        email=ADDRESS.upper(),
        phone=PHONE,
        valid_from=date(2020, 1, 1),
    )
    session.add(made)
    session.flush()
    session.add(
        ReportLink(
            round_id=factories.reporting_round(session, date(2025, 4, 1)).id,
            association_id=association.id,
            contact_id=made.id,
            contact_name=NAME,
            created_at=NOW,
        )
    )
    facts = {"name": NAME, "email": ADDRESS, "phone": PHONE}
    record(
        session, "created", of=("association_contact", made.id), user_id=None, at=NOW, after=facts
    )
    session.flush()
    return made


@pytest.fixture
def administrator(session: Session, client: FlaskClient) -> User:
    made = factories.user(session, RoleName.ADMINISTRATOR)
    sign_in(client, made)
    return made


def _erase(client: FlaskClient, path: str) -> TestResponse:
    return client.post(path, data={"csrf_token": token(client, path)})


def _letter(session: Session) -> OutboxMessage:
    """The one that was written."""
    return session.scalars(select(OutboxMessage)).one()


def _everything(session: Session) -> str:
    """All that the tables of the program hold."""
    session.flush()
    rows = (session.execute(select(table)).all() for table in User.metadata.sorted_tables)
    return "\n".join(str(found) for found in rows)


def test_nothing_of_the_person_is_left_in_the_whole_database(
    session: Session,
    client: FlaskClient,
    bodil: User,
    contact: AssociationContact,
    administrator: User,
) -> None:
    before = _everything(session)
    assert all(one in before for one in (NAME, ADDRESS, PHONE))
    assert _erase(client, f"/accounts/{bodil.id}/erase").status_code == 303
    after = _everything(session)
    assert [one for one in (NAME, ADDRESS, ADDRESS.upper(), PHONE) if one in after] == []


def test_counts_and_history_stay_under_another_name(
    session: Session,
    client: FlaskClient,
    bodil: User,
    association: Association,
    administrator: User,
) -> None:
    in_round = factories.reporting_round(session)
    place = association.served[0].village
    made = version(
        session, report(session, association, in_round), counts=[(place, Counts(10, 8, 7))]
    )
    made.submitted_by_id = bodil.id
    session.flush()
    _erase(client, f"/accounts/{bodil.id}/erase")
    assert [one.connected for one in made.counts] == [7]
    page = words(client.get(f"/reports/{association.id}/history"))
    assert ("Raderad person" in page, NAME in page) == (True, False)


def test_the_person_is_signed_out_and_has_no_way_back(
    session: Session, client: FlaskClient, bodil: User, administrator: User
) -> None:
    theirs = client.application.test_client()
    sign_in(theirs, bodil)
    _erase(client, f"/accounts/{bodil.id}/erase")
    assert (bodil.active, bodil.password, bodil.roles, bodil.grants) == (False, None, [], [])
    held = session.scalars(select(UserSession).where(UserSession.user_id == bodil.id)).all()
    assert (held, theirs.get("/account").status_code) == ([], 303)


def test_a_letter_that_waited_is_not_sent(
    session: Session, client: FlaskClient, bodil: User, administrator: User
) -> None:
    _erase(client, f"/accounts/{bodil.id}/erase")
    mail = _letter(session)
    assert (mail.state, mail.recipient, mail.body) == (MessageState.FAILED, "", None)


def test_letters_to_a_contact_go_however_the_address_is_spelt(
    session: Session,
    client: FlaskClient,
    bodil: User,
    contact: AssociationContact,
    administrator: User,
) -> None:
    _erase(client, f"/associations/{contact.association_id}/contacts/{contact.id}/erase")
    mail = _letter(session)
    assert (mail.recipient, mail.subject, mail.body) == ("", "", None)


def test_the_erasure_is_on_record_without_the_name(
    session: Session,
    client: FlaskClient,
    bodil: User,
    contact: AssociationContact,
    administrator: User,
) -> None:
    _erase(client, f"/accounts/{bodil.id}/erase")
    noted = session.scalars(select(AuditEvent).where(AuditEvent.action == "person_erased"))
    assert [(one.object_type, one.user_id, one.after) for one in noted] == [
        ("user", administrator.id, None),
        ("association_contact", administrator.id, None),
    ]
    page = words(client.get(f"/changes?kind=association_contact&object={contact.id}"))
    assert ("Namn : raderat" in page or "Namn: raderat" in page, NAME in page) == (True, False)


def test_nobody_erases_themselves_or_an_administrator(
    session: Session, client: FlaskClient, administrator: User
) -> None:
    other = factories.user(session, RoleName.ADMINISTRATOR)
    own = _erase(client, f"/accounts/{administrator.id}/erase")
    theirs = _erase(client, f"/accounts/{other.id}/erase")
    assert (own.status_code, "Du kan inte radera dig själv" in own.text) == (422, True)
    assert (theirs.status_code, "Ta först bort den rollen" in theirs.text) == (422, True)
    assert other.erased_at is None


def test_who_is_erased_already_is_not_erased_again(
    client: FlaskClient, bodil: User, administrator: User
) -> None:
    path = f"/accounts/{bodil.id}/erase"
    sent = {"csrf_token": token(client, path)}
    assert [client.post(path, data=sent).status_code for _ in range(2)] == [303, 404]


def test_a_contact_is_erased_and_ended_and_an_account_is_left(
    session: Session,
    client: FlaskClient,
    bodil: User,
    contact: AssociationContact,
    administrator: User,
) -> None:
    path = f"/associations/{contact.association_id}/contacts/{contact.id}/erase"
    assert _erase(client, path).status_code == 303
    assert (contact.name, contact.duty, contact.email, contact.phone) == (
        "Raderad person",
        None,
        None,
        None,
    )
    assert (contact.valid_to is not None, bodil.name) == (True, NAME)


def test_a_contact_that_is_erased_can_no_longer_report_by_link(
    session: Session, client: FlaskClient, contact: AssociationContact, administrator: User
) -> None:
    _erase(client, f"/associations/{contact.association_id}/contacts/{contact.id}/erase")
    link = session.scalars(select(ReportLink)).one()
    assert (link.end_cause, link.contact_name) == (LinkEnd.CONTACT_CHANGED, "Raderad person")


def test_there_is_no_contact_of_that_number_to_erase(
    client: FlaskClient, association: Association, administrator: User
) -> None:
    assert client.get(f"/associations/{association.id}/contacts/4711/erase").status_code == 404


def test_everyone_gets_all_that_is_kept_about_them(
    session: Session,
    client: FlaskClient,
    bodil: User,
    contact: AssociationContact,
) -> None:
    sign_in(client, bodil)
    answer = client.get("/account/data.json")
    found = json.loads(answer.text)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="outreach-my-data.json"'
    assert found["account"]["email"] == ADDRESS
    assert found["roles"] == ["association_reporter"]
    assert found["places"] == ["Åby Fiber"]
    assert [one["phone"] for one in found["contact_for"]] == [PHONE]
    assert [one["kind"] for one in found["emails"]] == ["report_returned"]
    assert len(found["devices"]) == 1
