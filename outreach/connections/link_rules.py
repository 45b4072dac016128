"""Personal links: their secrets, how long they last, and why they end."""

import hashlib
import re
import secrets
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

SECRET_BYTES = 24
"""192 random bits, so that a plain hash of them will do."""

AFTER_DUE = timedelta(days=60)
AT_LEAST = timedelta(days=14)
"""A link made late in a round, or under a lock exception, still has time to be used."""

_SECRET = re.compile(r"[A-Za-z0-9_-]{32}")
_SWEDEN = ZoneInfo("Europe/Stockholm")


class LinkEnd(StrEnum):
    """Why a link no longer opens anything, where somebody ended it."""

    REVOKED = "revoked"
    RENEWED = "renewed"
    CONTACT_CHANGED = "contact_changed"


def new_secret() -> str:
    """What a link's address ends with; it is kept nowhere."""
    return secrets.token_urlsafe(SECRET_BYTES)


def hashed(secret: str) -> str:
    """How a secret is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


def looks_like_secret(text: str) -> bool:
    """Whether a text has the form of our secrets."""
    return _SECRET.fullmatch(text) is not None


def expiry(due_date: date, *, now: datetime) -> datetime:
    """When a key made now stops working."""
    end_of_due_day = datetime.combine(due_date + timedelta(days=1), time(), tzinfo=_SWEDEN)
    return max(end_of_due_day + AFTER_DUE, now + AT_LEAST)
