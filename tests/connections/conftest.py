"""What several modules of this room begin with."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.connections.desk import Desk


@pytest.fixture
def desk(session: Session, client: FlaskClient) -> Desk:
    """A reporter with two villages at an open form."""
    return Desk(session, client)
