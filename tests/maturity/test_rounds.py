"""Staff's rounds: within their county, with answers from paper, and closed for good."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from outreach.maturity.commands.rounds import shuffle
from outreach.maturity.models import SurveyAnswer, SurveyRound, SurveyTally
from outreach.maturity.queries.rounds import answered
from outreach.maturity.rules import SurveyState
from outreach.measures.maturity import Level
from tests import factories
from tests.maturity.making import DONE, answers, mixed, survey_round
from tests.signing_in import sign_in, token


@pytest.fixture
def staff(client: FlaskClient, session: Session) -> FlaskClient:
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    return client


def posted(client: FlaskClient, page: str, path: str, **values: object) -> int:
    data = {"csrf_token": token(client, page), **values}
    return client.post(path, data=data).status_code


def test_staff_open_a_round_once_for_a_date(staff: FlaskClient, session: Session) -> None:
    page = "/maturity/rounds/new"
    values = {"county": "10", "day": "2026-03-15", "small_village": "150"}
    assert [posted(staff, page, page, **values) for _ in range(2)] == [303, 422]
    made = session.scalars(select(SurveyRound)).one()
    assert (made.small_village, made.state) == (150, SurveyState.OPEN)
    assert posted(staff, page, page, **{**values, "day": "15/3"}) == 422
    assert posted(staff, page, page, **{**values, "county": "07"}) == 422


def test_another_countys_round_is_not_found(staff: FlaskClient, session: Session) -> None:
    other = survey_round(session, county="07")
    for path in ("", "/paper", "/answer", "/tally", "/import"):
        assert staff.get(f"/maturity/rounds/{other.id}{path}").status_code == 404
    assert "Kronobergs" not in staff.get("/maturity/rounds").text


def test_the_links_secret_is_shown_once(staff: FlaskClient, session: Session) -> None:
    opened = survey_round(session)
    address = f"/maturity/rounds/{opened.id}"
    data = {"csrf_token": token(staff, address), "label": "Biblioteket", "kind": "kiosk"}
    page = staff.post(f"{address}/links", data=data).text
    assert "/s/" in page
    assert "/s/" not in staff.get(address).text
    assert posted(staff, address, f"{address}/links", label="anna@example.org") == 422


def test_single_answers_and_counted_ones_from_paper(staff: FlaskClient, session: Session) -> None:
    factories.municipality(session)
    opened = survey_round(session)
    address = f"/maturity/rounds/{opened.id}"
    single = {"place": "m1080", "age": "from_65", "internet": "yes", "done": ["i1"]}
    assert posted(staff, f"{address}/answer", f"{address}/answer", **single) == 303
    counted = {"place": "m1080", "age": "from_65", "low": "3", "not_assessed": "2"}
    areas = {"information": "3", "communication": "3", "content": "3", "problem_solving": "3"}
    assert posted(staff, f"{address}/tally", f"{address}/tally", **counted, **areas) == 303
    assert posted(staff, f"{address}/tally", f"{address}/tally", **counted) == 422
    assert session.scalars(select(SurveyTally.low)).one() == 3
    assert [(row.name, row.persons) for row in answered(session, opened)] == [("Karlskrona", 6)]


def test_a_closed_round_takes_no_more(staff: FlaskClient, session: Session) -> None:
    factories.municipality(session)
    opened = survey_round(session)
    address = f"/maturity/rounds/{opened.id}"
    assert posted(staff, address, f"{address}/close") == 303
    for path in ("/answer", "/tally", "/import"):
        assert staff.get(address + path).status_code == 404
    assert posted(staff, "/account", f"{address}/close") == 404


def test_what_is_typed_when_the_round_closes_stays_on_the_page(
    staff: FlaskClient, session: Session
) -> None:
    factories.municipality(session)
    address = f"/maturity/rounds/{survey_round(session).id}"
    csrf = token(staff, f"{address}/tally")
    assert posted(staff, address, f"{address}/close") == 303
    typed = {"csrf_token": csrf, "place": "m1080", "age": "from_65", "low": "17", "done": ["i1"]}
    for path in ("/answer", "/tally"):
        answer = staff.post(address + path, data=typed)
        assert answer.status_code == 409
        assert "Det du skrev står kvar här." in answer.text
        assert 'value="from_65" checked' in answer.text
    assert 'value="17"' in answer.text
    assert session.scalar(select(func.count(SurveyTally.id))) == 0


def test_closing_stores_the_answers_anew_with_nothing_else_changed(session: Session) -> None:
    village = factories.village(session)
    opened = survey_round(session)
    answers(session, opened, village, [*Level] * 3)
    keys = set(session.scalars(select(SurveyAnswer.id)))
    shuffle(session, opened.id)
    assert not keys & set(session.scalars(select(SurveyAnswer.id)))
    counts = dict(
        session.execute(select(SurveyAnswer.level, func.count()).group_by(SurveyAnswer.level)).all()
    )
    assert counts == dict.fromkeys(DONE, 3)


def test_pages_dont_ask_more_for_more_answers(
    staff: FlaskClient, session: Session, statements: Callable[[Callable[[], object]], int]
) -> None:
    opened = survey_round(session)
    address = f"/maturity/rounds/{opened.id}"
    answers(session, opened, factories.village(session), mixed(3, 3))
    staff.get(address)
    few = statements(lambda: staff.get(address))
    for _ in range(5):
        answers(session, opened, factories.village(session), mixed(30, 30))
    assert statements(lambda: staff.get(address)) == few
