"""Fixtures for all tests: an application and a session on each real database."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from outreach import create_app
from outreach.database import data_version
from outreach.extensions import db
from outreach.mail.queue import queue_of
from outreach.web import kept
from tests import databases
from tests.clients import ready_for_tests
from tests.scheduling import arrange
from tests.settings import settings_for


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Before anything else looks at their order."""
    arrange(items)


@pytest.fixture(scope="session", params=databases.BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Each test that reaches a database runs once on SpatiaLite and once on PostGIS."""
    return str(request.param)


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def template_url(backend: str, run_folder: Path) -> str:
    """A migrated database that stays as the migrations left it, one for the whole run."""
    return databases.once(
        f"template-{backend}", run_folder, lambda folder: databases.template(backend, folder)
    )


@pytest.fixture(scope="session")
def demonstration_url(backend: str, template_url: str, run_folder: Path) -> str:
    """The demonstration region that stays as it was loaded, one for the whole run."""
    return databases.once(
        f"demonstration-{backend}",
        run_folder,
        lambda folder: databases.demonstration(template_url, folder),
    )


@pytest.fixture(scope="session")
def shared_app(
    backend: str, template_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """One application a backend, on a copy of the template; tests roll back what they do."""
    folder = tmp_path_factory.mktemp(f"app-{backend}")
    url = databases.copy_of(template_url, folder)
    app = ready_for_tests(create_app(settings_for(url, folder=folder)))
    yield app
    queue_of(app).close()
    with app.app_context():
        db.engine.dispose()
    databases.drop(url)


@pytest.fixture
def app(shared_app: Flask) -> Iterator[Flask]:
    """The application inside one outer transaction that is rolled back after the test."""
    with shared_app.app_context():
        engine = db.engine
        connection = engine.connect()
        outer = connection.begin()
        db.engines[None] = connection
        db.session.remove()
        db.session.configure(join_transaction_mode="create_savepoint")
        # Nothing kept from another test, and the version as this transaction sees it.
        kept.use(shared_app, lambda: data_version.current(db.session()))
        try:
            yield shared_app
        finally:
            db.session.remove()
            outer.rollback()
            connection.close()
            db.engines[None] = engine
            db.session.configure(join_transaction_mode="conditional_savepoint")


@pytest.fixture
def session(app: Flask) -> Session:
    """The session that commands and queries are called with."""
    return db.session()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript and without a sign-in."""
    return app.test_client()


@pytest.fixture
def own_database(template_url: str, tmp_path: Path) -> Iterator[str]:
    """A database of this test's own, for what must really commit."""
    url = databases.copy_of(template_url, tmp_path)
    yield url
    databases.drop(url)


@pytest.fixture
def statements(app: Flask) -> Iterator[Callable[[Callable[[], object]], int]]:
    """How many SELECT statements a call sends."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            seen.append(statement)

    connection = db.session.connection()
    assert isinstance(connection, Connection)
    event.listen(connection, "before_cursor_execute", note)

    def count(call: Callable[[], object]) -> int:
        seen.clear()
        call()
        return len(seen)

    yield count
    event.remove(connection, "before_cursor_execute", note)
