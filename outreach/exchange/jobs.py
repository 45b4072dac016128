"""The worker's part in imports."""

from datetime import timedelta

from flask import Flask

from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.exchange.commands.runs import empty_files
from outreach.exchange.working import work_on_all
from outreach.extensions import db

TASK = "work_on_imports"


def work_on_imports(app: Flask) -> int:
    """Do all that waits; how many imports."""
    with app.app_context():
        return work_on_all(db.session(), clock=utc_now)


def empty_old_files(app: Flask, *, keep_days: int) -> int:
    """Remove files that were sent more than so many days ago; how many."""
    now = utc_now()
    with app.app_context(), transaction(db.session()):
        return empty_files(db.session(), before=now - timedelta(days=keep_days), at=now)
