"""From the click to the mailbox: the outbox is emptied through a real server, each message once."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from outreach.accounts.rules import RoleName
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.mail.commands import enqueue
from outreach.mail.models import MessageState, OutboxMessage
from outreach.mail.queue import queue_of, wake_mailer
from outreach.mail.rules import NewMessage
from outreach.mail.sending import send_outbox
from outreach.settings import Settings
from tests import factories
from tests.accounts.people import OTHER_PASSWORD, attempt, person, send
from tests.mail.server import Mailbox, breaking_off, free_port, serving
from tests.signing_in import sign_in

ANNA = "anna.ask@example.org"


def _work(app: Flask) -> None:
    """What the worker does."""
    queue_of(app).run()


def _link(mailbox: Mailbox, path: str) -> str:
    found = re.search(rf"http://localhost({path}/\S+)", mailbox.received[-1].get_content())
    assert found is not None
    return found.group(1)


def _states(app: Flask) -> list[tuple[MessageState, str | None]]:
    with app.app_context():
        rows = db.session.execute(
            select(OutboxMessage.state, OutboxMessage.last_error).order_by(OutboxMessage.id)
        )
        return [(row.state, row.last_error) for row in rows]


def _write(app: Flask, count: int = 1) -> None:
    with app.app_context(), transaction(db.session()):
        for number in range(count):
            message = NewMessage("notice", f"user{number}@example.org", f"Nr {number}", "Text\n")
            enqueue(db.session(), message, now=utc_now())


def test_a_forgotten_password_is_replaced_through_the_mailbox(
    sending_app: Flask, mailbox: Mailbox
) -> None:
    with sending_app.app_context(), transaction(db.session()):
        person(db.session())
    at_home, elsewhere = sending_app.test_client(), sending_app.test_client()
    assert attempt(elsewhere, ANNA).status_code == 303
    send(at_home, "/reset", email=ANNA)
    _work(sending_app)
    assert mailbox.recipients == [ANNA]
    link = _link(mailbox, "/reset")
    values = {"password": OTHER_PASSWORD, "password_confirm": OTHER_PASSWORD}
    assert send(at_home, link, **values).location == "/sign-in"
    assert elsewhere.get("/account").status_code == 303
    assert at_home.get(link).location == "/reset"
    assert attempt(at_home, ANNA, OTHER_PASSWORD).status_code == 303
    with sending_app.app_context():
        bodies = db.session.scalars(
            select(OutboxMessage.body).where(OutboxMessage.kind == "reset")
        ).all()
    assert bodies == [None]


def test_an_invited_person_gets_in_through_the_mailbox(
    sending_app: Flask, mailbox: Mailbox
) -> None:
    inviting, invited = sending_app.test_client(), sending_app.test_client()
    with sending_app.app_context(), transaction(db.session()):
        admin = factories.user(db.session(), RoleName.ADMINISTRATOR)
        sign_in(inviting, admin)
    values = {"name": "Nils Ny", "email": "nils@example.org", "locale": "en"}
    send(inviting, "/accounts/invite", roles=RoleName.ADMINISTRATOR, **values)
    _work(sending_app)
    (received,) = mailbox.received
    assert received["Subject"] == "Welcome to Outreach"
    assert "Administrator" in received.get_content()
    link = _link(mailbox, "/welcome")
    send(invited, link, password=OTHER_PASSWORD, password_confirm=OTHER_PASSWORD)
    assert attempt(invited, "nils@example.org", OTHER_PASSWORD).status_code == 303


def test_two_senders_at_once_send_each_message_once(
    sending_app: Flask, settings: Settings, mailbox: Mailbox
) -> None:
    _write(sending_app, 20)
    together = Barrier(2)

    def work(_number: int) -> int:
        with sending_app.app_context():
            together.wait()
            return send_outbox(db.session(), settings, clock=utc_now)

    with ThreadPoolExecutor(2) as pool:
        sent = list(pool.map(work, range(2)))
    assert sum(sent) == 20
    assert sorted(mailbox.recipients) == sorted(f"user{number}@example.org" for number in range(20))


@pytest.mark.parametrize(
    ("answer", "state"),
    [("451 try later", MessageState.QUEUED), ("550 no such user", MessageState.FAILED)],
)
def test_what_the_server_refuses_waits_or_fails_with_its_words(
    sending_app: Flask, settings: Settings, answer: str, state: MessageState
) -> None:
    _write(sending_app)
    with serving(Mailbox(rcpt=answer)) as refusing, sending_app.app_context():
        send_outbox(db.session(), replace(settings, smtp_url=refusing.url), clock=utc_now)
    assert _states(sending_app) == [(state, answer)]


def test_with_the_mail_server_away_everything_waits(sending_app: Flask, settings: Settings) -> None:
    _write(sending_app)
    away = replace(settings, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    with sending_app.app_context():
        send_outbox(db.session(), away, clock=utc_now)
    ((state, error),) = _states(sending_app)
    assert state is MessageState.QUEUED
    assert "refused" in str(error)


def test_a_server_that_does_not_answer_is_asked_once_and_the_rest_waits(
    sending_app: Flask, settings: Settings
) -> None:
    _write(sending_app, 3)
    away = replace(settings, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    with sending_app.app_context():
        assert send_outbox(db.session(), away, clock=utc_now) == 1
    assert [error is None for _, error in _states(sending_app)] == [False, True, True]


def test_a_server_that_swallows_a_text_without_a_word_gets_no_second_one(
    sending_app: Flask, settings: Settings
) -> None:
    _write(sending_app, 3)
    with breaking_off() as port, sending_app.app_context():
        broken = replace(settings, smtp_url=f"smtp://127.0.0.1:{port}")
        send_outbox(db.session(), broken, clock=utc_now)
    states = [state for state, _ in _states(sending_app)]
    assert states == [MessageState.FAILED, MessageState.QUEUED, MessageState.QUEUED]


def test_without_a_mail_server_nothing_is_claimed(sending_app: Flask, settings: Settings) -> None:
    _write(sending_app)
    with sending_app.app_context():
        assert send_outbox(db.session(), replace(settings, smtp_url=None), clock=utc_now) == 0
    assert _states(sending_app) == [(MessageState.QUEUED, None)]


def test_the_request_wakes_the_worker(sending_app: Flask, mailbox: Mailbox) -> None:
    _write(sending_app)
    with sending_app.app_context():
        wake_mailer()
    queue = queue_of(sending_app).huey
    (task,) = queue.pending()
    queue.execute(task)
    assert mailbox.recipients == ["user0@example.org"]


def test_a_queue_that_is_away_fails_no_request(settings: Settings) -> None:
    app = Flask("stranded")
    with app.app_context():
        wake_mailer()


def test_a_mail_is_written_with_its_event_or_not_at_all(sending_app: Flask) -> None:
    def write_and_fail() -> None:
        with transaction(db.session()):
            enqueue(db.session(), NewMessage("n", "a@example.org", "s", "t"), now=utc_now())
            raise ZeroDivisionError

    with sending_app.app_context(), pytest.raises(ZeroDivisionError):
        write_and_fail()
    with sending_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(OutboxMessage)) == 0


def _admin(app: Flask) -> FlaskClient:
    client = app.test_client()
    with app.app_context(), transaction(db.session()):
        sign_in(client, factories.user(db.session(), RoleName.ADMINISTRATOR))
    return client


def test_administrators_see_what_failed_and_send_it_again(
    sending_app: Flask, settings: Settings, mailbox: Mailbox
) -> None:
    _write(sending_app)
    with serving(Mailbox(rcpt="550 no such user")) as refusing, sending_app.app_context():
        send_outbox(db.session(), replace(settings, smtp_url=refusing.url), clock=utc_now)
    admin = _admin(sending_app)
    assert "Misslyckades" in admin.get("/accounts/outbox?state=failed").text
    assert "550 no such user" in admin.get("/accounts/outbox/1").text
    assert send(admin, "/accounts/outbox/1/send-again", "/accounts/outbox/1").status_code == 303
    _work(sending_app)
    assert mailbox.recipients == ["user0@example.org"]
    assert send(admin, "/accounts/outbox/1/send-again", "/account").status_code == 404


def test_a_secret_link_is_shown_to_nobody_where_mail_is_sent(sending_app: Flask) -> None:
    with sending_app.app_context(), transaction(db.session()):
        message = NewMessage("reset", ANNA, "Hej", "hemlig länk\n", is_secret=True)
        enqueue(db.session(), message, now=utc_now())
    assert "hemlig länk" not in _admin(sending_app).get("/accounts/outbox/1").text
