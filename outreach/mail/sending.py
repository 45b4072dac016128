"""Empty the outbox: claim, commit, send, mark."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from functools import partial
from typing import TypeAlias, TypeVar
from urllib.parse import urlsplit

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from outreach.database import transaction
from outreach.database.patience import passes_by_itself
from outreach.mail import commands
from outreach.mail.checks import why_withdrawn
from outreach.mail.rules import ClaimedMessage, in_ascii
from outreach.mail.smtp import MailServer, send
from outreach.settings import Settings

BATCH = 100
TRIES = 30
"""So often the database is asked for its turn, fifteen seconds each time where it is embedded: an
import of many rows holds it for as long as it stores them."""
T = TypeVar("T")
Clock: TypeAlias = Callable[[], datetime]

log = logging.getLogger(__name__)


def send_outbox(session: Session, settings: Settings, *, clock: Clock) -> int:
    """Send what waits, at most a hundred messages; how many were handed over.

    A claim is committed before its message is sent, so that a sender that dies can never be the
    reason for a second copy. What is out of place by then is withdrawn. A server that does not
    answer is asked once and no more: the worker has other things to do than to wait for it, and
    what it swallows without a word is one message and not all. Without a mail server nothing is
    claimed, and all stays readable.
    """
    if settings.smtp_url is None:
        return 0
    server = MailServer.from_url(settings.smtp_url)
    tidy(session, clock=clock)
    sent = 0
    for _ in range(BATCH):
        claimed, reason = _patiently(session, lambda: _claimed(session, now=clock()))
        if claimed is None:
            break
        if reason:
            log.info("message %s: withdrawn, %s", claimed.id, reason)
            continue
        report = send(server, composed(claimed, settings))
        _patiently(session, partial(commands.mark, session, claimed, report, now=clock()))
        log.info("message %s: %s", claimed.id, report.outcome)
        sent += 1
        if report.is_no_answer:
            break
    return sent


def tidy(session: Session, *, clock: Clock) -> None:
    """Give up claims that nobody reported on and wipe links that no longer work."""
    _patiently(session, lambda: _tidied(session, now=clock()))


def _tidied(session: Session, *, now: datetime) -> None:
    commands.give_up_lost_claims(session, now=now)
    commands.forget_secrets(session, now=now)


def _claimed(session: Session, *, now: datetime) -> tuple[ClaimedMessage | None, str | None]:
    """The next message, and why it is not to go out if it is out of place."""
    claimed = commands.claim(session, now=now)
    reason = why_withdrawn(session, claimed) if claimed else None
    if claimed and reason:
        commands.withdraw(session, claimed, reason=reason)
    return claimed, reason


def _patiently(session: Session, work: Callable[[], T]) -> T:
    """Do it in a transaction, again while another writer keeps it waiting.

    What became of a message that was handed over must not be forgotten for that. Whatever else is
    wrong with the database is the caller's at once: the worker looks again in a minute.
    """
    for _ in range(TRIES - 1):
        try:
            with transaction(session):
                return work()
        except OperationalError as error:
            if not passes_by_itself(error):
                raise
            log.info("the database is busy, the mailer waits")
            time.sleep(1)
    with transaction(session):
        return work()


def composed(claimed: ClaimedMessage, settings: Settings) -> EmailMessage:
    """The message as it travels: plain text in UTF-8, one recipient, marked as automatic."""
    host = urlsplit(settings.base_url).hostname or "outreach.invalid"
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = in_ascii(claimed.recipient)
    message["Subject"] = claimed.subject
    message["Date"] = format_datetime(claimed.claimed_at)
    message["Message-ID"] = f"<outbox-{claimed.id}-{claimed.attempts}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(claimed.body, cte="quoted-printable")
    return message
