"""The role of a reporter passes to a new person, and the old one's rights end at once."""

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.models import User, UserSession
from outreach.accounts.queries import reach_of
from outreach.associations.models import AssociationContact
from outreach.mail.models import OutboxMessage
from tests import factories
from tests.associations.pages import as_reporter, as_staff, send, words
from tests.connections.pages import reporter_of, signed_in_reporter

NEW: dict[str, str | list[str]] = {
    "name": "Eva Ek",
    "email": "eva.ek@example.org",
    "locale": "sv",
}


def new_person(session: Session) -> User:
    return session.scalars(select(User).where(User.email == "eva.ek@example.org")).one()


def test_a_reporter_hands_over_and_is_out_at_once(client: FlaskClient, session: Session) -> None:
    of = factories.association(session)
    old = signed_in_reporter(client, session, of)
    path = f"/associations/{of.id}/hand-over"
    assert send(client, path, NEW | {"who": str(old.id)}).status_code == 303
    assert reach_of(session, new_person(session).id).associations == {of.id}
    assert not reach_of(session, old.id).associations
    assert not session.scalars(select(UserSession).where(UserSession.user_id == old.id)).all()
    assert [row.kind for row in session.scalars(select(OutboxMessage))] == ["invitation"]
    assert client.get(path).status_code in {302, 303}


def test_the_contact_with_the_same_address_is_replaced(
    client: FlaskClient, session: Session
) -> None:
    of = factories.association(session)
    old = reporter_of(session, of)
    factories.contact(session, of, email=old.email)
    as_staff(client, session)
    send(client, f"/associations/{of.id}/hand-over", NEW | {"who": str(old.id)})
    contacts = session.scalars(select(AssociationContact).order_by(AssociationContact.id)).all()
    assert [(one.name, one.valid_to is None) for one in contacts] == [
        ("Anna Ask", False),
        ("Eva Ek", True),
    ]


def test_what_the_old_person_does_for_others_stays(client: FlaskClient, session: Session) -> None:
    of, other = factories.association(session), factories.association(session, "Andra Fiber")
    old = reporter_of(session, of, other)
    as_staff(client, session)
    send(client, f"/associations/{of.id}/hand-over", NEW | {"who": str(old.id)})
    assert reach_of(session, old.id).associations == {other.id}


def test_somebody_with_an_account_gets_the_role_beside_their_own(
    client: FlaskClient, session: Session
) -> None:
    of, other = factories.association(session), factories.association(session, "Andra Fiber")
    old, new = reporter_of(session, of), reporter_of(session, other)
    as_staff(client, session)
    sent = NEW | {"who": str(old.id), "email": new.email}
    assert send(client, f"/associations/{of.id}/hand-over", sent).status_code == 303
    assert reach_of(session, new.id).associations == {of.id, other.id}
    assert [row.kind for row in session.scalars(select(OutboxMessage))] == ["handed_over"]


def test_the_role_does_not_go_to_staff(client: FlaskClient, session: Session) -> None:
    of = factories.association(session)
    old = reporter_of(session, of)
    as_staff(client, session)
    staff = session.scalars(select(User).order_by(User.id.desc())).first()
    assert staff is not None
    sent = NEW | {"who": str(old.id), "email": staff.email}
    page = send(client, f"/associations/{of.id}/hand-over", sent)
    assert page.status_code == 422
    assert "Uppgiften kan inte gå till den här e-postadressen." in words(page)


def test_a_reporter_hands_over_nobody_elses_role(client: FlaskClient, session: Session) -> None:
    of, foreign = factories.association(session), factories.association(session, "Andra Fiber")
    colleague = reporter_of(session, of)
    as_reporter(client, session, of.id)
    path = f"/associations/{of.id}/hand-over"
    assert send(client, path, NEW | {"who": str(colleague.id)}).status_code == 422
    assert reach_of(session, colleague.id).associations == {of.id}
    assert client.get(f"/associations/{foreign.id}/hand-over").status_code == 404
