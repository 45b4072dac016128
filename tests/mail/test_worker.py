"""The real worker process sends what a request has written."""

import importlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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

ROOT = Path(__file__).resolve().parent.parent.parent
CONSUMER = str(Path(sys.executable).parent / "huey_consumer")


def _environment(settings: Settings) -> dict[str, str]:
    return {
        "DATABASE_URL": settings.database_url,
        "OUTREACH_SECRET_KEY": settings.secret_key,
        "OUTREACH_PASSWORD_SALT": settings.password_salt,
        "OUTREACH_QUEUE_PATH": str(settings.queue_path),
        "OUTREACH_SMTP_URL": settings.smtp_url or "",
        "OUTREACH_BASE_URL": settings.base_url,
    }


@contextmanager
def _working(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [CONSUMER, "outreach.jobs.huey", "-w", "1", "-k", "thread", "-f", "-S"],
        cwd=ROOT,
        env=os.environ | _environment(settings),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


@pytest.mark.server
def test_the_worker_sends_when_it_is_woken(
    sending_app: Flask, settings: Settings, mailbox: Mailbox
) -> None:
    with sending_app.app_context():
        with transaction(db.session()):
            message = NewMessage("notice", "anna@example.org", "Hej", "Text\n")
            enqueue(db.session(), message, now=utc_now())
        wake_mailer()
    with _working(settings) as process:
        deadline = time.monotonic() + 30
        while not mailbox.received and time.monotonic() < deadline:
            assert process.poll() is None
            time.sleep(0.1)
    assert mailbox.recipients == ["anna@example.org"]


def test_the_worker_also_looks_by_itself(
    settings: Settings, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in _environment(settings).items():
        monkeypatch.setenv(name, value)
    jobs = importlib.import_module("outreach.jobs")
    try:
        with jobs.app.app_context(), transaction(db.session()):
            message = NewMessage("notice", "anna@example.org", "Hej", "Text\n")
            enqueue(db.session(), message, now=utc_now())
        jobs.send_each_minute.call_local()
        jobs.tidy_each_hour.call_local()
    finally:
        with jobs.app.app_context():
            db.session.remove()
            db.engine.dispose()
        jobs.huey.storage.close()
        del sys.modules["outreach.jobs"]
    assert mailbox.recipients == ["anna@example.org"]
