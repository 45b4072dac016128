"""The worker's part in imports, and the way to ask for it."""

import logging
from datetime import timedelta

from flask import Flask, current_app

from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.exchange.commands.runs import empty_files
from outreach.exchange.working import work_on_all
from outreach.extensions import db
from outreach.mail.queue import queue_of

TASK = "work_on_imports"

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Give the worker its task."""
    queue_of(app).add(TASK, work_on_imports)


def work_on_imports(app: Flask) -> int:
    """Do all that waits; how many imports."""
    with app.app_context():
        return work_on_all(db.session(), clock=utc_now)


def empty_old_files(app: Flask, *, keep_days: int) -> int:
    """Remove files that were sent more than so many days ago; how many."""
    now = utc_now()
    with app.app_context(), transaction(db.session()):
        return empty_files(db.session(), before=now - timedelta(days=keep_days), at=now)


def wake_worker() -> None:
    """Have waiting imports worked on at once; call it after the commit.

    The worker looks each minute in any case.
    """
    try:
        queue_of(current_app).ask(TASK)
    except Exception:  # whatever is wrong with the queue, the file is kept
        log.warning("the worker could not be woken", exc_info=True)
