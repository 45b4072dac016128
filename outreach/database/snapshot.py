"""Several reads that see the database at one and the same instant."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session

LONGEST_PAUSE = "60s"


@contextmanager
def snapshot(session: Session) -> Iterator[Session]:
    """A session for reading only, in which nothing changes while others commit.

    SQLite's transactions are snapshots anyway; PostgreSQL is asked for one. A session that is
    bound to a connection of its caller's stays in that connection's transaction.
    """
    bind = session.get_bind()
    if not isinstance(bind, Engine):
        yield session
        return
    is_postgresql = bind.dialect.name == "postgresql"
    if is_postgresql:
        bind = bind.execution_options(isolation_level="REPEATABLE READ")
    with Session(bind) as reading:
        if is_postgresql:
            _let_think(reading)
        yield reading


def _let_think(reading: Session) -> None:
    """Allow longer pauses between the reads than a writer gets, who holds locks meanwhile.

    What is read is drawn in between, and the first picture of a process on a busy machine takes
    longer than a writer may pause. Holding no lock, the reader keeps nobody waiting.
    """
    connection = reading.connection()
    connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    connection.exec_driver_sql(f"SET LOCAL idle_in_transaction_session_timeout = '{LONGEST_PAUSE}'")
