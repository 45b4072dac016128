"""A reminder that waits in the outbox does not reach the mail server when it is no longer owed."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from outreach.associations.models import AssociationContact
from outreach.connections.models import ReportingRound
from outreach.connections.reminder_models import ReminderPause
from outreach.connections.reminding import remind_all
from outreach.connections.rules import ReportState, RoundState
from outreach.database import transaction
from outreach.extensions import db
from outreach.mail.models import MessageState, OutboxMessage
from outreach.mail.sending import send_outbox
from outreach.settings import Settings
from tests import factories
from tests.connections.linking import TODAY, Linked, linked
from tests.connections.making import Counts, report, version
from tests.mail.server import Mailbox

WRITTEN = datetime(2026, 11, 18, 11, tzinfo=UTC)


@pytest.fixture
def link(sending_app: Flask, mailbox: Mailbox) -> Linked:
    """A contact whose reminder lies in the outbox."""
    with sending_app.app_context():
        session = db.session()
        with transaction(session):
            found = linked(session)
            session.execute(
                update(ReportingRound)
                .where(ReportingRound.reference_date < TODAY)
                .values(state=RoundState.CLOSED, closed_at=factories.NOW)
            )
        assert remind_all(session, now=WRITTEN) == 1
        for one in (found.village, found.association, found.contact, found.round):
            session.refresh(one)
        session.expunge_all()
        return found


def _meanwhile(app: Flask, change: Callable[[Session], object]) -> None:
    with app.app_context(), transaction(db.session()):
        change(db.session())


def _deliver(app: Flask, settings: Settings) -> list[tuple[MessageState, str | None]]:
    """What the worker does; how the messages stand then, in their order."""
    with app.app_context():
        send_outbox(db.session(), settings, clock=lambda: WRITTEN)
        columns = (OutboxMessage.state, OutboxMessage.withdrawn_for)
        rows = db.session().execute(select(*columns).order_by(OutboxMessage.id))
        return [(state, reason) for state, reason in rows]


def test_one_that_was_reported_meanwhile_is_withdrawn_with_its_link(
    sending_app: Flask, settings: Settings, mailbox: Mailbox, link: Linked
) -> None:
    counts = [(link.village, Counts(100, 60, 41, 30))]

    def reported(session: Session) -> None:
        held = report(session, link.association, link.round)
        version(session, held, counts=counts, state=ReportState.SUBMITTED)

    _meanwhile(sending_app, reported)
    assert _deliver(sending_app, settings) == [(MessageState.FAILED, "reported")]
    assert mailbox.received == []
    with sending_app.app_context():
        assert db.session().scalars(select(OutboxMessage.body)).all() == [None]
        assert remind_all(db.session(), now=WRITTEN) == 0


def test_the_new_address_is_written_to_instead(
    sending_app: Flask, settings: Settings, mailbox: Mailbox, link: Linked
) -> None:
    moved = update(AssociationContact).values(email="bo@example.org")
    _meanwhile(sending_app, lambda session: session.execute(moved))
    _deliver(sending_app, settings)
    with sending_app.app_context():
        assert [remind_all(db.session(), now=WRITTEN) for _ in range(2)] == [1, 0]
    assert _deliver(sending_app, settings) == [
        (MessageState.FAILED, "contact_changed"),
        (MessageState.SENT, None),
    ]
    assert mailbox.recipients == ["bo@example.org"]


def test_after_a_pause_the_reminder_is_written_anew(
    sending_app: Flask, settings: Settings, mailbox: Mailbox, link: Linked
) -> None:
    paused = ReminderPause(round_id=link.round.id, paused_at=WRITTEN)
    _meanwhile(sending_app, lambda session: session.add(paused))
    assert _deliver(sending_app, settings) == [(MessageState.FAILED, "paused")]
    resumed = update(ReminderPause).values(ended_at=WRITTEN)
    _meanwhile(sending_app, lambda session: session.execute(resumed))
    with sending_app.app_context():
        assert remind_all(db.session(), now=WRITTEN) == 1
    _deliver(sending_app, settings)
    assert mailbox.recipients == ["anna@example.org"]
