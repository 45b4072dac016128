"""Handing mail to a real server: taken, refused, put off, or nobody knows."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Thread

import pytest

from outreach.mail.rules import ClaimedMessage, Outcome
from outreach.mail.sending import composed
from outreach.mail.smtp import MailServer, MailServerError, send
from tests.mail.server import Mailbox, breaking_off, free_port, serving
from tests.settings import BASE

MESSAGE = ClaimedMessage(
    id=7,
    kind="reset",
    claimed_at=datetime(2026, 11, 22, 12, tzinfo=UTC),
    attempts=1,
    recipient="anna@example.org",
    subject="Välj ett nytt lösenord – Åsa",
    body="Hej Åsa,\n\nhttp://localhost/reset/" + "x" * 300 + "\n.\nHälsningar\n",
)
MAIL = composed(MESSAGE, BASE)


def _to(mailbox: Mailbox) -> MailServer:
    return MailServer.from_url(mailbox.url)


def test_a_message_arrives_as_it_was_written(mailbox: Mailbox) -> None:
    assert send(_to(mailbox), MAIL).outcome is Outcome.SENT
    (received,) = mailbox.received
    assert received["Subject"] == "Välj ett nytt lösenord – Åsa"
    assert received.get_content().replace("\r\n", "\n") == MESSAGE.body
    assert mailbox.recipients == ["anna@example.org"]


def test_it_says_whom_it_is_from_and_that_no_person_wrote_it(mailbox: Mailbox) -> None:
    send(_to(mailbox), MAIL)
    (received,) = mailbox.received
    assert received["From"] == "Outreach <no-reply@outreach.invalid>"
    assert received["Message-ID"] == "<outbox-7-1@localhost>"
    assert received["Auto-Submitted"] == "auto-generated"
    assert received["Date"] == "Sun, 22 Nov 2026 12:00:00 +0000"


@pytest.mark.parametrize(
    ("rcpt", "data", "outcome"),
    [
        ("451 try later", "250 OK", Outcome.LATER),
        ("550 no such user", "250 OK", Outcome.REFUSED),
        ("250 OK", "452 too busy", Outcome.LATER),
        ("250 OK", "554 not wanted", Outcome.REFUSED),
    ],
)
def test_a_refusal_is_for_good_or_for_now(rcpt: str, data: str, outcome: Outcome) -> None:
    with serving(Mailbox(rcpt=rcpt, data=data)) as mailbox:
        report = send(_to(mailbox), MAIL)
    assert report.outcome is outcome
    assert report.detail in {rcpt, data}


def test_nobody_at_home_means_later() -> None:
    report = send(MailServer.from_url(f"smtp://127.0.0.1:{free_port()}"), MAIL)
    assert report.outcome is Outcome.LATER


def test_a_server_that_hangs_up_while_it_takes_the_text_leaves_it_unknown() -> None:
    with breaking_off() as port:
        report = send(MailServer.from_url(f"smtp://127.0.0.1:{port}"), MAIL)
    assert report.outcome is Outcome.UNKNOWN
    assert report.detail.startswith("unknown")


@pytest.mark.parametrize("script", [[b"220 hello", b"250 OK", b"550 not you"], [b"220 hello"]])
def test_what_fails_before_the_text_is_under_way_is_tried_later(script: list[bytes]) -> None:
    with _saying(script) as port:
        report = send(MailServer.from_url(f"smtp://127.0.0.1:{port}"), MAIL)
    assert report.outcome is Outcome.LATER


def test_a_server_that_hangs_up_after_the_sender_has_taken_nothing() -> None:
    with _saying([b"220 hello", b"250 OK", b"250 OK"]) as port:
        report = send(MailServer.from_url(f"smtp://127.0.0.1:{port}"), MAIL)
    assert report.outcome is Outcome.LATER


def test_a_wrong_password_is_tried_later_when_somebody_has_put_it_right() -> None:
    script = [b"220 hello", b"250-hello\r\n250 AUTH PLAIN", b"535 wrong password"]
    with _saying(script) as port:
        report = send(MailServer.from_url(f"smtp://user:wrong@127.0.0.1:{port}"), MAIL)
    assert report.outcome is Outcome.LATER
    assert report.detail == "535 wrong password"


def test_a_server_that_cannot_speak_tls_gets_nothing() -> None:
    with _saying([b"220 hello"]) as port:
        report = send(MailServer.from_url(f"smtps://127.0.0.1:{port}"), MAIL)
    assert report.outcome is Outcome.LATER


def test_a_server_that_offers_no_encryption_gets_no_password() -> None:
    with serving(Mailbox()) as mailbox:
        url = mailbox.url.replace("smtp://", "smtp+starttls://user:secret@")
        report = send(MailServer.from_url(url), MAIL)
    assert report.outcome is Outcome.LATER
    assert mailbox.received == []


def test_an_address_is_read_with_its_parts() -> None:
    server = MailServer.from_url("smtp+starttls://region%40mail:p%3Aw@mail.example:2525")
    assert server == MailServer("smtp+starttls", "mail.example", 2525, "region@mail", "p:w")


@pytest.mark.parametrize(
    ("url", "port"),
    [
        ("smtp://mail.example", 25),
        ("smtp+starttls://mail.example", 587),
        ("smtps://mail.example", 465),
    ],
)
def test_each_way_has_its_usual_port(url: str, port: int) -> None:
    assert MailServer.from_url(url).port == port


@pytest.mark.parametrize("url", ["", "mail.example", "http://mail.example", "smtp://"])
def test_an_address_that_is_none_says_what_one_looks_like(url: str) -> None:
    with pytest.raises(MailServerError, match="smtps://"):
        MailServer.from_url(url)


@contextmanager
def _saying(script: list[bytes]) -> Iterator[int]:
    """A server that greets and answers line for line, and then hangs up."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as lines:
            for number, answer in enumerate(script):
                if number:
                    lines.readline()
                connection.sendall(answer + b"\r\n")
            connection.shutdown(socket.SHUT_WR)
            lines.readline()

    thread = Thread(target=serve)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        thread.join()
        listener.close()
