"""Anyone questions a published figure: the form, its limits, and what readers then see."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from outreach.associations.models import Association
from outreach.database.audit import AuditEvent
from outreach.mail.models import MessageState, OutboxMessage
from outreach.measures.rates import Counts
from outreach.places.models import Village
from outreach.questions.models import FigureQuestion
from outreach.questions.rules import QuestionState
from outreach.questions.upkeep import forget_askers
from tests import factories
from tests.connections.pages import words
from tests.gap.rows import place, publish
from tests.questions.asking import asked, send, typed
from tests.signing_in import token

FULL = Counts(100, 80, 40, 30)


@pytest.fixture
def village(session: Session) -> Village:
    made = place(session, "Åby")
    publish(session, made, FULL)
    return made


@pytest.fixture
def association(session: Session, village: Village) -> Association:
    return factories.association(session, "Åby Fiber", serving=[village])


def _questions(session: Session) -> list[FigureQuestion]:
    return list(session.scalars(select(FigureQuestion).order_by(FigureQuestion.id)))


def test_a_question_without_an_address_is_stored_and_can_be_followed(
    session: Session, client: FlaskClient, village: Village
) -> None:
    answer = send(client, village)
    [stored] = _questions(session)
    page = client.get(answer.location)
    assert (answer.status_code, stored.state, stored.asker_email) == (303, "asked", None)
    assert "Alla tolv husen är anslutna" in words(page)
    assert page.headers["Cache-Control"] == "private, no-store"


def test_the_link_is_stored_only_as_a_hash(
    session: Session, client: FlaskClient, village: Village
) -> None:
    secret = send(client, village).location.rsplit("/", 1)[1]
    [stored] = _questions(session)
    assert secret not in {stored.follow_hash, stored.submission_key}
    assert client.get(f"/questions/follow/{secret[:-1]}0x").status_code == 404


def test_the_form_sent_twice_is_one_question(
    session: Session, client: FlaskClient, village: Village
) -> None:
    path = f"/questions/new?village={village.code}"
    sent = typed(submission_key="a" * 32, csrf_token=token(client, path))
    first, second = (client.post(path, data=sent) for _ in range(2))
    assert (first.location, len(_questions(session))) == (second.location, 1)


def test_a_village_nobody_knows_has_no_form(client: FlaskClient) -> None:
    assert client.get("/questions/new?village=nowhere").status_code == 404
    assert client.get("/questions/new").status_code == 404


def test_the_figure_that_the_reader_came_from_is_chosen(
    client: FlaskClient, village: Village
) -> None:
    page = client.get(f"/questions/new?village={village.code}&measure=take_up&day=2025-10-01").text
    assert re.search(r'value="take_up" selected', page) is not None


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("claim", "", "Skriv några ord här."),
        ("why", "", "Skriv några ord här."),
        ("claim", "x" * 301, "Skriv högst 300 tecken."),
        ("why", "Anna har nummer 19811228-9874", "personnummer"),
        ("why", "Ring mig på 070-123 45 67", "kryssa i nedan att det är något annat"),
        ("claim", "Fråga anna@example.org", "kryssa i nedan att det är något annat"),
        ("email", "anna@", "namn@example.org"),
        ("day", "1999-01-01", "Välj"),
        ("measure", "guesses", "Välj"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    session: Session, client: FlaskClient, village: Village, field: str, value: str, said: str
) -> None:
    answer = send(client, village, **{field: value})
    assert (answer.status_code, said in words(answer)) == (422, True)
    assert _questions(session) == []
    if field in {"claim", "why"}:
        assert value in answer.text


def test_digits_that_are_no_phone_number_are_kept_when_meant(
    session: Session, client: FlaskClient, village: Village
) -> None:
    answer = send(client, village, why="Diarienummer 0701234567", details_are_meant="y")
    assert (answer.status_code, len(_questions(session))) == (303, 1)


def test_the_trap_catches_programs_silently(
    session: Session, client: FlaskClient, village: Village
) -> None:
    answer = send(client, village, website="https://spam.example")
    assert (answer.status_code, _questions(session)) == (303, [])


def test_the_sixth_question_from_one_address_has_to_wait_and_loses_nothing(
    session: Session, client: FlaskClient, village: Village
) -> None:
    for _ in range(5):
        assert send(client, village).status_code == 303
    answer = send(client, village)
    assert (answer.status_code, len(_questions(session))) == (429, 5)
    assert ("Försök igen" in answer.text, "Alla tolv husen" in answer.text) == (True, True)


def test_no_address_of_a_computer_is_stored(
    session: Session, client: FlaskClient, village: Village
) -> None:
    send(client, village)
    stored = session.execute(text("SELECT * FROM sign_in_attempt")).all()
    assert stored
    assert "127.0.0.1" not in str(stored)


def test_the_association_and_the_asker_are_written_to(
    session: Session, client: FlaskClient, village: Village, association: Association
) -> None:
    reporter = factories.user(
        session, RoleName.ASSOCIATION_REPORTER, associations=(association.id,)
    )
    answer = send(client, village, email="fragare@example.org")
    mails = {one.recipient: one for one in session.scalars(select(OutboxMessage))}
    assert mails.keys() == {reporter.email, "fragare@example.org"}
    assert answer.location in (mails["fragare@example.org"].body or "")
    assert "Alla tolv husen" in (mails[reporter.email].body or "")
    assert "fragare@example.org" not in (mails[reporter.email].body or "")


def test_a_village_without_reporters_goes_to_the_county(
    session: Session, client: FlaskClient, village: Village
) -> None:
    staff = factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",))
    send(client, village)
    assert [one.recipient for one in session.scalars(select(OutboxMessage))] == [staff.email]


def test_the_record_of_changes_holds_neither_words_nor_address(
    session: Session, client: FlaskClient, village: Village
) -> None:
    send(client, village, email="fragare@example.org")
    event = session.scalars(select(AuditEvent)).one()
    assert event.action == "question_asked"
    assert event.after == (
        f'{{"measure": "coverage", "reference_date": "2025-10-01", "village_id": {village.id}}}'
    )


def test_an_open_question_stands_at_the_figure_and_a_closed_one_no_more(
    session: Session, client: FlaskClient, village: Village
) -> None:
    gap, page = "/gap", f"/places/villages/{village.code}"
    assert ("Ifrågasatt" in client.get(gap).text, "Ingen ifrågasätter" in _panel(client, page)) == (
        False,
        True,
    )
    location = send(client, village).location
    visitor = client.application.test_client()
    assert ("Ifrågasatt" in visitor.get(gap).text, "Väntar på" in _panel(visitor, page)) == (
        True,
        True,
    )
    client.post(f"{location}/withdraw", data={"csrf_token": token(client, location)})
    assert "Ifrågasatt" not in visitor.get(gap).text
    assert [one.state for one in _questions(session)] == [QuestionState.WITHDRAWN]


def _panel(client: FlaskClient, path: str) -> str:
    found = re.search(
        r'<section[^>]*aria-labelledby="questions".*?</section>', client.get(path).text, re.DOTALL
    )
    assert found is not None
    return found[0]


def test_what_a_reader_wrote_is_not_published(client: FlaskClient, village: Village) -> None:
    send(client, village)
    visitor = client.application.test_client()
    for path in ("/gap", f"/places/villages/{village.code}"):
        assert "Alla tolv husen" not in visitor.get(path).text


def test_a_withheld_figure_and_an_absent_one_look_the_same(
    session: Session, client: FlaskClient
) -> None:
    hidden, absent = place(session, "Hemby"), place(session, "Hemby")
    publish(session, hidden, Counts(100, 80, 2, 1))
    publish(session, absent, None, register=100)
    pages = []
    for one in (hidden, absent):
        secret = send(client, one).location
        seen = [
            client.get(f"/questions/new?village={one.code}").text,
            client.get(secret).text.replace(secret, ""),
            _panel(client, f"/places/villages/{one.code}"),
        ]
        # Keys and tokens differ, and the minute may turn between the two.
        differing = r'value="[0-9a-f]{32}"|value="[\w.-]{40,}"|\d\d:\d\d'
        pages.append([re.sub(differing, "", page.replace(one.code, "")) for page in seen])
    assert pages[0] == pages[1]


def test_an_address_lives_no_longer_than_the_question(
    session: Session, client: FlaskClient, village: Village
) -> None:
    location = send(client, village, email="fragare@example.org").location
    client.post(f"{location}/withdraw", data={"csrf_token": token(client, location)})
    mail = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "question_step")).one()
    mail.state = MessageState.SENT
    session.flush()
    assert forget_askers(session) == 1
    session.expire_all()
    assert (mail.recipient, mail.body, _questions(session)[0].asker_email) == ("", None, None)


def test_the_database_keeps_no_address_of_a_closed_question(
    session: Session, village: Village
) -> None:
    made = asked(session, village, email="fragare@example.org")
    made.state = QuestionState.DISMISSED
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_question_taken_back_cannot_be_taken_back_again(
    app: Flask, client: FlaskClient, village: Village
) -> None:
    location = send(client, village).location
    sent = {"csrf_token": token(client, location)}
    first, second = (client.post(f"{location}/withdraw", data=sent) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 404)
