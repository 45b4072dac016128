"""The process that draws for all workers: they hold no Matplotlib, and do without it if need be."""

import os
import signal
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach import create_app
from outreach.database import transaction
from outreach.extensions import db
from tests import databases
from tests.gap.rows import town_and_country
from tests.servers import Server, family, gunicorn, workers
from tests.settings import settings_for

# What is drawn comes with the wish: the studio asks no database.
pytestmark = [
    pytest.mark.server,
    pytest.mark.parametrize("backend", ["spatialite"], indirect=True),
]
CHARTS = ("/gap/chart/series.svg", "/gap/chart/rank.svg", "/gap/chart/map.png")


@pytest.fixture
def served(own_database: str, tmp_path: Path) -> Iterator[Server]:
    app = create_app(settings_for(own_database, folder=tmp_path))
    with app.app_context():
        with transaction(db.session):
            town_and_country(db.session())
        db.session.remove()
        db.engine.dispose()
    environment = databases.environment(own_database, tmp_path)
    with gunicorn("wsgi:app", first="/health", environment=environment) as server:
        yield server


def drawn(server: Server, path: str) -> bytes:
    with urllib.request.urlopen(server.address + path, timeout=60) as answer:
        body: bytes = answer.read()
    assert answer.status == 200
    return body


def has_matplotlib(pid: int) -> bool:
    return "matplotlib" in Path(f"/proc/{pid}/maps").read_text()


def test_workers_show_pictures_without_holding_what_draws_them(served: Server) -> None:
    assert [drawn(served, path)[:4] for path in CHARTS] == [b"<svg", b"<svg", b"\x89PNG"]
    assert [has_matplotlib(pid) for pid in (served.pid, *workers(served.pid))] == [False] * 3


def test_without_the_studio_a_worker_draws_the_same_alone(served: Server) -> None:
    by_studio = drawn(served, CHARTS[0])
    studio = next(pid for pid in family(served.pid)[1:] if pid not in workers(served.pid))
    os.kill(studio, signal.SIGKILL)
    # Another address of the same picture's twin: nothing of it is kept yet.
    alone = drawn(served, "/gap/chart/rank.svg")
    assert (by_studio[:4], alone[:4]) == (b"<svg", b"<svg")
    assert any(has_matplotlib(pid) for pid in workers(served.pid))
