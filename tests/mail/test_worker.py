"""The real worker process sends what a request has written."""

import importlib
import sys
import time

import pytest
from flask import Flask

from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.mail.commands import enqueue
from outreach.mail.queue import wake_mailer
from outreach.mail.rules import NewMessage
from outreach.settings import Settings
from tests.mail.server import Mailbox
from tests.workers import environment_of, working


@pytest.mark.server
def test_the_worker_sends_when_it_is_woken(
    sending_app: Flask, settings: Settings, mailbox: Mailbox
) -> None:
    with sending_app.app_context():
        with transaction(db.session()):
            message = NewMessage("notice", "anna@example.org", "Hej", "Text\n")
            enqueue(db.session(), message, now=utc_now())
        wake_mailer()
    with working(settings) as process:
        deadline = time.monotonic() + 30
        while not mailbox.received and time.monotonic() < deadline:
            assert process.poll() is None
            time.sleep(0.1)
    assert mailbox.recipients == ["anna@example.org"]


def test_the_worker_also_looks_by_itself(
    settings: Settings, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment_of(settings).items():
        monkeypatch.setenv(name, value)
    jobs = importlib.import_module("outreach.jobs")
    try:
        with jobs.app.app_context(), transaction(db.session()):
            message = NewMessage("notice", "anna@example.org", "Hej", "Text\n")
            enqueue(db.session(), message, now=utc_now())
        jobs.send_each_minute()
        jobs.tidy_each_hour()
    finally:
        with jobs.app.app_context():
            db.session.remove()
            db.engine.dispose()
        jobs.huey.storage.close()
        del sys.modules["outreach.jobs"]
    assert mailbox.recipients == ["anna@example.org"]
