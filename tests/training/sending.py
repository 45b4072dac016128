"""What the tests of sent records share: a device of a signed-in logger that sends them."""

from dataclasses import dataclass, field
from uuid import uuid4

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from outreach.accounts.models import User
from outreach.accounts.rules import RoleName
from outreach.training.models import Organisation
from tests import factories
from tests.signing_in import sign_in

JSON = {"Accept": "application/json"}


@dataclass
class Device:
    """Sends records as the queue's script does."""

    client: FlaskClient
    organisation: Organisation
    user: User
    village_code: str
    token: str = field(default="")

    def fields(self, **values: object) -> dict[str, object]:
        """Seven learners on 17 March 2025, unless something else is said."""
        plain: dict[str, object] = {
            "organisation": [str(self.organisation.id)],
            "date": ["2025-03-17"],
            "place": [f"village:{self.village_code}"],
            "head_count": ["7"],
        }
        return plain | values

    def send(self, key: str | None = None, **record: object) -> TestResponse:
        """Post one record."""
        return self.client.post(
            "/sessions/records",
            json={"key": key or str(uuid4()), "fields": self.fields()} | record,
            headers=JSON | {"X-CSRFToken": self.token},
        )


def device_of(
    client: FlaskClient, session: Session, organisation: Organisation, *, village_code: str
) -> Device:
    """A device on which somebody who logs for the organisation is signed in."""
    user = factories.user(session, RoleName.SESSION_LOGGER, organisations=(organisation.id,))
    sign_in(client, user)
    answer = client.get("/sessions/records/token", headers=JSON)
    assert answer.json is not None
    return Device(client, organisation, user, village_code, answer.json["token"])
