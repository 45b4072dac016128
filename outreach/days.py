"""Days as they are in Sweden, whatever clock the machine keeps."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")


def swedish_day(at: datetime) -> date:
    """The day in Sweden at an instant."""
    return at.astimezone(SWEDEN).date()


def today() -> date:
    """The day it is in Sweden; asked where a request comes in, and an argument from there on."""
    return swedish_day(datetime.now(UTC))


def start_of_day(day: date) -> datetime:
    """The moment that a day begins in Sweden."""
    return datetime.combine(day, time(), SWEDEN)


def end_of_day(day: date) -> datetime:
    """The moment that a day ends in Sweden; what happens before it is on that day or earlier."""
    return start_of_day(day + timedelta(days=1))
