"""The worker's part in making PDFs."""

from flask import Flask

from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.profiles.working import make_all
from outreach.settings import settings_of

TASK = "make_papers"


def make_papers(app: Flask) -> int:
    """Make all PDFs that wait; how many."""
    with app.test_request_context(base_url=settings_of(app).base_url):
        return make_all(db.session(), clock=utc_now)
