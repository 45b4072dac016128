"""Files of any length: sent as they are read, in little memory, and never silently short."""

import http.client
import tracemalloc
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Row, create_engine, insert, select
from sqlalchemy.orm import Session

from outreach.database.audit import AuditEvent
from outreach.database.engine import engine_options, listen, normalised_url, writing
from outreach.database.snapshot import PORTION, in_portions
from outreach.places.models import Village
from outreach.web.delimited import Cell
from outreach.web.table_files import FileKind, table_response
from tests import factories
from tests.servers import gunicorn

NOW = datetime(2026, 1, 31, tzinfo=UTC)
MANY = 2 * PORTION + 7
TEXTS = [FileKind.CSV, FileKind.SWEDISH_EXCEL, FileKind.JSON]


def rows(count: int) -> Iterator[tuple[Cell, ...]]:
    """Rows that are made when they are asked for."""
    return ((number, f"=ort {number}", number / 4, date(2026, 1, 31)) for number in range(count))


def peak_bytes(app: Flask, kind: FileKind, count: int) -> int:
    """The most memory that a file of so many rows takes while it is sent."""
    with app.test_request_context(f"/table{kind}"):
        tracemalloc.start()
        response = table_response("table.csv", ["Nr", "Ort", "Andel", "Dag"], rows(count))
        for _ in response.iter_encoded():
            pass
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        response.close()
    return peak


# No database is asked.
@pytest.mark.parametrize("backend", ["spatialite"], indirect=True)
@pytest.mark.parametrize("kind", FileKind)
def test_a_file_ten_times_as_long_takes_no_more_memory(app: Flask, kind: FileKind) -> None:
    peak_bytes(app, kind, 10)
    assert peak_bytes(app, kind, 20_000) < 1.3 * peak_bytes(app, kind, 2_000) + 500_000


@pytest.mark.parametrize("kind", TEXTS)
def test_a_long_file_has_the_same_bytes_as_if_made_at_once(app: Flask, kind: FileKind) -> None:
    with app.test_request_context(f"/table{kind}"):
        long = table_response("table.csv", ["Nr", "Ort", "Andel", "Dag"], rows(5_000))
        assert long.is_streamed
        body = long.get_data(as_text=True)
    lines = body.splitlines()
    assert (lines[0][:1] == "\ufeff") == (kind is FileKind.SWEDISH_EXCEL)
    last = {
        FileKind.CSV: "4999,'=ort 4999,1249.75,2026-01-31",
        FileKind.SWEDISH_EXCEL: "4999;'=ort 4999;1249,75;2026-01-31",
        FileKind.JSON: '{"Nr":4999,"Ort":"=ort 4999","Andel":1249.75,"Dag":"2026-01-31"}',
    }
    assert lines[-1 if kind is not FileKind.JSON else -2] == last[kind]
    assert len(lines) == (5_000 + 1 if kind is not FileKind.JSON else 5_000 + 2)


def test_a_short_file_is_sent_with_its_length(app: Flask) -> None:
    with app.test_request_context("/table.csv"):
        short = table_response("table.csv", ["Nr", "Ort", "Andel", "Dag"], rows(3))
    assert not short.is_streamed


def test_what_fails_on_the_way_is_seen_by_who_takes_the_file() -> None:
    with gunicorn("tests.web.breaking:create_app()", first="/") as server:
        for kind in TEXTS:
            with (
                pytest.raises(http.client.IncompleteRead),
                urllib.request.urlopen(f"{server.address}/table{kind}", timeout=20) as answer,
            ):
                answer.read()
        with pytest.raises(urllib.error.HTTPError, match="500"):
            urllib.request.urlopen(f"{server.address}/table.xlsx", timeout=20)


def test_rows_come_in_portions_without_keeping_writers_waiting(own_database: str) -> None:
    url = normalised_url(own_database)
    engine = create_engine(url, **engine_options(url, statement_timeout_ms=5000))
    listen(engine)
    with Session(engine) as filling:
        filling.execute(insert(AuditEvent), [_event(number) for number in range(MANY)])
        filling.commit()
    portions: list[int] = []

    def read(_: Session, found: Sequence[Row[int]]) -> list[int]:
        portions.append(len(found))
        return [row[0] for row in found]

    token = writing.set(False)
    with Session(engine) as session:
        found = in_portions(session, read, select(AuditEvent.id).order_by(AuditEvent.id))
        first = next(found)
        assert portions == [PORTION]
        writing.reset(token)
        with Session(engine) as other:
            other.execute(insert(AuditEvent), [_event(MANY)])
            other.commit()
        assert [first, *found] == list(range(first, first + MANY))
    assert portions == [PORTION, PORTION, MANY - 2 * PORTION]
    engine.dispose()


def _event(number: int) -> dict[str, object]:
    return {
        "at": NOW + timedelta(seconds=number),
        "action": "create",
        "object_type": "village",
        "object_id": str(number),
    }


def test_a_list_takes_few_statements_a_portion(
    client: FlaskClient, session: Session, statements: Callable[[Callable[[], object]], int]
) -> None:
    of = factories.village(session, "Torstäva")
    for number in range(3):
        factories.association(session, f"Fiber {number}", serving=[of])
    assert statements(lambda: client.get("/associations.csv")) == 2


def test_every_village_is_in_the_file(client: FlaskClient, session: Session) -> None:
    of = factories.village(session, "Torstäva")
    session.execute(
        insert(Village),
        [
            {
                "code": f"X{number:05}",
                "name": f"By {number}",
                "municipality_code": of.municipality_code,
                "source": "test",
            }
            for number in range(MANY)
        ],
    )
    text = client.get("/places.csv").text
    assert len(text.splitlines()) == 1 + 1 + MANY
