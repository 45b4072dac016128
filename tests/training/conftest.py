"""An organisation, and a person who logs for it."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.accounts.models import User
from outreach.accounts.rules import RoleName
from outreach.training.models import Organisation
from tests import factories
from tests.signing_in import sign_in


@pytest.fixture
def organisation(session: Session) -> Organisation:
    """A study association."""
    return factories.organisation(session)


@pytest.fixture
def person(client: FlaskClient, session: Session, organisation: Organisation) -> User:
    """Somebody who logs its sessions, signed in."""
    made = factories.user(session, RoleName.SESSION_LOGGER, organisations=(organisation.id,))
    sign_in(client, made)
    return made
