"""A series changed or called off as a whole: what is to come, and nothing that was held."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.models import User
from outreach.database.audit import AuditEvent
from outreach.days import today
from outreach.training.models import Organisation
from outreach.training.rules import SessionState
from outreach.training.session_models import TrainingSession
from tests import factories
from tests.signing_in import token
from tests.training.logging import logged, logger_of

KEY = str(uuid4())
AHEAD = {"state": SessionState.PLANNED, "head_count": None}


@pytest.fixture
def series(session: Session, organisation: Organisation, person: User) -> list[TrainingSession]:
    """One held a week ago, and three to come, the second with a title of its own."""
    by, code = logger_of(session, organisation), factories.village(session).code
    weeks = [timedelta(weeks=number) for number in (-1, 1, 2, 3)]
    made = [
        logged(
            session,
            organisation,
            by,
            village_code=code,
            day=today() + week,
            starts_at=time(18),
            title="Fixarträff" if week != weeks[2] else "Med korv",
            **({} if week < timedelta() else AHEAD),
        )
        for week in weeks
    ]
    # Putting them in a series is a change itself, so each stands in its second version.
    for one in made:
        one.series_key = KEY
    session.flush()
    return made


def _fields(client: FlaskClient, series: list[TrainingSession]) -> dict[str, str]:
    text = client.get(f"/sessions/{series[1].id}/series").text
    seen = text.split('name="seen" value="')[1].split('"')[0]
    return {"csrf_token": token(client, "/sessions/plan"), "seen": seen}


def _all_of(client: FlaskClient, series: list[TrainingSession], **values: str) -> int:
    first = series[1]
    shown = {
        "title": "Fixarträff",
        "starts_at": "18:00",
        "ends_at": "",
        "invitation": "",
        "place": f"village:{first.village.code}" if first.village else "",
    }
    data = _fields(client, series) | shown | values
    return client.post(f"/sessions/{first.id}/series", data=data).status_code


def _sequences(client: FlaskClient, organisation: Organisation) -> dict[date, tuple[int, str]]:
    body = client.get(f"/sessions/organisation/{organisation.id}.ics").data
    return {
        event.decoded("dtstart").date(): (int(event["sequence"]), str(event["status"]))
        for event in Calendar.from_ical(body).walk("VEVENT")
    }


def test_a_new_time_comes_to_all_that_is_planned_and_leaves_the_rest_of_each(
    client: FlaskClient, session: Session, series: list[TrainingSession]
) -> None:
    assert _all_of(client, series, starts_at="17:30") == 303
    for one in series:
        session.refresh(one)
    assert [one.starts_at for one in series] == [time(18), time(17, 30), time(17, 30), time(17, 30)]
    assert [one.title for one in series] == ["Fixarträff", "Fixarträff", "Med korv", "Fixarträff"]
    assert [one.version for one in series] == [2, 3, 3, 3]


def test_called_off_as_a_whole_calendars_are_told_of_each_and_the_record_has_them(
    client: FlaskClient,
    session: Session,
    organisation: Organisation,
    series: list[TrainingSession],
) -> None:
    before = _sequences(client, organisation)
    assert {status for _, status in before.values()} == {"CONFIRMED"}
    data = _fields(client, series)
    assert client.post(f"/sessions/{series[1].id}/series/cancel", data=data).status_code == 303
    after = _sequences(client, organisation)
    held, *coming = [one.day for one in series]
    assert after[held] == before[held]
    assert [after[day] for day in coming] == [(before[day][0] + 1, "CANCELLED") for day in coming]
    rows = session.scalars(
        select(AuditEvent.object_id).where(
            AuditEvent.object_type == "training_session", AuditEvent.action == "changed"
        )
    )
    assert sorted(int(row) for row in rows) == sorted(one.id for one in series[1:])
    again = _fields(client, series) | {"again": "1"}
    client.post(f"/sessions/{series[1].id}/series/cancel", data=again)
    assert {status for _, status in _sequences(client, organisation).values()} == {"CONFIRMED"}


def test_what_comes_later_moves_to_another_day_of_the_week_and_calendars_follow(
    client: FlaskClient,
    session: Session,
    organisation: Organisation,
    series: list[TrainingSession],
) -> None:
    before = _sequences(client, organisation)
    held, first, *later = [one.day for one in series]
    wednesdays = [day + timedelta(2 - day.weekday()) for day in later]
    since = {"since": later[0].isoformat()}
    assert _all_of(client, series, weekday="2", **since) == 303
    moved = [
        (new, (before[old][0] + (new != old), "CONFIRMED"))
        for old, new in zip(later, wednesdays, strict=True)
    ]
    after = _sequences(client, organisation)
    assert after == {held: before[held], first: before[first], **dict(moved)}
    data = _fields(client, series) | {"since": wednesdays[1].isoformat()}
    client.post(f"/sessions/{series[1].id}/series/cancel", data=data)
    assert [status for _, status in _sequences(client, organisation).values()] == [
        "CONFIRMED",
        "CONFIRMED",
        "CONFIRMED",
        "CANCELLED",
    ]


def test_nothing_is_changed_where_one_of_them_was_changed_in_the_meantime(
    client: FlaskClient, session: Session, series: list[TrainingSession]
) -> None:
    data = _fields(client, series)
    series[3].title = "Sista gången"
    session.flush()
    client.post(f"/sessions/{series[1].id}/series/cancel", data=data)
    for one in series:
        session.refresh(one)
    assert {one.state for one in series[1:]} == {SessionState.PLANNED}


def test_what_breaks_a_rule_for_one_is_refused_for_all(
    client: FlaskClient, session: Session, series: list[TrainingSession]
) -> None:
    assert _all_of(client, series, starts_at="17:30", ends_at="16:00") == 422
    session.refresh(series[1])
    assert series[1].starts_at == time(18)


def test_a_foreign_series_or_a_session_of_none_is_not_found(
    client: FlaskClient, session: Session, series: list[TrainingSession]
) -> None:
    other = factories.organisation(session, "Annan")
    foreign = logged(session, other, logger_of(session, other), **AHEAD)
    foreign.series_key = KEY
    session.flush()
    assert client.get(f"/sessions/{foreign.id}/series").status_code == 404
    series[0].series_key = None
    session.flush()
    assert client.get(f"/sessions/{series[0].id}/series").status_code == 404
