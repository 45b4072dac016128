"""The worker's part in counting addresses, and the way to ask for it."""

import logging
from pathlib import Path

from flask import Flask, current_app

from outreach.addresses.working import count_all, tidy
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.mail.queue import queue_of
from outreach.settings import Settings

TASK = "count_addresses"

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Give the worker its task."""
    queue_of(app).add(TASK, count_addresses)


def folder_of(app: Flask) -> Path:
    """Where files lie while they are counted."""
    settings: Settings = app.extensions["outreach_settings"]
    return settings.spool_path


def count_addresses(app: Flask) -> int:
    """Count all that waits and remove what nobody needs; how many files were counted."""
    with app.app_context():
        session, folder = db.session(), folder_of(app)
        counted = count_all(session, folder, clock=utc_now)
        tidy(session, folder)
        return counted


def wake_worker() -> None:
    """Have waiting files counted at once; call it after the commit.

    The worker looks each minute in any case.
    """
    try:
        queue_of(current_app).ask(TASK)
    except Exception:  # whatever is wrong with the queue, the file is kept
        log.warning("the worker could not be woken", exc_info=True)
