"""What is made before the workers are forked asks no database."""

from sqlalchemy import Engine, event

from outreach import create_app
from outreach.web.warming import warm
from tests.settings import BASE


def test_warming_up_opens_no_connection() -> None:
    opened: list[object] = []

    def note(connection: object, _record: object) -> None:
        opened.append(connection)

    event.listen(Engine, "connect", note)
    try:
        warm(create_app(BASE))
    finally:
        event.remove(Engine, "connect", note)
    assert opened == []
