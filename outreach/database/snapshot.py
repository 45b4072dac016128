"""Several reads that see the database at one and the same instant."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar, TypeVarTuple

from sqlalchemy import Engine, Row, Select
from sqlalchemy.orm import Session

from outreach.database.engine import only_reading

LONGEST_PAUSE = "60s"
PORTION = 500

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


@contextmanager
def snapshot(session: Session) -> Iterator[Session]:
    """A session for reading only, in which nothing changes while others commit.

    SQLite's transactions are snapshots anyway; PostgreSQL is asked for one. The caller's own
    transaction is ended: on SQLite a request that may write holds the lock for it, for which this
    one would wait in vain. A session that is bound to a connection of its caller's stays in that
    connection's transaction.
    """
    bind = session.get_bind()
    if not isinstance(bind, Engine):
        yield session
        return
    session.rollback()
    is_postgresql = bind.dialect.name == "postgresql"
    if is_postgresql:
        bind = bind.execution_options(isolation_level="REPEATABLE READ")
    with Session(bind) as reading:
        with only_reading():
            reading.connection()
        if is_postgresql:
            _let_think(reading)
        yield reading


def in_portions(
    session: Session, read: Callable[[Session, Sequence[Row[*Ts]]], list[T]], query: Select[*Ts]
) -> Iterator[T]:
    """What a query finds at one instant, a portion at a time: for files of any length.

    `read` makes a portion's rows into what is wanted. The rows wait in the database (a server-side
    cursor in PostgreSQL), in a transaction of their own that keeps no writer waiting for as long as
    the file is on its way.
    """
    with snapshot(session) as own:
        found = own.execute(query.execution_options(yield_per=PORTION))
        for portion in found.partitions():
            yield from read(own, portion)


def _let_think(reading: Session) -> None:
    """Allow longer pauses between the reads than a writer gets, who holds locks meanwhile.

    What is read is drawn or sent in between, and the first picture of a process on a busy machine
    or a slow line takes longer than a writer may pause. Holding no lock, the reader keeps nobody
    waiting.
    """
    connection = reading.connection()
    connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    connection.exec_driver_sql(f"SET LOCAL idle_in_transaction_session_timeout = '{LONGEST_PAUSE}'")
