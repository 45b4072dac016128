"""Who is signed in, and an application on a database of its own, for what must really commit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach import create_app
from outreach.accounts.rules import RoleName
from outreach.extensions import db
from tests import factories
from tests.clients import ready_for_tests
from tests.settings import settings_for
from tests.signing_in import sign_in


@pytest.fixture
def own_app(own_database: str, tmp_path: Path) -> Iterator[Flask]:
    """Requests and threads each use a connection of their own."""
    app = ready_for_tests(create_app(settings_for(own_database, folder=tmp_path)))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def admin(client: FlaskClient, session: Session) -> FlaskClient:
    """A browser in which an administrator is signed in."""
    sign_in(client, factories.user(session, RoleName.ADMINISTRATOR, email="admin@example.org"))
    return client


@pytest.fixture
def staff(client: FlaskClient, session: Session) -> FlaskClient:
    """One in which staff of a county are."""
    user = factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",))
    sign_in(client, user)
    return client
