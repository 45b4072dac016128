"""The worker's part in counting addresses."""

from pathlib import Path

from flask import Flask

from outreach.addresses.working import count_all, tidy
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.settings import settings_of

TASK = "count_addresses"


def folder_of(app: Flask) -> Path:
    """Where files lie while they are counted."""
    return settings_of(app).spool_path


def count_addresses(app: Flask) -> int:
    """Count all that waits and remove what nobody needs; how many files were counted."""
    with app.app_context():
        session, folder = db.session(), folder_of(app)
        counted = count_all(session, folder, clock=utc_now)
        tidy(session, folder)
        return counted
