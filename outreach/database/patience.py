"""Waiting only briefly: for small writes that a reader must not notice."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

BRIEFLY_MS = 250
SQLITE_MS = 15_000


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
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {SQLITE_MS}")
