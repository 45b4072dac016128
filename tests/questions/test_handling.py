"""Associations answer and the region decides: lists, one question, letters, and who is first."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from outreach.accounts.rules import Reach, RoleName
from outreach.associations.models import Association
from outreach.connections.models import ReportingRound
from outreach.connections.rules import RoundState
from outreach.database import data_version
from outreach.database.audit import AuditEvent
from outreach.mail.models import OutboxMessage
from outreach.measures.rates import Counts
from outreach.places.models import Village
from outreach.questions.models import FigureQuestion
from outreach.questions.queries import handling
from outreach.questions.queries.handling import QuestionFilter
from outreach.questions.rules import QuestionState
from outreach.web.paging import Paging
from tests import factories
from tests.connections.pages import words
from tests.factories import NOW, TODAY
from tests.gap.rows import place, publish
from tests.questions.asking import asked
from tests.signing_in import sign_in, token


@pytest.fixture
def village(session: Session) -> Village:
    made = place(session, "Åby")
    publish(session, made, Counts(100, 80, 40, 30))
    return made


@pytest.fixture
def association(session: Session, village: Village) -> Association:
    return factories.association(session, "Åby Fiber", serving=[village])


@pytest.fixture
def question(session: Session, village: Village, association: Association) -> FigureQuestion:
    return asked(session, village, email="fragare@example.org")


@pytest.fixture
def reporter(client: FlaskClient, session: Session, association: Association) -> FlaskClient:
    sign_in(
        client,
        factories.user(session, RoleName.ASSOCIATION_REPORTER, associations=(association.id,)),
    )
    return client


@pytest.fixture
def staff(client: FlaskClient, session: Session) -> FlaskClient:
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    return client


def _say(
    client: FlaskClient,
    question: FigureQuestion,
    action: str,
    answer: str = "",
    *,
    seen: str | None = None,
) -> TestResponse:
    path = f"/questions/{question.id}"
    sent = {"action": action, "answer": answer, "seen": seen or question.state.value}
    return client.post(path, data=sent | {"csrf_token": token(client, path)})


def test_an_association_that_agrees_goes_on_to_its_report(
    reporter: FlaskClient, question: FigureQuestion, association: Association
) -> None:
    answer = _say(reporter, question, "accept")
    assert answer.location == f"/reports/{association.id}/2025-10-01"
    assert question.state is QuestionState.ACCEPTED
    assert reporter.get(answer.location).status_code == 200


@pytest.mark.parametrize(
    ("action", "state"),
    [("dispute", QuestionState.DISPUTED), ("say_changed_since", QuestionState.CHANGED_SINCE)],
)
def test_another_answer_needs_a_reason_and_reaches_the_asker(
    session: Session,
    reporter: FlaskClient,
    question: FigureQuestion,
    action: str,
    state: QuestionState,
) -> None:
    refused = _say(reporter, question, action, "  ")
    assert (refused.status_code, question.state) == (422, QuestionState.ASKED)
    assert _say(reporter, question, action, "Norra vägen hör till Öby.").status_code == 303
    mail = session.scalars(select(OutboxMessage)).one()
    assert (question.state, mail.recipient) == (state, "fragare@example.org")
    assert "Norra vägen hör till Öby." in (mail.body or "")


def test_an_association_does_not_decide(reporter: FlaskClient, question: FigureQuestion) -> None:
    assert _say(reporter, question, "dismiss", "Nej.").status_code == 422
    assert question.state is QuestionState.ASKED


@pytest.mark.parametrize(
    ("action", "state"), [("uphold", QuestionState.UPHELD), ("dismiss", QuestionState.DISMISSED)]
)
def test_the_region_decides_with_a_reason_and_the_address_is_gone(
    session: Session,
    staff: FlaskClient,
    question: FigureQuestion,
    action: str,
    state: QuestionState,
) -> None:
    before = data_version.current(session)
    assert _say(staff, question, action).status_code == 422
    assert _say(staff, question, action, "Vi har räknat på kartan.").status_code == 303
    mail = session.scalars(select(OutboxMessage)).one()
    assert (question.state, question.asker_email) == (state, None)
    assert (mail.recipient, "Vi har räknat på kartan." in (mail.body or "")) == (
        "fragare@example.org",
        True,
    )
    assert data_version.current(session) == before + 1


def test_each_step_is_on_record(
    session: Session, staff: FlaskClient, question: FigureQuestion
) -> None:
    _say(staff, question, "dismiss", "Siffran stämmer.")
    event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1)).one()
    assert (event.action, event.before) == ("question_dismissed", '{"state": "asked"}')
    assert event.after == '{"note": "Siffran stämmer.", "state": "dismissed"}'


def test_who_comes_second_changes_nothing_and_sees_what_was_said(
    staff: FlaskClient, question: FigureQuestion
) -> None:
    _say(staff, question, "dispute", "Nej.")
    late = _say(staff, question, "accept", seen="asked")
    assert (late.status_code, question.state) == (409, QuestionState.DISPUTED)
    assert "Någon annan hann före" in late.text


def test_a_form_of_an_unknown_state_changes_nothing(
    staff: FlaskClient, question: FigureQuestion
) -> None:
    assert _say(staff, question, "accept", seen="nonsense").status_code == 409
    assert question.state is QuestionState.ASKED


def test_others_find_no_question(
    session: Session, client: FlaskClient, question: FigureQuestion
) -> None:
    stranger = factories.association(session, "Öby Fiber")
    for user in (
        factories.user(session, RoleName.REGIONAL_STAFF, counties=("07",)),
        factories.user(session, RoleName.ASSOCIATION_REPORTER, associations=(stranger.id,)),
    ):
        visitor = client.application.test_client()
        sign_in(visitor, user)
        assert visitor.get(f"/questions/{question.id}").status_code == 404
        assert "Åby" not in words(visitor.get("/questions"))


def test_the_region_sees_what_is_asked_and_the_figure_it_is_asked_of(
    staff: FlaskClient, question: FigureQuestion
) -> None:
    assert question.claim in words(staff.get("/questions"))
    said = words(staff.get(f"/questions/{question.id}"))
    assert "Publicerat nu 80,0 %, 80 av 100" in said


def test_an_association_is_not_told_the_sum_over_a_village(
    reporter: FlaskClient, question: FigureQuestion
) -> None:
    assert "Publicerat nu" not in words(reporter.get(f"/questions/{question.id}"))


def test_staff_are_led_to_the_exception_that_a_closed_round_needs(
    session: Session, staff: FlaskClient, question: FigureQuestion, association: Association
) -> None:
    closed = session.scalars(
        select(ReportingRound).where(ReportingRound.reference_date == question.reference_date)
    ).one()
    closed.state, closed.closed_at = RoundState.CLOSED, NOW
    question.state = question.answer = QuestionState.ACCEPTED
    question.answered_at = NOW
    session.flush()
    path = f"/review/rounds/{closed.id}/associations/{association.id}"
    assert f'href="{path}"' in staff.get(f"/questions/{question.id}").text


def test_a_late_question_says_so_to_staff(
    session: Session, staff: FlaskClient, village: Village
) -> None:
    asked(session, village, due_on=date(2020, 1, 1))
    asked(session, village, due_on=date(2099, 1, 1))
    assert "dagar försenad" in words(staff.get("/questions"))
    late = words(staff.get("/questions?show=late"))
    assert ("1 rad" in late, "dagar kvar" in late) == (True, False)


def test_closed_questions_are_listed_apart(staff: FlaskClient, question: FigureQuestion) -> None:
    assert "Ingen fråga har avslutats" in words(staff.get("/questions?show=closed"))
    _say(staff, question, "dismiss", "Siffran stämmer.")
    assert "Siffran står fast" in words(staff.get("/questions?show=closed"))
    assert "Ingen fråga väntar" in words(staff.get("/questions"))


def test_the_association_that_served_on_the_date_and_the_one_that_serves_now_both_answer(
    session: Session, village: Village, question: FigureQuestion
) -> None:
    was = factories.association(session, "Gamla nätet", serving=[village])
    was.served[0].valid_to = date(2026, 1, 1)
    later = factories.association(session, "Nya nätet", serving=[village], since=date(2026, 1, 1))
    gone = factories.association(session, "Borta", serving=[village])
    gone.served[0].valid_to = date(2020, 1, 1)
    session.flush()
    for association, sees in ((was, True), (later, True), (gone, False)):
        reach = Reach(
            1, frozenset({RoleName.ASSOCIATION_REPORTER}), associations=frozenset({association.id})
        )
        found = handling.question(session, question.id, reach=reach, today=TODAY)
        assert (found is not None) == sees


def test_the_list_costs_the_same_for_one_question_and_for_forty(
    session: Session, village: Village, statements: Callable[[Callable[[], object]], int]
) -> None:
    reach = Reach(1, frozenset({RoleName.ADMINISTRATOR}))

    def listed() -> None:
        handling.questions(
            session, QuestionFilter(), reach=reach, today=TODAY, paging=Paging(1, 50)
        )

    asked(session, village)
    first = statements(listed)
    for number in range(39):
        other = place(session, f"By {number}")
        factories.association(session, f"By {number} fiber", serving=[other])
        asked(session, other)
    assert (statements(listed), first) == (2, 2)
