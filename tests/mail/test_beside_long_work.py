"""Long work is done by one thread, so that the other can send; nothing that was asked is lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from flask import Flask
from sqlalchemy import text

from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.database.transaction import reading
from outreach.extensions import db
from outreach.mail.commands import enqueue
from outreach.mail.queue import OneAtATime
from outreach.mail.rules import NewMessage
from outreach.mail.sending import send_outbox
from outreach.settings import Settings
from tests.mail.server import Mailbox, serving

HOLDS_SECONDS = 4
"""Longer than PostgreSQL lets a page wait for a lock."""


def test_a_second_thread_leaves_long_work_to_the_first_and_is_free() -> None:
    long, began, may_end, done = OneAtATime(), Event(), Event(), list[str]()

    def import_rows() -> None:
        began.set()
        assert may_end.wait(10)
        done.append("import")

    with ThreadPoolExecutor() as threads:
        first = threads.submit(long.run, "import", import_rows)
        assert began.wait(10)
        for _ in range(3):
            long.run("paper", lambda: done.append("paper"))
        assert done == []
        may_end.set()
        first.result(10)
    assert done == ["import", "paper"]


def test_work_that_fails_keeps_nothing_else_from_being_done() -> None:
    long, done = OneAtATime(), list[str]()
    with pytest.raises(ZeroDivisionError):
        long.run("import", lambda: 1 // 0)
    long.run("paper", lambda: done.append("paper"))
    assert done == ["paper"]


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """Takes a second for each letter."""
    with serving(Mailbox(seconds_each=1)) as found:
        yield found


def test_what_was_sent_is_noted_although_another_writer_holds_the_message(
    sending_app: Flask, settings: Settings, mailbox: Mailbox
) -> None:
    def hold() -> None:
        """Take the message while it is under way, for longer than a page may wait."""
        with sending_app.app_context():
            while _state() != "claimed":
                sleep(0.05)
            with transaction(db.session()):
                db.session.execute(text("UPDATE outbox_message SET attempts = attempts"))
                sleep(HOLDS_SECONDS)

    with sending_app.app_context():
        with transaction(db.session()):
            message = NewMessage("notice", "anna@example.org", "Hej", "Text\n")
            enqueue(db.session(), message, now=utc_now())
        with ThreadPoolExecutor() as threads:
            holding = threads.submit(hold)
            send_outbox(db.session(), settings, clock=utc_now)
            holding.result(30)
        assert _state() == "sent"
    assert mailbox.recipients == ["anna@example.org"]


def _state() -> str:
    with reading(db.session()):
        return str(db.session.scalar(text("SELECT state FROM outbox_message")))
