"""Writes to the outbox: a message is stored with its event, claimed once, and marked."""

from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from outreach.database.times import further_than
from outreach.mail.models import MessageState, OutboxMessage
from outreach.mail.rules import (
    CLAIM_LASTS,
    RETRIES,
    SECRET_LASTS,
    TO_MANY,
    ClaimedMessage,
    NewMessage,
    Outcome,
    Report,
    retry_at,
)

DETAIL_MAXIMUM = 500


def enqueue(session: Session, message: NewMessage, *, now: datetime) -> OutboxMessage | None:
    """Write a message in the transaction of the event that it tells of.

    None when a message with the same `once_key` was written before: the first one stands.
    """
    row = OutboxMessage(
        once_key=message.once_key,
        kind=message.kind,
        recipient=message.recipient,
        subject=message.subject,
        body=message.body,
        is_secret=message.is_secret,
        state=MessageState.QUEUED,
        attempts=0,
        created_at=now,
        not_before=now,
    )
    if message.once_key is None:
        session.add(row)
        session.flush()
        return row
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return None
    return row


def claim(session: Session, *, now: datetime) -> ClaimedMessage | None:
    """Take the message that has waited longest, those to many last.

    The caller commits before sending it. Two senders never get the same one: on PostgreSQL the
    second skips the locked row, on SQLite it waits for the first one's transaction.
    """
    row = session.scalar(
        select(OutboxMessage)
        .where(
            OutboxMessage.state == MessageState.QUEUED,
            or_(
                OutboxMessage.not_before <= now,
                further_than(OutboxMessage.not_before, RETRIES[-1], at=now),
            ),
            OutboxMessage.body.is_not(None),
        )
        .order_by(
            OutboxMessage.kind.startswith(TO_MANY, autoescape=True),
            OutboxMessage.not_before,
            OutboxMessage.id,
        )
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if row is None or row.body is None:
        return None
    row.state = MessageState.CLAIMED
    row.claimed_at = now
    row.attempts += 1
    session.flush()
    return ClaimedMessage(
        id=row.id,
        kind=row.kind,
        claimed_at=now,
        attempts=row.attempts,
        recipient=row.recipient,
        subject=row.subject,
        body=row.body,
    )


def mark(session: Session, claimed: ClaimedMessage, report: Report, *, now: datetime) -> None:
    """Note how sending ended. A claim that was taken back meanwhile is left as it stands."""
    row = session.scalar(
        select(OutboxMessage)
        .where(
            OutboxMessage.id == claimed.id,
            OutboxMessage.state == MessageState.CLAIMED,
            OutboxMessage.claimed_at == claimed.claimed_at,
        )
        .with_for_update()
    )
    if row is None:
        return
    row.last_error = report.detail[:DETAIL_MAXIMUM] or None
    again_at = retry_at(now, attempts=claimed.attempts)
    if report.outcome is Outcome.SENT:
        row.state = MessageState.SENT
        row.sent_at = now
        if row.is_secret:
            row.body = None
    elif report.outcome is Outcome.LATER and again_at is not None:
        row.state = MessageState.QUEUED
        row.not_before = again_at
    else:
        row.state = MessageState.FAILED
    session.flush()


def withdraw(session: Session, claimed: ClaimedMessage, *, reason: str) -> None:
    """Keep a claimed message from going out; its text is removed.

    Its key is free again: the event may come to be told of anew, to another address or later.
    """
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == claimed.id)
        .values(
            state=MessageState.FAILED,
            withdrawn_for=reason,
            last_error=None,
            body=None,
            once_key=None,
        )
    )


def give_up_lost_claims(session: Session, *, now: datetime) -> int:
    """Mark what a sender claimed and never reported on, such as one that was killed; how many.

    Nobody knows whether these were sent, so none is sent again unless an administrator says so.
    """
    lost = session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.state == MessageState.CLAIMED,
            further_than(OutboxMessage.claimed_at, CLAIM_LASTS, at=now),
        )
        .values(state=MessageState.FAILED, last_error=Outcome.UNKNOWN.value)
        .returning(OutboxMessage.id)
    )
    return len(lost.all())


def send_again(session: Session, message_id: int, *, now: datetime) -> bool:
    """Queue a failed message anew; False when there is none such, or its text is gone."""
    done = session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.id == message_id,
            OutboxMessage.state == MessageState.FAILED,
            OutboxMessage.body.is_not(None),
        )
        .values(state=MessageState.QUEUED, not_before=now, attempts=0, last_error=None)
        .returning(OutboxMessage.id)
    )
    return done.first() is not None


def erase_address(session: Session, address: str) -> int:
    """Take a person's address out of the outbox, with the texts written to it; how many messages.

    What was still waiting is not sent. That there was a message, of which kind and when, stays.
    """
    mine = func.lower(OutboxMessage.recipient) == address.lower()
    session.execute(
        update(OutboxMessage)
        .where(mine, OutboxMessage.state.in_((MessageState.QUEUED, MessageState.CLAIMED)))
        .values(state=MessageState.FAILED, last_error="erased")
    )
    done = session.execute(
        update(OutboxMessage)
        .where(mine)
        .values(recipient="", body=None, subject="", once_key=None)
        .returning(OutboxMessage.id)
    )
    return len(done.all())


def forget_recipients(session: Session, kind: str) -> int:
    """Remove address and text of messages of a kind that will not be sent again; how many.

    What is left says that one was sent, and when.
    """
    done = session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.kind == kind,
            OutboxMessage.state.in_((MessageState.SENT, MessageState.FAILED)),
            OutboxMessage.recipient != "",
        )
        .values(recipient="", body=None)
        .returning(OutboxMessage.id)
    )
    return len(done.all())


def forget_secrets(session: Session, *, now: datetime) -> int:
    """Remove the text of secret messages whose links no longer work; how many.

    One that was still waiting has failed with that.
    """
    stale = session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.is_secret.is_(True),
            OutboxMessage.body.is_not(None),
            OutboxMessage.created_at < now - SECRET_LASTS,
            or_(
                OutboxMessage.state != MessageState.CLAIMED,
                OutboxMessage.claimed_at < now - CLAIM_LASTS,
            ),
        )
        .values(body=None)
        .returning(OutboxMessage.id)
    ).all()
    if stale:
        session.execute(
            update(OutboxMessage)
            .where(
                OutboxMessage.id.in_([row.id for row in stale]),
                OutboxMessage.state == MessageState.QUEUED,
            )
            .values(state=MessageState.FAILED, last_error="expired")
        )
    return len(stale)
