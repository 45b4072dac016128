"""Reminders: who gets which, when, once; what staff see of them, and how they are paused."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.connections.models import ConnectionCount, ExpectedPair, RoundRefusal
from outreach.connections.queries.links import holder_of_secret
from outreach.connections.queries.reminders import RoundToRemind, due_reminders, rounds_to_remind
from outreach.connections.reminder_models import Reminder
from outreach.connections.reminder_rules import ReminderKind, Schedule
from outreach.connections.reminding import EVERYBODY, remind_all, write_due
from outreach.connections.rules import ReportState, RoundState
from outreach.mail.models import MessageState, OutboxMessage
from tests import factories
from tests.associations.pages import as_staff, send
from tests.connections.linking import Linked, linked
from tests.connections.making import Counts, expected, report, version
from tests.connections.pages import words

DUE = date(2026, 12, 1)
SCHEDULE = Schedule(opened=date(2026, 10, 1), due=DUE)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


@pytest.fixture
def link(session: Session) -> Linked:
    found = linked(session)
    found.round.opened_at = noon(SCHEDULE.opened)
    # Last year's round is over: only this year's reminds.
    for other in rounds_to_remind(session):
        if other.id != found.round.id:
            row = session.get_one(type(found.round), other.id)
            row.state, row.closed_at = RoundState.CLOSED, noon(SCHEDULE.opened)
    session.flush()
    return found


def the_round(session: Session) -> RoundToRemind:
    return rounds_to_remind(session)[0]


def kinds(session: Session, day: date) -> list[ReminderKind]:
    found = due_reminders(session, the_round(session), reach=EVERYBODY, at=noon(day))
    return [one.kind for one in found]


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 9, 30), None),
        (date(2026, 10, 1), ReminderKind.INVITATION),
        (date(2026, 11, 16), ReminderKind.INVITATION),
        (date(2026, 11, 17), ReminderKind.DUE_IN_14),
        (date(2026, 11, 27), ReminderKind.DUE_IN_14),
        (date(2026, 11, 28), ReminderKind.DUE_IN_3),
        (date(2026, 12, 1), ReminderKind.DUE_IN_3),
        (date(2026, 12, 2), None),
        (date(2026, 12, 3), ReminderKind.OVERDUE),
        (date(2026, 12, 31), ReminderKind.OVERDUE),
        (date(2027, 1, 1), None),
    ],
)
def test_each_day_has_its_kind(day: date, kind: ReminderKind | None) -> None:
    assert SCHEDULE.kind_on(day) is kind


def test_by_hand_nothing_is_sent_that_would_be_untrue() -> None:
    assert ReminderKind.OVERDUE not in SCHEDULE.kinds_to_choose(DUE)
    after = SCHEDULE.kinds_to_choose(DUE + timedelta(days=1))
    assert after == (ReminderKind.OVERDUE, ReminderKind.RETURNED_WAITING)


def test_in_a_round_that_opens_late_the_invitation_comes_first() -> None:
    late = Schedule(opened=date(2026, 11, 29), due=DUE)
    assert late.kind_on(date(2026, 11, 30)) is ReminderKind.INVITATION
    assert late.kind_on(date(2026, 12, 1)) is ReminderKind.DUE_IN_3


def test_a_whole_round_writes_each_kind_once(session: Session, link: Linked) -> None:
    days = [date(2026, 10, 1) + timedelta(days=number) for number in range(100)]
    counts = [remind_all(session, now=noon(day)) for day in days]
    assert sum(counts) == 4
    written = session.scalars(select(Reminder.kind).order_by(Reminder.id)).all()
    assert written == list(ReminderKind)[:4]


def test_after_one_by_hand_the_days_own_does_not_follow(session: Session, link: Linked) -> None:
    day = date(2026, 11, 20)

    def by_hand(kind: ReminderKind) -> int:
        return write_due(session, the_round(session), now=noon(day), kind=kind)

    assert by_hand(ReminderKind.INVITATION) == 1
    # Not on the same day; the next day it is owed as before.
    assert kinds(session, day) == []
    assert kinds(session, day + timedelta(days=1)) == [ReminderKind.DUE_IN_14]
    assert by_hand(ReminderKind.DUE_IN_3) == 1
    # An earlier step never comes after a later one; those that are later still do.
    assert kinds(session, day + timedelta(days=1)) == []
    assert kinds(session, DUE + timedelta(days=2)) == [ReminderKind.OVERDUE]


def test_a_reminder_carries_a_link_that_works_and_is_secret(session: Session, link: Linked) -> None:
    remind_all(session, now=noon(DUE))
    mail = session.scalars(select(OutboxMessage)).one()
    assert mail.is_secret
    assert mail.subject == "Påminnelse: rapportera för Torhamns Fiber senast 1 december 2026"
    address = next(line for line in str(mail.body).splitlines() if line.startswith("http"))
    for secret in (address.removeprefix("http://localhost/l/"), link.secret):
        holder = holder_of_secret(session, secret, at=noon(DUE), today=DUE)
        assert holder is not None
        assert holder.association_id == link.association.id


def test_an_association_is_written_to_in_its_own_language(session: Session, link: Linked) -> None:
    link.association.locale = "en"
    remind_all(session, now=noon(date(2026, 10, 2)))
    mail = session.scalars(select(OutboxMessage)).one()
    assert mail.subject == "Time to report for Torhamns Fiber"


def _submitted(session: Session, link: Linked, state: ReportState) -> None:
    stored = version(
        session,
        report(session, link.association, link.round),
        counts=[(link.village, Counts(100, 60, 41, 30))],
        state=state,
    )
    stored.decided_at = noon(date(2026, 11, 1)) if state is ReportState.RETURNED else None
    session.flush()
    assert session.scalars(select(ConnectionCount)).all()


@pytest.mark.parametrize("state", [ReportState.SUBMITTED, ReportState.APPROVED])
def test_nobody_is_written_to_after_reporting(
    session: Session, link: Linked, state: ReportState
) -> None:
    _submitted(session, link, state)
    assert kinds(session, DUE) == []


def test_nobody_is_written_to_who_will_not_answer(session: Session, link: Linked) -> None:
    refusal = RoundRefusal(
        round_id=link.round.id,
        association_id=link.association.id,
        reason="Vill inte",
        noted_at=factories.NOW,
    )
    session.add(refusal)
    assert kinds(session, DUE) == []


def test_a_contact_without_an_address_or_who_has_left_is_left_out(
    session: Session, link: Linked
) -> None:
    factories.contact(session, link.association, email=None)
    assert len(kinds(session, DUE)) == 1
    link.contact.valid_to = date(2026, 1, 1)
    session.flush()
    assert kinds(session, DUE) == []


def test_contacts_who_share_a_mailbox_get_one_letter(session: Session, link: Linked) -> None:
    address = link.contact.email or ""
    factories.contact(session, link.association, email=address.upper())
    assert kinds(session, SCHEDULE.opened) == [ReminderKind.INVITATION]


def test_a_returned_report_is_asked_for_after_a_week_and_once(
    session: Session, link: Linked
) -> None:
    _submitted(session, link, ReportState.RETURNED)
    assert kinds(session, date(2026, 11, 7)) == []
    assert kinds(session, date(2026, 11, 8)) == [ReminderKind.RETURNED_WAITING]
    remind_all(session, now=noon(date(2026, 11, 8)))
    assert kinds(session, date(2026, 11, 9)) == []


def test_what_is_due_costs_the_same_for_one_association_and_for_ten(
    session: Session, link: Linked, statements: Callable[[Callable[[], object]], int]
) -> None:
    in_round = the_round(session)
    few = statements(lambda: kinds(session, DUE))
    for number in range(9):
        more = factories.association(session, f"Förening {number}", serving=[link.village])
        factories.contact(session, more)
        pair = ExpectedPair(
            round_id=in_round.id,
            association_id=more.id,
            village_id=link.village.id,
            added_at=factories.NOW,
        )
        session.add(pair)
    session.flush()
    assert len(kinds(session, DUE)) == 10
    assert statements(lambda: kinds(session, DUE)) == few


def page_of(link: Linked) -> str:
    """The page of the round, which is open long enough for the day on which this is run."""
    link.round.due_date = date(2099, 12, 1)
    return f"/review/rounds/{link.round.id}/reminders"


def test_staff_see_recipients_and_text_before_anything_is_sent(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    as_staff(client, session)
    page = words(client.get(f"{page_of(link)}?kind=invitation"))
    assert "Inbjudan: 1 mottagare" in page
    assert "Torhamns Fiber: Anna Ask, anna@example.org" in page
    assert "Dags att rapportera för Torhamns Fiber" in page
    assert session.scalars(select(OutboxMessage)).all() == []


def test_the_preview_shows_each_language_as_its_letter_says_it(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    english = factories.association(session, "Second", serving=[link.village])
    english.locale = "en"
    factories.contact(session, english, email="second@example.org")
    expected(session, english, link.round, link.village)
    as_staff(client, session)
    page = words(client.get(f"{page_of(link)}?kind=invitation"))
    assert "Inbjudan (Svenska): 1 mottagare" in page
    assert "Inbjudan (English): 1 mottagare" in page
    assert "Time to report for Second" in page
    send(client, page_of(link), {"kind": "invitation"})
    for mail in session.scalars(select(OutboxMessage)):
        assert mail.body is not None
        paragraphs = [part for part in mail.body.split("\n\n") if "/l/" not in part]
        assert len(paragraphs) == 5
        assert all(" ".join(part.split()) in page for part in paragraphs)


def test_staff_see_what_the_server_said_and_when_it_is_tried_again(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    factories.contact(session, link.association, email="bo@example.org")
    remind_all(session, now=noon(DUE))
    put_off, refused = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    put_off.attempts, put_off.last_error = 2, "451 come back later"
    put_off.not_before = datetime(2026, 12, 1, 11, 5, tzinfo=UTC)
    refused.state, refused.last_error = MessageState.FAILED, "550 no such user"
    as_staff(client, session)
    for address in (page_of(link), f"/review/rounds/{link.round.id}"):
        page = words(client.get(address))
        assert "Inte levererat: 1 Uppskjutet av servern, försöks igen: 1" in page
    page = words(client.get(page_of(link)))
    assert "Inte levererat 550 no such user" in page
    assert "451 come back later Försökt 2 gånger, nästa gång 1 december 2026 12:05." in page


def test_while_paused_nobody_is_said_to_have_been_written_to(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    as_staff(client, session)
    send(client, f"{page_of(link)}/pause", {"to": "pause"}, seen=page_of(link))
    assert "Ingenting, så länge påminnelserna är pausade." in words(client.get(page_of(link)))


def test_send_now_writes_what_was_shown_and_the_same_only_once(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    as_staff(client, session)
    for _ in range(2):
        send(client, page_of(link), {"kind": "invitation"})
    assert len(session.scalars(select(Reminder)).all()) == 1
    page = words(client.get(page_of(link)))
    assert "Torhamns Fiber Anna Ask anna@example.org Inbjudan Väntar på att skickas" in page


def test_staff_of_another_county_send_to_nobody(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    as_staff(client, session, "07")
    send(client, page_of(link), {"kind": "invitation"})
    assert session.scalars(select(Reminder)).all() == []
    answer = send(
        client,
        f"{page_of(link)}/pause",
        {"association": str(link.association.id), "to": "pause"},
        seen=page_of(link),
    )
    assert answer.status_code == 404


@pytest.mark.parametrize("whole_round", [True, False])
def test_paused_reminders_wait_until_they_are_resumed(
    client: FlaskClient, session: Session, link: Linked, *, whole_round: bool
) -> None:
    as_staff(client, session)
    named: dict[str, str | list[str]] = (
        {} if whole_round else {"association": str(link.association.id)}
    )
    send(client, f"{page_of(link)}/pause", named | {"to": "pause"}, seen=page_of(link))
    assert kinds(session, DUE) == []
    send(client, f"{page_of(link)}/pause", named | {"to": "resume"}, seen=page_of(link))
    assert kinds(session, DUE) == [ReminderKind.INVITATION]


def test_the_language_is_chosen_for_an_association(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    as_staff(client, session)
    fields: dict[str, str | list[str]] = {
        "association": str(link.association.id),
        "locale": "en",
    }
    send(client, f"{page_of(link)}/language", fields, seen=page_of(link))
    assert link.association.locale == "en"


def test_a_bounce_is_noted_by_hand(client: FlaskClient, session: Session, link: Linked) -> None:
    remind_all(session, now=noon(DUE))
    reminder = session.scalars(select(Reminder)).one()
    as_staff(client, session)
    send(client, f"{page_of(link)}/{reminder.id}/bounced", {}, seen=page_of(link))
    assert "Kom tillbaka" in words(client.get(page_of(link)))
    assert reminder.bounced_at is not None


def test_staff_see_that_a_reminder_was_withdrawn_and_why(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    remind_all(session, now=noon(DUE))
    mail = session.scalars(select(OutboxMessage)).one()
    mail.state, mail.withdrawn_for = MessageState.FAILED, "reported"
    as_staff(client, session)
    page = words(client.get(page_of(link)))
    assert "Indraget Föreningen hade svarat under tiden." in page


def test_what_was_sent_can_be_read_when_the_round_is_closed(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    remind_all(session, now=noon(DUE))
    link.round.state, link.round.closed_at = RoundState.CLOSED, noon(DUE)
    as_staff(client, session)
    page = words(client.get(page_of(link)))
    assert "Omgången är inte öppen, så ingen påminns." in page
    assert "anna@example.org" in page
    assert "Skicka nu" not in page
    late = send(client, page_of(link), {"kind": "invitation"})
    assert late.status_code == 409
    assert "Omgången stängdes under tiden, så ingenting skickades eller ändrades." in words(late)
