"""Counting what a page asks of the database."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import Connection, event

from outreach.extensions import db


@pytest.fixture
def statements(app: Flask) -> Iterator[Callable[[Callable[[], object]], int]]:
    """How many SELECT statements a call sends."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
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
