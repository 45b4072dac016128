"""What the tests of imports begin with."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.exchange.making import Desk


@pytest.fixture
def desk(session: Session, client: FlaskClient) -> Desk:
    return Desk(session, client)
