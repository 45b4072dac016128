"""Taking turns by a name of one's own, where there is no row to lock."""

from sqlalchemy import text
from sqlalchemy.orm import Session


def take_turns(session: Session, *names: str) -> None:
    """Let transactions that name the same thing run one after the other, until this one ends.

    SQLite's writers do so anyway. Names are taken in order, so that two can't wait for each other.
    """
    if session.connection().dialect.name != "postgresql":
        return
    for name in sorted(names):
        session.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name}
        )
