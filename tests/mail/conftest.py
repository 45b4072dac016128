"""A mail server that takes everything, and an application that sends through it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from outreach import create_app
from outreach.extensions import db
from outreach.mail.queue import queue_of
from outreach.settings import Settings
from tests.clients import ready_for_tests
from tests.mail.server import Mailbox, serving
from tests.settings import settings_for


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with serving(Mailbox()) as found:
        yield found


@pytest.fixture
def settings(own_database: str, tmp_path: Path, mailbox: Mailbox) -> Settings:
    return replace(settings_for(own_database, folder=tmp_path), smtp_url=mailbox.url)


@pytest.fixture
def sending_app(settings: Settings) -> Iterator[Flask]:
    """Requests commit, and the worker's function finds what they wrote."""
    app = ready_for_tests(create_app(settings))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    queue_of(app).huey.storage.close()
