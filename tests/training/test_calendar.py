"""The public calendar and its feeds: right across summer time, stable, and without counts."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from icalendar.cal import Component
from sqlalchemy.orm import Session

from outreach.training.commands.sessions import cancel_session, change_session
from outreach.training.models import Organisation
from outreach.training.rules import SessionForm, SessionState
from tests import factories
from tests.training.logging import entry, logged, logger_of

AHEAD = {"state": SessionState.PLANNED, "head_count": None}


def _events(client: FlaskClient, address: str) -> list[Component]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.data).walk("VEVENT"))


@pytest.mark.parametrize(
    ("day", "starts"),
    [
        # Summer time ends on 25 October 2026 and begins on 28 March 2027.
        (date(2026, 10, 24), datetime(2026, 10, 24, 16, 30, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 17, 30, tzinfo=UTC)),
        (date(2027, 3, 27), datetime(2027, 3, 27, 17, 30, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 16, 30, tzinfo=UTC)),
    ],
)
def test_half_past_six_is_half_past_six_in_summer_and_winter(
    client: FlaskClient,
    session: Session,
    organisation: Organisation,
    day: date,
    starts: datetime,
) -> None:
    by = logger_of(session, organisation)
    logged(session, organisation, by, day=day, starts_at=time(18, 30), ends_at=time(20), **AHEAD)
    address = f"/sessions/organisation/{organisation.id}.ics"
    (event,) = _events(client, address)
    assert event.decoded("dtstart") == starts
    assert (event.decoded("dtend") - event.decoded("dtstart")).total_seconds() == 5400
    # As on the wall, with the zone's table beside it: whoever reads only the table finds the same.
    calendar = Calendar.from_ical(client.get(address).data)
    assert event["dtstart"].params["TZID"] == "Europe/Stockholm"
    assert event.decoded("dtstart").time() == time(18, 30)
    (zone,) = calendar.timezones
    by_table = datetime.combine(day, time(18, 30), zone.to_tz(lookup_tzid=False))
    assert by_table.astimezone(UTC) == starts


def test_a_feed_brings_the_tables_of_all_its_zones_and_nothing_that_does_not_parse(
    client: FlaskClient, session: Session, organisation: Organisation
) -> None:
    by, address = logger_of(session, organisation), f"/sessions/organisation/{organisation.id}.ics"
    assert Calendar.from_ical(client.get(address).data).timezones == []
    for day in (date(2026, 12, 1), date(2041, 7, 1)):
        logged(session, organisation, by, day=day, starts_at=time(18, 30), **AHEAD)
    calendar = Calendar.from_ical(client.get(address).data)
    assert calendar.get_missing_tzids() == set()
    assert [one.name for one in calendar.subcomponents] == ["VTIMEZONE", "VEVENT", "VEVENT"]
    assert [part.errors for part in calendar.walk()] == [[]] * len(list(calendar.walk()))
    (zone,) = calendar.timezones
    summer = datetime(2041, 7, 1, 18, 30, tzinfo=zone.to_tz(lookup_tzid=False))
    assert summer.astimezone(UTC) == datetime(2041, 7, 1, 16, 30, tzinfo=UTC)


def test_a_session_without_a_time_is_a_whole_day(
    client: FlaskClient, session: Session, organisation: Organisation
) -> None:
    logged(session, organisation, logger_of(session, organisation), day=date(2026, 12, 1), **AHEAD)
    (event,) = _events(client, f"/sessions/organisation/{organisation.id}.ics")
    assert event.decoded("dtstart") == date(2026, 12, 1)
    assert event.decoded("dtend") == date(2026, 12, 2)


def test_a_moved_session_keeps_its_uid_and_raises_its_sequence(
    client: FlaskClient, session: Session, organisation: Organisation
) -> None:
    by, village = logger_of(session, organisation), factories.village(session)
    held = logged(session, organisation, by, village_code=village.code, **AHEAD)
    address = "/sessions/municipality/1080.ics"
    (before,) = _events(client, address)
    wanted = entry(organisation.id, village.code, day=date(2026, 12, 3), **AHEAD)
    change_session(session, held.id, wanted, version=1, by=by)
    (after,) = _events(client, address)
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after.decoded("dtstart") == date(2026, 12, 3)


def test_what_is_called_off_stays_in_the_feed_as_cancelled(
    client: FlaskClient, session: Session, organisation: Organisation
) -> None:
    by = logger_of(session, organisation)
    held = logged(session, organisation, by, **AHEAD)
    cancel_session(session, held.id, version=1, by=by)
    (event,) = _events(client, f"/sessions/organisation/{organisation.id}.ics")
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)


def test_visits_to_homes_are_nowhere(
    client: FlaskClient, session: Session, organisation: Organisation
) -> None:
    by = logger_of(session, organisation)
    held = logged(session, organisation, by, form=SessionForm.HOME_VISIT, title="Hos Eva", **AHEAD)
    assert _events(client, f"/sessions/organisation/{organisation.id}.ics") == []
    assert "Hos Eva" not in client.get("/sessions?month=2026-11").text
    assert client.get(f"/sessions/{held.id}").status_code == 404
    assert client.get(f"/sessions/{held.id}/poster").status_code == 404


def test_nobody_outside_learns_how_many_came(
    client: FlaskClient, session: Session, organisation: Organisation
) -> None:
    by = logger_of(session, organisation)
    held = logged(session, organisation, by, head_count=4321, notes="Rummet var kallt")
    for address in (f"/sessions/{held.id}", "/sessions?month=2026-11"):
        page = client.get(address).text
        assert "4321" not in page
        assert "4 321" not in page
        assert "kallt" not in page


def test_the_calendar_is_filtered(
    client: FlaskClient, session: Session, organisation: Organisation
) -> None:
    by = logger_of(session, organisation)
    logged(session, organisation, by, title="Mobilkurs", form=SessionForm.COURSE, **AHEAD)
    logged(session, organisation, by, title="Fixarstund", form=SessionForm.DROP_IN, **AHEAD)
    page = client.get("/sessions?month=2026-11&form=course").text
    assert "Mobilkurs" in page
    assert "Fixarstund" not in page
    assert "Mobilkurs" not in client.get("/sessions?month=2026-12").text


@pytest.mark.parametrize("month", ["", "2026", "2026-13", "0000-01", "2026-1x", "٢٠٢٦-01"])
def test_a_month_that_is_none_is_this_one(client: FlaskClient, month: str) -> None:
    assert client.get("/sessions", query_string={"month": month}).status_code == 200


def test_the_calendar_costs_the_same_however_much_is_planned(
    client: FlaskClient,
    session: Session,
    organisation: Organisation,
    statements: Callable[[Callable[[], object]], int],
) -> None:
    by = logger_of(session, organisation)
    client.get("/sessions")
    costs = []
    for number in range(2):
        for _ in range(4):
            logged(session, organisation, by, **AHEAD)
        costs.append(statements(lambda number=number: client.get(f"/sessions?page={number}")))
    assert costs[0] == costs[1]


def test_a_feed_keeps_to_rfc_5545_line_by_line(
    client: FlaskClient, session: Session, organisation: Organisation
) -> None:
    by = logger_of(session, organisation)
    title = "Få hjälp med telefonen, surfplattan; och allt annat på Öljehultsgården " * 2
    held = logged(
        session, organisation, by, title=title.strip(), invitation="Rad 1\nRad 2", **AHEAD
    )
    body = client.get(f"/sessions/organisation/{organisation.id}.ics").data
    lines = body.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    # Folded by octets, never within a letter, and put together again as it was.
    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines[:-1])
    (event,) = Calendar.from_ical(body).walk("VEVENT")
    assert (event["summary"], event["description"]) == (title.strip(), "Rad 1\nRad 2")
    for name in ("UID", "DTSTAMP", "DTSTART", "SEQUENCE", "STATUS"):
        assert sum(line.startswith(name.encode()) for line in lines) == 1
    assert event.decoded("dtstamp") == held.updated_at
    assert event.decoded("dtstamp").tzinfo is not None
