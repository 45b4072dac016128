"""Messages are written with their event, claimed once and marked; nothing is sent twice."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.mail import commands
from outreach.mail.models import MessageState, OutboxMessage
from outreach.mail.rules import NewMessage, NotAnAddress, Outcome, Report, in_ascii, retry_at
from tests.factories import NOW

TEXT = NewMessage("notice", "anna@example.org", "Hej", "Text\n")
SECRET = NewMessage("reset", "anna@example.org", "Hej", "Länk\n", is_secret=True)


def _only(session: Session) -> OutboxMessage:
    session.expire_all()
    return session.scalars(select(OutboxMessage)).one()


def _send(session: Session, outcome: Outcome, detail: str = "", *, at: datetime = NOW) -> None:
    claimed = commands.claim(session, now=at)
    assert claimed is not None
    commands.mark(session, claimed, Report(outcome, detail), now=at)


def test_the_same_event_is_written_of_once(session: Session) -> None:
    message = NewMessage("returned", "a@example.org", "Hej", "Text", once_key="returned-7")
    first = commands.enqueue(session, message, now=NOW)
    assert first is not None
    assert commands.enqueue(session, message, now=NOW) is None
    assert _only(session).id == first.id


def test_what_is_claimed_is_not_claimed_again(session: Session) -> None:
    commands.enqueue(session, TEXT, now=NOW)
    assert commands.claim(session, now=NOW) is not None
    assert commands.claim(session, now=NOW) is None


def test_the_oldest_goes_first(session: Session) -> None:
    commands.enqueue(session, TEXT, now=NOW)
    newer = NewMessage("notice", "bo@example.org", "Hej", "Text")
    commands.enqueue(session, newer, now=NOW - timedelta(minutes=1))
    claimed = commands.claim(session, now=NOW)
    assert claimed is not None
    assert claimed.recipient == "bo@example.org"


def test_a_letter_that_somebody_waits_for_goes_before_those_to_many(session: Session) -> None:
    many = NewMessage("reminder_overdue", "bo@example.org", "Hej", "Text")
    commands.enqueue(session, many, now=NOW - timedelta(minutes=1))
    commands.enqueue(session, SECRET, now=NOW)
    claimed = [commands.claim(session, now=NOW) for _ in range(2)]
    assert [one and one.kind for one in claimed] == ["reset", "reminder_overdue"]


def test_what_was_sent_is_kept_with_its_text(session: Session) -> None:
    commands.enqueue(session, TEXT, now=NOW)
    _send(session, Outcome.SENT)
    message = _only(session)
    assert (message.state, message.sent_at, message.body) == (MessageState.SENT, NOW, "Text\n")


def test_a_secret_text_is_removed_when_it_is_sent(session: Session) -> None:
    commands.enqueue(session, SECRET, now=NOW)
    _send(session, Outcome.SENT)
    assert _only(session).body is None


def test_what_is_to_be_tried_later_waits_longer_each_time(session: Session) -> None:
    commands.enqueue(session, TEXT, now=NOW)
    at = NOW
    waits = []
    for _ in range(8):
        _send(session, Outcome.LATER, "451 busy", at=at)
        waits.append(int((_only(session).not_before - at).total_seconds() // 60))
        at = _only(session).not_before
    assert waits == [1, 5, 15, 60, 180, 360, 720, 1440]
    assert commands.claim(session, now=at - timedelta(seconds=1)) is None
    _send(session, Outcome.LATER, "451 busy", at=at)
    assert _only(session).state is MessageState.FAILED


def test_after_eight_retries_it_is_over() -> None:
    assert retry_at(NOW, attempts=9) is None


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.UNKNOWN])
def test_refused_and_unknown_are_not_sent_again_by_themselves(
    session: Session, outcome: Outcome
) -> None:
    commands.enqueue(session, TEXT, now=NOW)
    _send(session, outcome, "why")
    message = _only(session)
    assert (message.state, message.last_error) == (MessageState.FAILED, "why")
    assert commands.claim(session, now=NOW + timedelta(days=30)) is None


def test_a_claim_that_nobody_reported_on_becomes_unknown(session: Session) -> None:
    commands.enqueue(session, TEXT, now=NOW)
    commands.claim(session, now=NOW)
    assert commands.give_up_lost_claims(session, now=NOW + timedelta(minutes=10)) == 0
    assert commands.give_up_lost_claims(session, now=NOW + timedelta(minutes=11)) == 1
    message = _only(session)
    assert (message.state, message.last_error) == (MessageState.FAILED, "unknown")


def test_a_clock_that_was_ahead_holds_no_mail_back(session: Session) -> None:
    ahead = NOW + timedelta(days=400)
    commands.enqueue(session, TEXT, now=ahead)
    claimed = commands.claim(session, now=NOW)
    assert claimed is not None
    commands.mark(session, claimed, Report(Outcome.LATER), now=ahead)
    assert commands.claim(session, now=NOW) is not None


def test_a_claim_by_a_clock_that_was_ahead_becomes_unknown(session: Session) -> None:
    commands.enqueue(session, TEXT, now=NOW)
    commands.claim(session, now=NOW + timedelta(days=400))
    assert commands.give_up_lost_claims(session, now=NOW) == 1


def test_who_reports_too_late_changes_nothing(session: Session) -> None:
    commands.enqueue(session, TEXT, now=NOW)
    claimed = commands.claim(session, now=NOW)
    assert claimed is not None
    late = NOW + timedelta(minutes=11)
    commands.give_up_lost_claims(session, now=late)
    commands.mark(session, claimed, Report(Outcome.SENT), now=late)
    assert _only(session).state is MessageState.FAILED


def test_a_failed_message_can_be_sent_again(session: Session) -> None:
    commands.enqueue(session, TEXT, now=NOW)
    _send(session, Outcome.UNKNOWN)
    assert commands.send_again(session, _only(session).id, now=NOW) is True
    assert commands.claim(session, now=NOW) is not None


def test_only_a_failed_message_can_be_sent_again(session: Session) -> None:
    commands.enqueue(session, TEXT, now=NOW)
    assert commands.send_again(session, _only(session).id, now=NOW) is False
    _send(session, Outcome.SENT)
    assert commands.send_again(session, _only(session).id, now=NOW) is False


def test_secret_texts_that_are_too_old_are_removed(session: Session) -> None:
    commands.enqueue(session, SECRET, now=NOW)
    commands.enqueue(session, TEXT, now=NOW)
    assert commands.forget_secrets(session, now=NOW + timedelta(days=14)) == 0
    assert commands.forget_secrets(session, now=NOW + timedelta(days=14, minutes=1)) == 1
    session.expire_all()
    rows = session.execute(
        select(OutboxMessage.kind, OutboxMessage.body, OutboxMessage.state).order_by(
            OutboxMessage.id
        )
    ).all()
    assert [tuple(row) for row in rows] == [
        ("reset", None, MessageState.FAILED),
        ("notice", "Text\n", MessageState.QUEUED),
    ]


@pytest.mark.parametrize(
    "recipient",
    [
        "",
        "anna",
        "anna@",
        "anna@example.org, bo@example.org",
        "anna@example.org\nBcc: bo@example.org",
        "anna@example.org\r\nBcc: bo@example.org",
        "Anna <anna@example.org>",
        "anna@exa mple.org",
        "anna@..org",
    ],
)
def test_a_recipient_is_one_plain_address(recipient: str) -> None:
    with pytest.raises(NotAnAddress):
        NewMessage("notice", recipient, "Hej", "Text")


def test_a_subject_is_one_line() -> None:
    message = NewMessage("notice", "a@example.org", "Hej\r\nBcc: bo@example.org", "Text")
    assert message.subject == "Hej Bcc: bo@example.org"


def test_a_domain_with_swedish_letters_is_written_as_the_net_knows_it() -> None:
    assert in_ascii("info@åre.se") == "info@xn--re-xia.se"
