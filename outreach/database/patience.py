"""How long to wait for another writer: briefly, or again and again."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from outreach.database.engine import BUSY_MS

BRIEFLY_MS = 250
_SQLITE_BUSY, _SQLITE_LOCKED = 5, 6
_OF_OTHER_WRITERS = frozenset(
    {
        "40001",  # could not serialize
        "40P01",  # deadlock
        "55P03",  # did not get the lock in time
    }
)


@contextmanager
def impatient(session: Session) -> Iterator[None]:
    """Let writes in this block fail after a quarter of a second where another holds the lock.

    Stands inside a transaction that was begun to read. PostgreSQL forgets the limit with that
    transaction; SQLite's belongs to the connection and is put back.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BRIEFLY_MS}ms'")
        yield
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {BRIEFLY_MS}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_MS}")


def passes_by_itself(error: OperationalError) -> bool:
    """Whether only another writer was in the way, so that the same may succeed when tried again.

    A database that is away, full or broken is not that.
    """
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        # The low byte; above it stands which kind of busy it was.
        return code & 0xFF in {_SQLITE_BUSY, _SQLITE_LOCKED}
    return getattr(error.orig, "sqlstate", None) in _OF_OTHER_WRITERS
