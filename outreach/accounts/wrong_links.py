"""Whoever tries links that open nothing waits; whoever has a right one never waits for others."""

from flask import Response, current_app, request
from sqlalchemy.exc import DBAPIError

from outreach.accounts import throttle
from outreach.accounts.throttle import Admission, Source, keyed
from outreach.database import transaction
from outreach.database.patience import impatient
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.tokens import looks_like_secret


def refused(page: Response, kind: str, secret: str) -> Response:
    """The page that says that a link opens nothing, with the status that it is sent with.

    404, or 429 with the seconds to wait after too many secrets of this kind from one address.
    """
    admission = _counted(kind, secret if looks_like_secret(secret) else "")
    page.status_code = 404
    if admission.retry_at is not None:
        page.status_code = 429
        page.headers["Retry-After"] = str(throttle.seconds_until(admission.retry_at))
    return page


def _counted(kind: str, secret: str) -> Admission:
    key = str(current_app.secret_key)
    source = Source(
        keyed(key, "account", kind, secret),
        keyed(key, "address", kind, request.remote_addr or ""),
    )
    session = db.session()
    try:
        with transaction(session), impatient(session):
            return throttle.ask(session, source, now=utc_now())
    except DBAPIError:
        # The database is busy: no reason to tell the reader anything else.
        return Admission()
