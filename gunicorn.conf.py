"""Gunicorn's settings: a few processes with threads, replaced one by one now and then."""

import gc
import os
import signal
import sys
from pathlib import Path

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

MEMORY = Path("/dev/shm")  # noqa: S108  # heartbeat files belong in memory, not on a slow disk

worker_class = "outreach.web.gunicorn_worker.SharingWorker"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4
timeout = 60
graceful_timeout = 30
# High: what a worker has built is lost with it, and what leaks here is little. Who has answered so
# many asks for a successor first (`post_request`).
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
        sys.modules["outreach.web.kept"].share(application)
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


def pre_fork(server: Arbiter, _worker: Worker) -> None:
    """Make this one more than there should be, so that the server then ends the oldest gently."""
    server.num_workers = server.cfg.workers


def post_fork(server: Arbiter, worker: Worker) -> None:
    """Begin as a worker of ours.

    Should a connection have been opened before the fork all the same, it is left to the parent.
    """
    # By itself gunicorn would let a worker go first and replace it afterwards: should two go at
    # about the same time, nobody answers meanwhile.
    worker.answers_for, worker.max_requests = worker.max_requests, sys.maxsize
    application = server.app.wsgi()
    database = application.extensions.get("sqlalchemy")
    if database is None:
        return
    with application.app_context():
        database.engine.dispose(close=False)


def post_request(worker: Worker, _request: object, _environ: object, _response: object) -> None:
    """Ask the server for one more worker when this one has answered its share.

    The oldest goes once the new one is there (`pre_fork`). It answers what it has been asked, and
    who still has a connection to it is told to open another.
    """
    if worker.nr >= worker.answers_for:
        worker.nr = 0
        os.kill(worker.ppid, signal.SIGTTIN)
