"""A message to be written, and what may happen to it on its way."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# One address and nothing else: no list, no name, nothing that could become a second header.
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[\w.-]{1,190}")
RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
TO_MANY = "reminder_"
"""Kinds that begin so are written to many at once; what one person waits for goes before them."""
CLAIM_LASTS = timedelta(minutes=10)
SECRET_LASTS = timedelta(days=14)


class NotAnAddress(ValueError):
    """The recipient is not a single plain e-mail address."""


class Outcome(StrEnum):
    """What became of one attempt to send."""

    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NewMessage:
    """An e-mail to one person.

    `once_key` names the event it tells of: a second message with the same key is not written.
    A secret one holds a link that signs in or sets a password; its text is removed when sent.
    """

    kind: str
    recipient: str
    subject: str
    body: str
    is_secret: bool = False
    once_key: str | None = None

    def __post_init__(self) -> None:
        if not ADDRESS.fullmatch(self.recipient):
            raise NotAnAddress(self.kind)
        in_ascii(self.recipient)
        object.__setattr__(self, "subject", " ".join(self.subject.split()))


@dataclass(frozen=True, slots=True)
class ClaimedMessage:
    """A message that one sender, and only that one, is to send now."""

    id: int
    kind: str
    claimed_at: datetime
    attempts: int
    recipient: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Report:
    """How an attempt ended, with the server's words for the administrator.

    `is_no_answer` says that the server as a whole was silent or gone: others would fare no better.
    """

    outcome: Outcome
    detail: str = ""
    is_no_answer: bool = False


def in_ascii(address: str) -> str:
    """The address with its domain as the name system knows it: info@åre.se, info@xn--re-xia.se."""
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError as error:
        raise NotAnAddress(domain) from error


def retry_at(now: datetime, *, attempts: int) -> datetime | None:
    """When to try again after so many attempts; None when there have been enough."""
    if attempts > len(RETRIES):
        return None
    return now + RETRIES[attempts - 1]
