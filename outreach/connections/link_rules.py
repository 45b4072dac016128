"""Personal links: how long they last, and why they end."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

AFTER_DUE = timedelta(days=60)
AT_LEAST = timedelta(days=14)
"""A link made late in a round, or under a lock exception, still has time to be used."""

_SWEDEN = ZoneInfo("Europe/Stockholm")


class LinkEnd(StrEnum):
    """Why a link no longer opens anything, where somebody ended it."""

    REVOKED = "revoked"
    RENEWED = "renewed"
    CONTACT_CHANGED = "contact_changed"


def expiry(due_date: date, *, now: datetime) -> datetime:
    """When a key made now stops working."""
    end_of_due_day = datetime.combine(due_date + timedelta(days=1), time(), tzinfo=_SWEDEN)
    return max(end_of_due_day + AFTER_DUE, now + AT_LEAST)
