"""The version asked for before kept bytes are sent: never old, and not lost with a connection."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from outreach.database import data_version
from outreach.database.engine import engine_options, listen, normalised_url
from outreach.database.version_reader import VersionReader

NOW = datetime(2026, 1, 31, tzinfo=UTC)
ENDED = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def engine(own_database: str) -> Iterator[Engine]:
    url = normalised_url(own_database)
    made = create_engine(url, **engine_options(url, statement_timeout_ms=5000))
    listen(made)
    yield made
    made.dispose()


@pytest.fixture
def reader(own_database: str) -> Iterator[VersionReader]:
    made = VersionReader(normalised_url(own_database), statement_timeout_ms=5000)
    yield made
    made.close()


def test_a_change_is_seen_as_soon_as_it_is_committed(engine: Engine, reader: VersionReader) -> None:
    before = reader.current()
    with Session(engine) as session:
        data_version.bump(session, at=NOW)
        unseen = reader.current()
        session.commit()
    assert (unseen, reader.current()) == (before, before + 1)


def test_connections_that_have_died_are_replaced(engine: Engine, reader: VersionReader) -> None:
    before = reader.current()
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execute(ENDED)
    assert reader.current() == before


@pytest.mark.parametrize(
    "address", ["sqlite:///{folder}/missing/outreach.db", "postgresql:///outreach?host={folder}"]
)
def test_a_database_that_is_away_is_an_error_the_pages_know(address: str, tmp_path: Path) -> None:
    url = normalised_url(address.format(folder=tmp_path))
    reader = VersionReader(url, statement_timeout_ms=5000)
    with pytest.raises(OperationalError):
        reader.current()
