"""A reporter at an open form."""

from datetime import date

from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from outreach.connections.models import ReportDraft, ReportVersion
from outreach.connections.rules import ReportState
from outreach.places.models import Village
from tests import factories
from tests.connections.making import Counts, approved, report, version
from tests.connections.pages import fields, reporter_of, signed_in_reporter

REFERENCE = date(2026, 10, 1)


class Reporter:
    """One who reports for two villages, of which one was reported last year, in an open round."""

    def __init__(self, session: Session, client: FlaskClient) -> None:
        self.session, self.client = session, client
        self.aby = factories.village(session, "Åby", dwellings=100)
        self.bro = factories.village(session, "Bro", dwellings=50)
        self.association = factories.association(session, serving=[self.aby, self.bro])
        earlier = factories.reporting_round(session, date(2025, 10, 1))
        approved(session, self.association, earlier, counts=[(self.aby, Counts(100, 80, 60, 40))])
        self.round = factories.reporting_round(session, REFERENCE)
        self.user = signed_in_reporter(client, session, self.association)


class Desk(Reporter):
    """A reporter at an open form."""

    def __init__(self, session: Session, client: FlaskClient) -> None:
        super().__init__(session, client)
        self.path = f"/reports/{self.association.id}/{REFERENCE}"

    def name(self, field: str, place: Village | None = None) -> str:
        return f"v{(place or self.aby).id}-permanent-{field}"

    def texts(self, place: Village | None = None, **typed: str) -> dict[str, str]:
        return {self.name(field, place): text for field, text in typed.items()}

    def opened(self) -> dict[str, str]:
        return fields(self.client.get(self.path).get_data(as_text=True))

    def send(self, texts: dict[str, str], *, to: str = "") -> TestResponse:
        return self.client.post(self.path + to, data=self.opened() | texts)

    def versions(self) -> int:
        return (
            self.session.scalar(
                select(func.count(ReportVersion.id)).where(
                    ReportVersion.submitted_by_id.is_not(None)
                )
            )
            or 0
        )

    def drafts(self) -> int:
        return self.session.scalar(select(func.count()).select_from(ReportDraft)) or 0


def submitted_by_a_colleague(desk: Desk, counts: Counts) -> None:
    made = report(desk.session, desk.association, desk.round)
    colleague = reporter_of(desk.session, desk.association)
    stored = version(desk.session, made, counts=[(desk.aby, counts)], state=ReportState.SUBMITTED)
    stored.submitted_by_id = colleague.id
    desk.session.flush()
