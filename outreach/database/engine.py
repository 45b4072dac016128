"""Engine options and connection set-up for SpatiaLite and PostGIS."""

import importlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import ModuleType
from typing import Protocol

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL, make_url

SPATIALITE_MODULE = "mod_spatialite"
BUSY_MS = 15_000
"""So long the embedded database waits for another writer."""
_SPATIALITE_INSTALL_HINT = (
    "SpatiaLite could not be loaded. Install it with: apt-get install libsqlite3-mod-spatialite, "
    "or set SPATIALITE_LIBRARY_PATH to its library."
)

writing: ContextVar[bool] = ContextVar("writing", default=True)
"""Whether the transactions begun from here may write. A GET request says False."""


@contextmanager
def only_reading() -> Iterator[None]:
    """What is begun inside only reads, and waits for nobody who writes."""
    token = writing.set(False)
    try:
        yield
    finally:
        writing.reset(token)


class SpatialiteMissing(RuntimeError):
    """Neither this Python's sqlite3 nor pysqlite3 can load SpatiaLite here."""


class _Cursor(Protocol):
    def execute(self, statement: str, /) -> object: ...
    def close(self) -> None: ...


class _SqliteConnection(Protocol):
    isolation_level: str | None

    def cursor(self) -> _Cursor: ...


def normalised_url(text: str) -> URL:
    """The address with the driver we pin; hosting services write `postgres://`."""
    url = make_url(text)
    if url.drivername in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite":
        return url.update_query_dict({"geoalchemy2_connect_sqlite_transaction": "1"})
    return url


def engine_options(url: URL, *, statement_timeout_ms: int) -> dict[str, object]:
    """What `create_engine` is told for this address.

    PostgreSQL gets limits on both sides, so that a database that is gone or unreachable answers
    as an error within seconds and never as a hanging request (docs/operating.md).
    """
    if url.get_backend_name() == "sqlite":
        return {
            "plugins": ["geoalchemy2"],
            "module": _sqlite_module(),
            "connect_args": {"timeout": BUSY_MS / 1000, "check_same_thread": False},
        }
    limits = {
        "statement_timeout": statement_timeout_ms,
        # Sooner than the statement's, so that it shows what was waited for (`patience`).
        "lock_timeout": min(3000, statement_timeout_ms * 3 // 5),
        "idle_in_transaction_session_timeout": max(5000, statement_timeout_ms),
        "jit": "off",
    }
    return {
        "plugins": ["geoalchemy2"],
        "pool_pre_ping": True,
        "pool_timeout": 7,
        "connect_args": {
            "connect_timeout": 3,
            "tcp_user_timeout": 7000,
            "keepalives_idle": 3,
            "keepalives_interval": 1,
            "keepalives_count": 3,
            "options": " ".join(f"-c {name}={value}" for name, value in limits.items()),
        },
    }


def _sqlite_module() -> ModuleType:
    """The first sqlite3 that can load extensions: Python's own, else the pysqlite3 wheel."""
    # SpatiaLite has a PROJ of its own. A process that has it before ours dies as it ends.
    importlib.import_module("pyproj")
    os.environ.setdefault("SPATIALITE_LIBRARY_PATH", SPATIALITE_MODULE)
    if hasattr(sqlite3.Connection, "enable_load_extension"):
        return sqlite3
    try:
        return importlib.import_module("pysqlite3")
    except ImportError as error:
        raise SpatialiteMissing(_SPATIALITE_INSTALL_HINT) from error


def listen(engine: Engine) -> None:
    """Attach what each new connection and transaction of this engine needs."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "do_connect", _make_room)
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)


def _make_room(
    _dialect: object, _record: object, arguments: list[str], _parameters: object
) -> None:
    # The file comes by itself, its folder does not.
    if arguments and arguments[0] != ":memory:":
        Path(arguments[0]).parent.mkdir(parents=True, exist_ok=True)


def _configure_sqlite(connection: _SqliteConnection, _record: object) -> None:
    # Python's own transaction control breaks savepoints; BEGIN is sent by _begin_sqlite instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    cursor.execute("PRAGMA trusted_schema = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A reader that turns writer after another commit fails at once, whatever the busy timeout:
    # so a transaction that may write takes the write lock when it begins.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN")
