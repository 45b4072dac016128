"""Answering by link: once, without a trace of who, and nothing left on a shared device."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from outreach.database.audit import AuditEvent
from outreach.database.times import utc_now
from outreach.maturity.commands.rounds import (
    RoundClosed,
    TooMany,
    close_round,
    count_answer,
    end_link,
    make_link,
)
from outreach.maturity.models import SurveyAnswer, SurveyLink, SurveyReceipt
from outreach.maturity.queries.rounds import RoundRow, link_by_hash
from outreach.maturity.rules import ANSWERS_AN_HOUR, LinkEntry
from outreach.measures.maturity import AgeGroup, Level, Sex
from outreach.tokens import hashed
from tests import factories
from tests.maturity.making import survey_round
from tests.signing_in import csrf_token

KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def opened(session: Session) -> RoundRow:
    return survey_round(session)


def link_to(session: Session, opened: RoundRow, *, is_kiosk: bool = False) -> str:
    entry = LinkEntry("Biblioteket", is_kiosk)
    return make_link(session, opened.id, entry, user_id=None, at=utc_now())


def sent(client: FlaskClient, place: str, **values: str | list[str]) -> int:
    form = client.get("/survey").text
    data = {
        "csrf_token": csrf_token(form),
        "submission_key": KEY,
        "place": place,
        "age": "from_45",
        "internet": "yes",
        **values,
    }
    return client.post("/survey", data=data).status_code


def test_an_address_with_a_secret_is_named_to_nobody(
    client: FlaskClient, session: Session, opened: RoundRow
) -> None:
    answers = [client.get(f"/s/{link_to(session, opened)}"), client.get(f"/s/{'x' * 32}")]
    assert [one.headers["Referrer-Policy"] for one in answers] == ["no-referrer"] * 2


def test_an_answer_by_link_is_stored_without_its_person(
    client: FlaskClient, session: Session, opened: RoundRow
) -> None:
    village = factories.village(session, inhabitants=210)
    assert client.get(f"/s/{link_to(session, opened)}").headers["Location"] == "/survey"
    assert sent(client, f"v{village.id}", sex="woman", done=["i1", "k1", "zz"]) == 303
    stored = session.scalars(select(SurveyAnswer)).one()
    assert (stored.village_id, stored.municipality_code) == (village.id, "1080")
    assert (stored.age_group, stored.sex) == (AgeGroup.from_45, Sex.woman)
    assert (stored.level, stored.information, stored.safety) == (Level.limited, 1, 0)
    assert stored.activities == "1000100000" + "0" * 20
    assert {column.key for column in inspect(SurveyAnswer).columns} == {
        "id", "round_id", "municipality_code", "village_id", "fine_class", "age_group", "sex",
        "level", "activities", "information", "communication", "content", "safety",
        "problem_solving",
    }  # fmt: skip


def test_answering_leaves_nothing_on_record(
    client: FlaskClient, session: Session, opened: RoundRow
) -> None:
    factories.municipality(session)
    client.get(f"/s/{link_to(session, opened)}")
    before = session.scalar(select(func.count(AuditEvent.id)))
    sent(client, "m1080")
    assert session.scalar(select(func.count(AuditEvent.id))) == before
    receipt = session.scalars(select(SurveyReceipt)).one()
    assert KEY not in receipt.key_hash


def test_no_use_of_the_internet_is_not_assessed(
    client: FlaskClient, session: Session, opened: RoundRow
) -> None:
    factories.municipality(session)
    client.get(f"/s/{link_to(session, opened)}")
    assert sent(client, "m1080", internet="no", done=["i1"]) == 303
    stored = session.scalars(select(SurveyAnswer)).one()
    assert (stored.level, stored.activities, stored.information) == (
        Level.not_assessed,
        None,
        None,
    )


def test_the_same_form_sent_twice_is_stored_once(
    client: FlaskClient, session: Session, opened: RoundRow
) -> None:
    factories.municipality(session)
    client.get(f"/s/{link_to(session, opened)}")
    assert [sent(client, "m1080"), sent(client, "m1080")] == [303, 303]
    assert session.scalar(select(func.count()).select_from(SurveyAnswer)) == 1


def test_what_is_missing_is_told_beside_each_question(
    client: FlaskClient, session: Session, opened: RoundRow
) -> None:
    factories.municipality(session)
    client.get(f"/s/{link_to(session, opened)}")
    form = client.get("/survey").text
    page = client.post("/survey", data={"csrf_token": csrf_token(form)})
    assert page.status_code == 422
    for words in ("Välj var du bor.", "Välj en åldersgrupp.", "Svara på om du har använt"):
        assert words in page.text
    assert session.scalar(select(func.count()).select_from(SurveyAnswer)) == 0


def test_the_next_person_begins_with_an_empty_form_that_nobody_keeps(
    client: FlaskClient, session: Session, opened: RoundRow
) -> None:
    factories.municipality(session)
    client.get(f"/s/{link_to(session, opened, is_kiosk=True)}")
    sent(client, "m1080", done=["i1", "i2"])
    thanks = client.get("/survey/thanks")
    assert "Nästa person" in thanks.text
    form = client.get("/survey")
    assert form.headers["Referrer-Policy"] == "same-origin"  # https asks which page a form is from
    assert {thanks.headers["Cache-Control"], form.headers["Cache-Control"]} == {"private, no-store"}
    assert not re.search(r"<input[^>]* checked|<option[^>]* selected", form.text.split("<main")[1])


def test_secrets_are_kept_as_hashes_and_wrong_ones_open_nothing(
    client: FlaskClient, session: Session, opened: RoundRow
) -> None:
    secret = link_to(session, opened)
    assert session.scalars(select(SurveyLink.key_hash)).one() == hashed(secret)
    assert client.get(f"/s/{'x' * 32}").status_code == 404
    assert client.get("/s/short").status_code == 404
    assert client.get("/survey").status_code == 404


def test_guessing_is_slowed_down(client: FlaskClient, session: Session, opened: RoundRow) -> None:
    answers = [client.get("/s/wrong").status_code for _ in range(8)]
    assert answers[0] == 404
    assert answers[-1] == 429
    assert client.get(f"/s/{link_to(session, opened)}").status_code == 303


def test_an_ended_link_ends_the_visits_with_it(
    client: FlaskClient, session: Session, opened: RoundRow
) -> None:
    factories.municipality(session)
    client.get(f"/s/{link_to(session, opened)}")
    number = session.scalars(select(SurveyLink.id)).one()
    assert end_link(session, opened.id, link_id=number, user_id=None, at=utc_now())
    assert client.get("/survey").status_code == 404
    assert not end_link(session, opened.id, link_id=number, user_id=None, at=utc_now())


def test_closing_the_round_closes_its_links(
    client: FlaskClient, session: Session, opened: RoundRow
) -> None:
    client.get(f"/s/{link_to(session, opened)}")
    close_round(session, opened.id, user_id=None, at=utc_now())
    assert client.get("/survey").status_code == 404
    with pytest.raises(RoundClosed):
        close_round(session, opened.id, user_id=None, at=utc_now())
    with pytest.raises(RoundClosed):
        link_to(session, opened)


def test_a_link_takes_so_many_answers_an_hour(session: Session, opened: RoundRow) -> None:
    link = link_by_hash(session, hashed(link_to(session, opened)))
    assert link is not None
    now = utc_now()
    for _ in range(ANSWERS_AN_HOUR):
        count_answer(session, link, at=now)
    with pytest.raises(TooMany):
        count_answer(session, link, at=now)
    count_answer(session, link, at=now + timedelta(hours=1))
    assert session.scalars(select(SurveyLink.answers)).one() == 1
