"""Applications as tests want them: each request on its own, and passwords hashed in no time."""

from typing import Any

from flask import Flask, has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from outreach.extensions import db


class SeparateClient(FlaskClient):
    """Runs each request in an application context, and so a database session, of its own.

    Inside a test's own context Flask would share that context with the request: who was signed in
    would be remembered between requests, and a view's rollback would undo what the test prepared.
    What the test prepared is flushed first; what the request changed is read afresh afterwards.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        is_inside = has_app_context()
        if is_inside:
            db.session.flush()
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        if is_inside:
            db.session.expire_all()
        return response


def ready_for_tests(app: Flask) -> Flask:
    """The same application with our client, and with hashing as weak as the library allows."""
    app.test_client_class = SeparateClient
    app.extensions["security"].pwd_context.update(argon2__time_cost=1, argon2__memory_cost=8)
    return app
