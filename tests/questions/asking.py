"""Asking questions in tests, by the form and straight into the table."""

from datetime import date, datetime
from itertools import count

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from outreach.measures.rates import Measure
from outreach.places.models import Village
from outreach.questions.commands import Asking, ask
from outreach.questions.models import FigureQuestion
from outreach.questions.rules import Figure, QuestionEntry
from tests.factories import NOW
from tests.gap.rows import DAY
from tests.signing_in import token

_numbers = count(1)


def typed(**changed: str) -> dict[str, str]:
    """The form as somebody fills it in."""
    return {
        "measure": "coverage",
        "day": DAY.isoformat(),
        "claim": "Alla tolv husen är anslutna",
        "why": "Jag bor där och har räknat dem.",
        "email": "",
        "website": "",
    } | changed


def send(client: FlaskClient, village: Village, **changed: str) -> TestResponse:
    """Fill in the form of the village and send it."""
    path = f"/questions/new?village={village.code}"
    sent = typed(**changed) | {"csrf_token": token(client, path)}
    return client.post(path, data=sent)


def asked(
    session: Session,
    village: Village,
    *,
    email: str | None = None,
    due_on: date = date(2026, 12, 20),
    at: datetime = NOW,
) -> FigureQuestion:
    """A question that was asked of the village's coverage."""
    number = next(_numbers)
    made = ask(
        session,
        QuestionEntry(Figure(village.id, Measure.coverage, DAY), "Fler", "Jag såg det.", email),
        asking=Asking(f"{number:032x}", f"hash-{number}", "sv", due_on, at),
    )
    assert made is not None
    session.flush()
    return made
