"""What has expired is removed by the worker."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.accounts import session_rows
from outreach.accounts.models import SignInAttempt, UserSession
from outreach.accounts.session_rows import NewSession
from outreach.accounts.throttle import Source, ask
from outreach.accounts.upkeep import forget_expired
from tests import factories

NOW = factories.NOW


def test_only_what_is_over_is_removed(session: Session) -> None:
    user = factories.user(session)
    for age in (timedelta(hours=13), timedelta(hours=1)):
        session_rows.begin(session, NewSession(user.id, "{}", "Test"), now=NOW - age)
    for age in (timedelta(hours=25), timedelta(hours=23)):
        ask(session, Source("account", "address"), now=NOW - age)
    assert forget_expired(session, now=NOW) == 1
    left = [
        session.scalar(select(func.count()).select_from(table))
        for table in (UserSession, SignInAttempt)
    ]
    assert left == [1, 1]
