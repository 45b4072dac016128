"""Whether a reminder is still owed when its turn to be sent comes."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from outreach.connections.models import ExpectedPair, RoundRefusal
from outreach.connections.queries.owed import why_not_owed
from outreach.connections.queries.reminders import rounds_to_remind
from outreach.connections.reminder_models import Reminder, ReminderPause
from outreach.connections.reminder_rules import ReminderKind
from outreach.connections.reminding import EVERYBODY, remind_all
from outreach.connections.rules import ReportState, RoundState
from outreach.mail.models import OutboxMessage
from tests import factories
from tests.connections.linking import Linked, linked
from tests.connections.making import Counts, expected, report, version

WRITTEN = datetime(2026, 11, 18, 11, tzinfo=UTC)


@pytest.fixture
def link(session: Session) -> Linked:
    """A contact whose reminder was written."""
    found = linked(session)
    for other in rounds_to_remind(session):
        if other.id != found.round.id:
            row = session.get_one(type(found.round), other.id)
            row.state, row.closed_at = RoundState.CLOSED, WRITTEN
    session.flush()
    assert remind_all(session, now=WRITTEN) == 1
    return found


def _why(session: Session, at: datetime = WRITTEN) -> str | None:
    session.flush()
    reminder = session.scalars(select(Reminder)).one()
    return why_not_owed(session, reminder.message_id, reach=EVERYBODY, at=at)


def _report(session: Session, link: Linked, state: ReportState, *, number: int = 1) -> None:
    held = report(session, link.association, link.round)
    counts = [(link.village, Counts(100, 60, 41, 30))]
    version(session, held, counts=counts, state=state, number=number)


def test_nothing_has_happened_so_it_is_owed(session: Session, link: Linked) -> None:
    assert _why(session) is None


def test_another_kind_of_message_is_not_judged(session: Session, link: Linked) -> None:
    assert why_not_owed(session, 10**6, reach=EVERYBODY, at=WRITTEN) is None


@pytest.mark.parametrize(
    "state", [ReportState.SUBMITTED, ReportState.RETURNED, ReportState.APPROVED]
)
def test_who_has_answered_is_not_reminded_to(
    session: Session, link: Linked, state: ReportState
) -> None:
    _report(session, link, state)
    assert _why(session) == "reported"


def test_who_declines_is_not_reminded(session: Session, link: Linked) -> None:
    session.add(
        RoundRefusal(
            round_id=link.round.id,
            association_id=link.association.id,
            reason="Vill inte",
            noted_at=WRITTEN,
        )
    )
    assert _why(session) == "declined"


def test_who_is_no_longer_expected_is_not_reminded(session: Session, link: Linked) -> None:
    session.execute(delete(ExpectedPair))
    assert _why(session) == "not_expected"


@pytest.mark.parametrize("whole_round", [True, False])
def test_nothing_goes_out_during_a_pause(
    session: Session, link: Linked, *, whole_round: bool
) -> None:
    of = None if whole_round else link.association.id
    session.add(ReminderPause(round_id=link.round.id, association_id=of, paused_at=WRITTEN))
    assert _why(session) == "paused"


def test_a_pause_of_another_association_concerns_only_that(session: Session, link: Linked) -> None:
    other = factories.association(session, "Annan fiber")
    session.add(ReminderPause(round_id=link.round.id, association_id=other.id, paused_at=WRITTEN))
    assert _why(session) is None


def test_nobody_is_reminded_of_a_round_that_has_closed(session: Session, link: Linked) -> None:
    link.round.state, link.round.closed_at = RoundState.CLOSED, WRITTEN
    assert _why(session) == "round_over"


def _moves(link: Linked) -> None:
    link.contact.email = "bo@example.org"


def _leaves(link: Linked) -> None:
    link.contact.valid_to = date(2026, 11, 1)


@pytest.mark.parametrize("change", [_moves, _leaves])
def test_an_address_that_is_no_longer_a_contacts_gets_nothing(
    session: Session, link: Linked, change: Callable[[Linked], None]
) -> None:
    change(link)
    assert _why(session) == "contact_changed"


def test_what_waited_past_the_last_day_does_not_speak_of_a_day_to_come(
    session: Session, link: Linked
) -> None:
    assert _why(session, at=datetime(2026, 12, 1, 11, tzinfo=UTC)) is None
    assert _why(session, at=datetime(2026, 12, 2, 11, tzinfo=UTC)) == "out_of_date"


def test_a_returned_report_is_asked_for_until_it_is_sent_in_again(
    session: Session, link: Linked
) -> None:
    reminder = session.scalars(select(Reminder)).one()
    reminder.kind = ReminderKind.RETURNED_WAITING
    _report(session, link, ReportState.RETURNED)
    assert _why(session) is None
    _report(session, link, ReportState.SUBMITTED, number=2)
    assert _why(session) == "reported"


def test_asking_costs_the_same_however_many_associations_there_are(
    session: Session, link: Linked, statements: Callable[[Callable[[], object]], int]
) -> None:
    few = statements(lambda: _why(session))
    for number in range(5):
        more = factories.association(session, f"Förening {number}", serving=[link.village])
        expected(session, more, link.round, link.village)
    assert statements(lambda: _why(session)) == few
    assert session.scalars(select(OutboxMessage.withdrawn_for)).all() == [None]
