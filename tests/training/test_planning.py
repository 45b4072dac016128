"""Series, copies, and sessions with gaps."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.models import User
from outreach.training.models import Organisation
from outreach.training.rules import SessionForm, SessionState
from outreach.training.session_models import SessionChase, TrainingSession
from tests import factories
from tests.signing_in import token
from tests.training.logging import logged, logger_of


def _plan(client: FlaskClient, organisation: Organisation, **values: str) -> int:
    data = {
        "csrf_token": token(client, "/sessions/plan"),
        "key": str(uuid4()),
        "organisation": str(organisation.id),
    }
    return client.post("/sessions/plan", data=data | values).status_code


def _days(session: Session) -> list[date]:
    rows = session.scalars(select(TrainingSession.day).order_by(TrainingSession.day))
    return list(rows)


def test_a_series_is_every_so_many_weeks_and_days_picked(
    client: FlaskClient, session: Session, organisation: Organisation, person: User
) -> None:
    answer = _plan(
        client,
        organisation,
        date="2026-12-01",
        times="3",
        every="2",
        more_dates="2027-01-07\n2026-12-15",
    )
    assert answer == 303
    assert _days(session) == [
        date(2026, 12, 1),
        date(2026, 12, 15),
        date(2026, 12, 29),
        date(2027, 1, 7),
    ]
    rows = session.scalars(select(TrainingSession)).all()
    assert len({row.series_key for row in rows}) == 1
    assert {row.state for row in rows} == {SessionState.PLANNED}


def test_a_series_sent_twice_is_planned_once(
    client: FlaskClient, session: Session, organisation: Organisation, person: User
) -> None:
    key = str(uuid4())
    for _ in range(2):
        assert _plan(client, organisation, key=key, date="2026-12-01", times="2") == 303
    assert len(_days(session)) == 2


@pytest.mark.parametrize(
    "values",
    [
        {"date": ""},
        {"date": "2026-12-01", "times": "0"},
        {"date": "2026-12-01", "times": "41"},
        {"date": "2026-12-01", "more_dates": "i morgon"},
    ],
)
def test_a_plan_that_is_none_stores_nothing(
    client: FlaskClient,
    session: Session,
    organisation: Organisation,
    person: User,
    values: dict[str, str],
) -> None:
    assert _plan(client, organisation, **values) == 422
    assert _days(session) == []


def test_a_copy_is_filled_in_a_week_later(
    client: FlaskClient, session: Session, organisation: Organisation, person: User
) -> None:
    held = logged(
        session,
        organisation,
        logger_of(session, organisation),
        day=date(2050, 3, 1),
        state=SessionState.PLANNED,
        head_count=None,
        title="Mobilkurs",
    )
    page = client.get(f"/sessions/plan?copy={held.id}").text
    assert 'value="2050-03-08"' in page
    assert 'value="Mobilkurs"' in page


def test_gaps_are_what_nobody_counted_where_it_was_and_whether(
    client: FlaskClient, session: Session, organisation: Organisation, person: User
) -> None:
    by = logger_of(session, organisation)
    logged(session, organisation, by, title="Hel")
    logged(session, organisation, by, title="Oräknad", head_count=None, is_uncounted=True)
    logged(
        session,
        organisation,
        by,
        title="Glömd",
        day=date(2025, 1, 7),
        state=SessionState.PLANNED,
        head_count=None,
    )
    online = logged(session, organisation, by, title="Nät", form=SessionForm.ONLINE)
    online.village_id = None
    lost = logged(session, organisation, by, title="Platslös")
    lost.village_id = None
    session.flush()
    page = client.get("/sessions/gaps").text
    found = [
        title for title in ("Hel", "Oräknad", "Glömd", "Nät", "Platslös") if f"{title}," in page
    ]
    assert found == ["Oräknad", "Glömd", "Platslös"]


def test_a_gap_is_given_to_somebody_and_ends_unanswered(
    client: FlaskClient, session: Session, organisation: Organisation, person: User
) -> None:
    by = logger_of(session, organisation)
    held = logged(session, organisation, by, head_count=None, is_uncounted=True)
    data = {"csrf_token": token(client, "/sessions/gaps")}
    client.post(f"/sessions/{held.id}/assign", data=data | {"assignee": str(person.id)})
    assert (
        f'<option value="{person.id}" selected>'
        in client.get(f"/sessions/gaps?assignee={person.id}").text
    )
    client.post(f"/sessions/{held.id}/unanswered", data=data | {"note": ""})
    assert session.get_one(SessionChase, held.id).ended_at is None
    note = {"note": "De minns inte, ring 0455-12 34 56"}
    asked = client.post(f"/sessions/{held.id}/unanswered", data=data | note)
    assert asked.status_code == 422
    assert asked.text.count('<details class="disclosure" open>') == 1
    assert f'value="{note["note"]}"' in asked.text
    assert session.get_one(SessionChase, held.id).ended_at is None
    note["details_are_meant"] = "y"
    assert client.post(f"/sessions/{held.id}/unanswered", data=data | note).status_code == 303
    assert "Inga luckor" in client.get("/sessions/gaps").text
    assert held.learners is None
    assert "De minns inte" in client.get("/sessions/gaps?ended=1").text
    client.post(f"/sessions/{held.id}/ask-again", data=data)
    assert "1 tillfälle saknar något" in client.get("/sessions/gaps").text
    assert session.get_one(SessionChase, held.id).note is None


def test_gaps_are_chosen_by_organiser_by_what_is_missing_and_by_who_looks_after_them(
    client: FlaskClient, session: Session, organisation: Organisation, person: User
) -> None:
    by = logger_of(session, organisation)
    uncounted = logged(session, organisation, by, title="Oräknad", head_count=None,
                       is_uncounted=True)  # fmt: skip
    lost = logged(session, organisation, by, title="Platslös")
    lost.village_id = None
    session.flush()
    data = {"csrf_token": token(client, "/sessions/gaps"), "assignee": str(person.id)}
    client.post(f"/sessions/{uncounted.id}/assign", data=data)

    def found(query: str) -> list[str]:
        page = client.get(f"/sessions/gaps?{query}").text
        return [title for title in ("Oräknad", "Platslös") if f"{title}," in page]

    assert found("gap=no_village") == ["Platslös"]
    assert found("gap=no_head_count") == ["Oräknad"]
    assert found("assignee=nobody") == ["Platslös"]
    assert found(f"assignee={person.id}") == ["Oräknad"]
    assert found(f"organisation={organisation.id}") == ["Oräknad", "Platslös"]
    assert found("organisation=999999") == []


def test_more_sessions_with_gaps_need_no_more_statements_and_stand_on_pages(
    client: FlaskClient,
    session: Session,
    organisation: Organisation,
    person: User,
    statements: Callable[[Callable[[], object]], int],
) -> None:
    by = logger_of(session, organisation)

    def log(number: int) -> None:
        for _ in range(number):
            logged(session, organisation, by, head_count=None, is_uncounted=True)

    log(1)
    few = statements(lambda: client.get("/sessions/gaps"))
    log(50)
    assert statements(lambda: client.get("/sessions/gaps")) <= few
    assert client.get("/sessions/gaps").text.count('class="gap-list__item"') == 50
    assert client.get("/sessions/gaps?page=2").text.count('class="gap-list__item"') == 1


def test_a_foreign_session_is_not_found(
    client: FlaskClient, session: Session, organisation: Organisation, person: User
) -> None:
    other = factories.organisation(session, "Annan")
    held = logged(session, other, logger_of(session, other), head_count=None, is_uncounted=True)
    data = {"csrf_token": token(client, "/sessions/gaps"), "version": "1", "note": "x"}
    for act in ("assign", "unanswered", "ask-again", "cancel"):
        assert client.post(f"/sessions/{held.id}/{act}", data=data).status_code == 404
    assert client.get(f"/sessions/{held.id}/tally").status_code == 404
