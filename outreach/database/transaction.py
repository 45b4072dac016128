"""The only place that commits."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.orm import Session, scoped_session

from outreach.database.engine import only_reading


@contextmanager
def transaction(session: Session | scoped_session[Session]) -> Iterator[None]:
    """Everything written inside is stored together when the block ends, or not at all.

    Commands flush; the view, the CLI or the worker that called them opens the transaction.
    """
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise


@contextmanager
def reading(session: Session | scoped_session[Session]) -> Iterator[None]:
    """A transaction of its own that only reads, for long work of the worker.

    On SQLite it would else hold the lock that everybody who writes waits for.
    """
    session.rollback()
    try:
        with only_reading():
            yield
    finally:
        session.rollback()


def unhurried(session: Session | scoped_session[Session]) -> None:
    """Lift the time limits of a page for the present transaction: imports and rebuilds take longer.

    Only the command line and the worker call this.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
        session.execute(text(f"SET LOCAL {limit} = 0"))
