"""Pages are read while somebody else holds the database's write lock."""

import time
from datetime import timedelta

from flask import Flask
from sqlalchemy import select, text, update

from outreach.accounts.models import UserSession
from outreach.database import transaction
from outreach.extensions import db
from tests import factories
from tests.signing_in import sign_in


def test_reading_does_not_wait_for_a_long_write(own_app: Flask) -> None:
    client = own_app.test_client()
    with own_app.app_context():
        with transaction(db.session()):
            sign_in(client, factories.user(db.session()))
        client.get("/account")
        with transaction(db.session()):
            seen = db.session.scalars(select(UserSession.last_seen_at)).one()
            earlier = seen - timedelta(hours=1)
            db.session.execute(update(UserSession).values(last_seen_at=earlier))
    with own_app.app_context(), db.engine.begin() as other:
        other.execute(text("UPDATE user_session SET device = 'locked'"))
        began = time.monotonic()
        answer = own_app.test_client()
        cookie = client.get_cookie("outreach")
        assert cookie is not None
        answer.set_cookie("outreach", cookie.value)
        status = answer.get("/account").status_code
        waited = time.monotonic() - began
    assert status == 200
    assert waited < 3
