"""One's own account: name, language, what one is here."""

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.models import User
from outreach.accounts.rules import RoleName
from tests import factories
from tests.accounts.people import attempt, person, send
from tests.signing_in import sign_in


def test_the_page_says_what_one_does_and_where(client: FlaskClient, session: Session) -> None:
    made = factories.association(session, "Byns Fiber")
    user = factories.user(session, RoleName.ASSOCIATION_REPORTER, associations=(made.id,))
    sign_in(client, user)
    page = client.get("/account").text
    assert "Rapportör för föreningar" in page
    assert "Byns Fiber" in page


def test_name_and_language_are_saved_and_the_pages_change_language(
    client: FlaskClient, session: Session
) -> None:
    user = factories.user(session)
    sign_in(client, user)
    assert send(client, "/account", name="  Ny   Namnsson ", locale="en").status_code == 303
    saved = session.execute(select(User.name, User.locale)).one()
    assert tuple(saved) == ("Ny Namnsson", "en")
    assert '<html lang="en"' in client.get("/account").text


def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client: FlaskClient, session: Session
) -> None:
    sign_in(client, factories.user(session))
    response = send(client, "/account", name="x" * 121, locale="sv")
    assert response.status_code == 422
    assert "x" * 121 in response.text
    assert "högst 120 tecken" in response.text


def test_signing_in_brings_ones_language_along(client: FlaskClient, session: Session) -> None:
    person(session).locale = "en"
    attempt(client, "anna.ask@example.org")
    assert '<html lang="en"' in client.get("/account").text


def test_a_language_chosen_on_this_device_stays(client: FlaskClient, session: Session) -> None:
    person(session).locale = "en"
    client.get("/language/sv")
    attempt(client, "anna.ask@example.org")
    assert '<html lang="sv"' in client.get("/account").text


def test_a_signed_in_page_is_kept_by_no_shared_cache(client: FlaskClient, session: Session) -> None:
    sign_in(client, factories.user(session))
    assert client.get("/account").headers["Cache-Control"] == "private, no-cache"
