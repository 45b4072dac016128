"""Reads that belong together see one instant, and may take their time."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from outreach.database import data_version
from outreach.database.engine import engine_options, listen, normalised_url
from outreach.database.snapshot import snapshot

NOW = datetime(2026, 1, 31, tzinfo=UTC)
PAUSE_MS = 500


@pytest.fixture
def engine(own_database: str) -> Iterator[Engine]:
    """Connects as pages do, but lets a transaction that may write pause only briefly."""
    url = normalised_url(own_database)
    options = engine_options(url, statement_timeout_ms=5000)
    connecting = options["connect_args"]
    assert isinstance(connecting, dict)
    if "options" in connecting:
        connecting["options"] += f" -c idle_in_transaction_session_timeout={PAUSE_MS}"
    made = create_engine(url, **options)
    listen(made)
    yield made
    made.dispose()


@pytest.fixture
def reading(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session, snapshot(session) as inside:
        data_version.current(inside)
        yield inside


def test_what_others_commit_meanwhile_is_not_seen(engine: Engine, reading: Session) -> None:
    before = data_version.current(reading)
    with Session(engine) as other:
        data_version.bump(other, at=NOW)
        other.commit()
    assert data_version.current(reading) == before


def test_a_reader_may_pause_longer_than_a_writer(reading: Session) -> None:
    before = data_version.current(reading)
    time.sleep(2 * PAUSE_MS / 1000)
    assert data_version.current(reading) == before


def test_whoever_may_write_reads_without_waiting_for_themselves(engine: Engine) -> None:
    with Session(engine) as session:
        data_version.current(session)
        with snapshot(session) as reading:
            before = data_version.current(reading)
            data_version.bump(session, at=NOW)
            session.commit()
            assert data_version.current(reading) == before
