"""Personal links: how long they last, and why they end."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from outreach.days import end_of_day

AFTER_DUE = timedelta(days=60)
AT_LEAST = timedelta(days=14)
"""A link made late in a round, or under a lock exception, still has time to be used."""


class LinkEnd(StrEnum):
    """Why a link no longer opens anything, where somebody ended it."""

    REVOKED = "revoked"
    RENEWED = "renewed"
    CONTACT_CHANGED = "contact_changed"


def expiry(due_date: date, *, now: datetime) -> datetime:
    """When a key made now stops working."""
    return max(end_of_day(due_date) + AFTER_DUE, now + AT_LEAST)
