"""An application on a database of its own, for what must really commit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from outreach import create_app
from outreach.extensions import db
from tests.clients import ready_for_tests
from tests.settings import settings_for


@pytest.fixture
def own_app(own_database: str, tmp_path: Path) -> Iterator[Flask]:
    """Requests and threads each use a connection of their own."""
    app = ready_for_tests(create_app(settings_for(own_database, folder=tmp_path)))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
