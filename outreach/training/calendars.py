"""Sessions as iCalendar (RFC 5545), for anybody's own calendar.

Each keeps its UID for ever. SEQUENCE grows with every change, and one that is called off stays in
the feed as CANCELLED, so that it disappears from the calendars that hold it. Times go out as on
the wall in Sweden, with the table of the zone: a moved or repeated session keeps its hour on both
sides of a change to summer time, in a calendar that knows the zone and in one that doesn't.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from icalendar import Calendar, Event

from outreach.days import SWEDEN
from outreach.training.queries.listing import SessionRow
from outreach.training.rules import SessionState

PRODUCT = "-//Outreach//Training//SV"
REFRESH = timedelta(hours=6)


def feed(
    name: str,
    rows: Iterable[SessionRow],
    *,
    heading: Callable[[SessionRow], str],
    address: Callable[[SessionRow], str],
) -> bytes:
    """A calendar with the sessions. `heading` and `address` give each one's title and page."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    days = []
    for row in rows:
        days.append(row.day)
        calendar.add_component(_event(row, heading(row), address(row)))
    if days:
        first, last = date(min(days).year, 1, 1), date(max(days).year + 1, 1, 1)
        calendar.add_missing_timezones(first, last)
    return bytes(calendar.to_ical())


def _event(row: SessionRow, heading: str, address: str) -> Event:
    event = Event()
    event.add("uid", f"{row.uid}@outreach")
    event.add("sequence", row.version - 1)
    event.add("dtstamp", row.updated_at)
    event.add("last-modified", row.updated_at)
    event.add("summary", heading)
    event.add("dtstart", _moment(row.day, row.starts_at))
    if row.starts_at is None:
        event.add("dtend", row.day + timedelta(days=1))
    elif row.ends_at is not None:
        event.add("dtend", _moment(row.day, row.ends_at))
    is_cancelled = row.state is SessionState.CANCELLED
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    place = ", ".join(part for part in (row.venue, row.address, row.village) if part)
    if place:
        event.add("location", place)
    if row.invitation:
        event.add("description", row.invitation)
    event.add("organizer", "invalid:nomail", parameters={"CN": row.organisation})
    event.add("url", address)
    return event


def _moment(day: date, clock: time | None) -> date | datetime:
    """A time on the wall in Sweden, or the whole day."""
    return day if clock is None else datetime.combine(day, clock, SWEDEN)
