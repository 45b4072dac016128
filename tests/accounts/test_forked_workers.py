"""Workers forked from one loaded application never answer one person with another's page."""

import os
import signal
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from outreach import create_app
from outreach.database import transaction
from outreach.extensions import db
from tests import factories
from tests.servers import gunicorn, workers
from tests.settings import BASE, settings_for
from tests.signing_in import signed_in_cookie


def _wait_for_another(master: int, killed: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        alive = workers(master)
        if killed not in alive and len(alive) == 2:
            return
        time.sleep(0.05)
    raise AssertionError("no worker has taken the killed one's place")


@pytest.mark.server
def test_everybody_sees_their_own_page_also_while_a_worker_is_killed(
    own_database: str, tmp_path: Path
) -> None:
    app = create_app(settings_for(own_database, folder=tmp_path))
    with app.app_context():
        with transaction(db.session()):
            people = [factories.user(db.session()) for _ in range(8)]
            cookies = {user.email: signed_in_cookie(db.session(), user) for user in people}
        db.session.remove()
        db.engine.dispose()
    environment = {
        "DATABASE_URL": own_database,
        "OUTREACH_SECRET_KEY": BASE.secret_key,
        "OUTREACH_PASSWORD_SALT": BASE.password_salt,
        "OUTREACH_SECURE_COOKIES": "0",
        "OUTREACH_INSTANCE": str(tmp_path),
    }
    with gunicorn("wsgi:app", first="/health", environment=environment) as server:

        def page_of(email: str) -> bool:
            cookie = {"Cookie": f"outreach={cookies[email]}"}
            request = urllib.request.Request(f"{server.address}/account", headers=cookie)
            with urllib.request.urlopen(request, timeout=30) as answer:
                return email in answer.read().decode()

        with ThreadPoolExecutor(8) as pool:
            before = list(pool.map(page_of, list(cookies) * 10))
            killed = workers(server.pid)[0]
            os.kill(killed, signal.SIGKILL)
            _wait_for_another(server.pid, killed)
            after = list(pool.map(page_of, list(cookies) * 10))
    assert all(before)
    assert all(after)
