"""Programmes: what is public of them, and what a pilot must say."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from outreach.measures.digcomp import DigCompArea
from outreach.training.disclosed import public_figures
from outreach.training.models import Programme
from outreach.training.queries.programme_results import CheckTotal, HalfYear
from outreach.training.rules import SessionForm, SessionState
from tests import factories
from tests.gap.test_pages import words_of
from tests.signing_in import sign_in, token
from tests.training.logging import logged, logger_of

TODAY = date(2026, 11, 22)
ENDED = date(2026, 6, 30)


def _figures(*learners: int | None, ended_on: date | None = None) -> list[int | None]:
    rows = [HalfYear(2020 + n, 1, 3, 3, count) for n, count in enumerate(learners)]
    figures = public_figures(rows, [], today=TODAY, ended_on=ended_on, k=5)
    return [*(row.learners for row in figures.half_years), figures.learners]


@pytest.mark.parametrize(
    ("learners", "shown"),
    [
        ((12, 30), [12, 30, 42]),
        ((0, 30), [0, 30, 30]),
        ((None, 30), [None, 30, 30]),
        # A small one is not shown, and takes the smallest other with it.
        ((4, 30, 20), [None, 30, None, None]),
        ((4, 4, 30), [None, None, 30, None]),
        ((4,), [None, None]),
        ((4, 30), [None, None, None]),
    ],
)
def test_no_small_number_of_people_follows_from_what_is_shown(
    learners: tuple[int | None, ...], shown: list[int | None]
) -> None:
    assert _figures(*learners) == shown


def test_the_half_year_that_runs_is_not_shown() -> None:
    rows = [HalfYear(2026, 2, 9, 9, 80), HalfYear(2026, 1, 9, 9, 70)]
    figures = public_figures(rows, [], today=TODAY, ended_on=None, k=5)
    assert [(row.year, row.half) for row in figures.half_years] == [(2026, 1)]


@pytest.mark.parametrize(
    ("check", "ended_on", "is_shown"),
    [
        (CheckTotal(DigCompArea.SAFETY, 50, 10, 50, 30), ENDED, True),
        (CheckTotal(DigCompArea.SAFETY, 50, 4, 50, 30), ENDED, False),
        (CheckTotal(DigCompArea.SAFETY, 50, 10, 50, 47), ENDED, False),
        (CheckTotal(DigCompArea.SAFETY, 50, 10, 50, 30), None, False),
    ],
)
def test_self_checks_are_public_when_it_has_ended_and_no_group_is_small(
    check: CheckTotal, ended_on: date | None, *, is_shown: bool
) -> None:
    figures = public_figures([], [check], today=TODAY, ended_on=ended_on, k=5)
    assert bool(figures.checks) is is_shown


def test_the_gain_is_in_percentage_points() -> None:
    check = CheckTotal(DigCompArea.SAFETY, 50, 10, 40, 30)
    assert check.gain == pytest.approx(55)
    assert CheckTotal(DigCompArea.SAFETY, 0, 0, 40, 30).gain is None


def _save(client: FlaskClient, **values: str) -> int:
    data = {"csrf_token": token(client, "/programmes/new"), "county": "10", "name": "Plattan"}
    return client.post("/programmes/new", data=data | values).status_code


def test_a_pilot_has_a_question_and_an_outcome_has_reasons(
    client: FlaskClient, session: Session
) -> None:
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    assert _save(client, kind="pilot") == 422
    assert _save(client, kind="pilot", question="Kommer fler?", outcome="spread") == 422
    assert _save(client, kind="digital_help", question="Kommer fler?") == 422
    told = {"question": "Kommer fler?", "outcome": "spread", "reasons": "De kom tillbaka."}
    assert _save(client, kind="pilot", **told) == 303
    made = session.scalars(select(Programme)).one()
    page = client.get(f"/programmes/{made.id}").text
    assert "Kommer fler?" in page
    assert "De kom tillbaka." in page


def test_staff_of_another_county_change_nothing(client: FlaskClient, session: Session) -> None:
    factories.county(session, "07", "Kronobergs län")
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    _save(client, kind="other")
    made = session.scalars(select(Programme)).one()
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("07",)))
    assert client.get(f"/programmes/{made.id}/edit").status_code == 404
    assert client.get(f"/programmes/{made.id}").status_code == 200


def test_a_pilot_sets_its_plan_beside_what_became_of_the_sessions(
    client: FlaskClient, session: Session
) -> None:
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    _save(client, kind="pilot", question="Kommer fler?", plan="Åtta kvällar i bygdegården")
    made = session.scalars(select(Programme)).one()
    organisation = factories.organisation(session)
    by = logger_of(session, organisation)
    planned: dict[str, object] = {"state": SessionState.PLANNED, "head_count": None}
    off: dict[str, object] = {"state": SessionState.CANCELLED, "head_count": None}
    ahead = date(2090, 1, 1)
    for values in (
        {},
        {},
        off,
        planned | {"day": ahead},
        planned | {"day": date(2025, 1, 7)},
        {"form": SessionForm.HOME_VISIT},
    ):
        logged(session, organisation, by, programme_id=made.id, **values)
    text = words_of(client.get(f"/programmes/{made.id}").text)
    assert "Åtta kvällar i bygdegården 5 tillfällen har planerats." in text
    assert "Hållna 2 Inställda 1 Kommande 1 Passerade, ännu inte loggade 1" in text


def test_a_pilot_tells_how_many_were_planned_and_what_was_found_before_and_after(
    client: FlaskClient, session: Session
) -> None:
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    asked = {"kind": "pilot", "question": "Kommer fler?"}
    assert _save(client, **asked, planned_sessions="0") == 422
    told = {
        "planned_sessions": "8",
        "measured_before": "Självskattning",
        "result_before": "Två av tio loggade in själva",
        "measured_after": "Samma fem frågor",
    }
    assert _save(client, **asked, **told) == 303
    made = session.scalars(select(Programme)).one()
    text = words_of(client.get(f"/programmes/{made.id}").text)
    assert "Planen var 8 tillfällen. 0 av dem hölls." in text
    assert "Före Självskattning Resultat Två av tio loggade in själva" in text
    assert "Efter Samma fem frågor inget resultat ännu" in text
    form = client.get(f"/programmes/{made.id}/edit").text
    assert 'value="8"' in form
