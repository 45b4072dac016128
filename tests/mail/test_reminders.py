"""Reminders through a real mail server: each is received once, whoever dies meanwhile."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from outreach.connections.link_models import LinkKey
from outreach.connections.reminder_models import Reminder
from outreach.connections.reminding import remind_all
from outreach.database import transaction
from outreach.extensions import db
from outreach.mail.sending import send_outbox
from outreach.settings import Settings
from tests import factories
from tests.connections.linking import linked
from tests.mail.server import Mailbox
from tests.workers import ROOT, environment_of

BEFORE = datetime(2026, 11, 18, 11, tzinfo=UTC)
CLOSER = datetime(2026, 11, 28, 11, tzinfo=UTC)
# Runs the job until it is killed in the middle of writing.
KILLED = """
import os, signal
from outreach import create_app
from outreach.connections import reminding
from outreach.connections.reminding import remind_all
from outreach.extensions import db
from datetime import UTC, datetime
write, seen = reminding.write_reminder, []
def dying(*arguments, **named):
    write(*arguments, **named)
    seen.append(1)
    if len(seen) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
reminding.write_reminder = dying
with create_app().app_context():
    remind_all(db.session(), now=datetime(2026, 11, 18, 11, tzinfo=UTC))
"""


def _prepared(app: Flask, *, contacts: int) -> None:
    """An association that has not reported, with so many contacts."""
    with app.app_context():
        session = db.session()
        with transaction(session):
            link = linked(session)
            for number in range(contacts - 1):
                factories.contact(session, link.association, email=f"bo{number}@example.org")


def _remind(app: Flask, now: datetime) -> int:
    with app.app_context():
        return remind_all(db.session(), now=now)


def _deliver(app: Flask, settings: Settings, now: datetime) -> None:
    """What the worker does each minute, at this time."""
    with app.app_context():
        send_outbox(db.session(), settings, clock=lambda: now)


def test_two_reminders_arrive_and_none_twice(
    sending_app: Flask, settings: Settings, mailbox: Mailbox
) -> None:
    _prepared(sending_app, contacts=1)
    for now in (BEFORE, BEFORE, CLOSER, CLOSER):
        _remind(sending_app, now)
        _deliver(sending_app, settings, now)
    assert mailbox.recipients == ["anna@example.org"] * 2
    subjects = [str(message["Subject"]) for message in mailbox.received]
    assert subjects == ["Påminnelse: rapportera för Torhamns Fiber senast 1 december 2026"] * 2
    assert all("/l/" in message.get_content() for message in mailbox.received)


def test_two_workers_at_once_write_each_reminder_once(
    sending_app: Flask, settings: Settings, mailbox: Mailbox
) -> None:
    _prepared(sending_app, contacts=5)
    start = Barrier(2)

    def work(_number: int) -> int:
        start.wait()
        return _remind(sending_app, BEFORE)

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(work, range(2))) == 5
    _deliver(sending_app, settings, BEFORE)
    assert sorted(mailbox.recipients) == ["anna@example.org"] + [
        f"bo{number}@example.org" for number in range(4)
    ]
    with sending_app.app_context():
        # One key from the beginning, one for each message: what the slower worker made is gone.
        assert len(db.session.scalars(select(LinkKey)).all()) == 6


@pytest.mark.server
def test_a_worker_that_is_killed_leaves_the_rest_to_the_next(
    sending_app: Flask, settings: Settings, mailbox: Mailbox
) -> None:
    _prepared(sending_app, contacts=5)
    ended = subprocess.run(
        [sys.executable, "-c", KILLED],
        cwd=ROOT,
        env=os.environ | environment_of(settings),
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL
    with sending_app.app_context():
        assert len(db.session.scalars(select(Reminder)).all()) == 2
    assert _remind(sending_app, BEFORE) == 3
    _deliver(sending_app, settings, BEFORE)
    assert len(mailbox.recipients) == len(set(mailbox.recipients)) == 5
