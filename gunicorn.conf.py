"""Gunicorn's settings: a few processes with threads, replaced one by one now and then."""

import gc
import os
import sys
from pathlib import Path

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

MEMORY = Path("/dev/shm")  # noqa: S108  # heartbeat files belong in memory, not on a slow disk

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4
timeout = 60
graceful_timeout = 30
# High: what a worker has built is lost with it, and what leaks here is little.
max_requests = 20_000
max_requests_jitter = 4_000
accesslog = "-"
# Addresses that open something by themselves are masked.
logger_class = "outreach.web.gunicorn_log.MaskingLogger"
# Loaded once and shared: half the memory, and a worker that is replaced answers at once. Safe
# because loading opens no database connection, which a test holds it to (docs/adr/0003).
preload_app = True
# A socket in the home directory that every installation of the user would share.
control_socket_disable = True
worker_tmp_dir = str(MEMORY) if MEMORY.is_dir() else None


def when_ready(server: Arbiter) -> None:
    """Make what all workers need, and keep it out of their garbage collection.

    Its marks would unshare what is loaded.
    """
    application = server.app.wsgi()
    if "outreach_settings" in getattr(application, "extensions", {}):
        sys.modules["outreach.web.warming"].warm(application)
    gc.collect()
    gc.freeze()
    # There where the application is ours: one process draws for all workers.
    drawing = sys.modules.get("outreach.gap.drawing")
    if drawing is not None:
        drawing.open_for_all(on_fork=lambda: _let_go(server))


def _let_go(server: Arbiter) -> None:
    """What only the server and its workers may hold open: nobody else answers requests."""
    for listener in server.LISTENERS:
        listener.sock.close()


def post_fork(server: Arbiter, worker: Worker) -> None:
    """Should a connection have been opened before the fork all the same, leave it to the parent."""
    application = server.app.wsgi()
    database = application.extensions.get("sqlalchemy")
    if database is None:
        return
    with application.app_context():
        database.engine.dispose(close=False)
