"""The worker's part in making PDFs, and the way to ask for it."""

import logging

from flask import Flask, current_app

from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.mail.queue import queue_of
from outreach.profiles.working import make_all
from outreach.settings import Settings

TASK = "make_papers"

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Give the worker its task."""
    queue_of(app).add(TASK, make_papers)


def make_papers(app: Flask) -> int:
    """Make all PDFs that wait; how many."""
    settings: Settings = app.extensions["outreach_settings"]
    with app.test_request_context(base_url=settings.base_url):
        return make_all(db.session(), clock=utc_now)


def wake_worker() -> None:
    """Have waiting PDFs made at once; call it after the commit.

    The worker looks each minute in any case.
    """
    try:
        queue_of(current_app).ask(TASK)
    except Exception:  # whatever is wrong with the queue, what was asked for is kept
        log.warning("the worker could not be woken", exc_info=True)
