"""Sessions live on the server: they cannot be fixed, copied back to life or outlived."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from outreach.accounts import session_rows
from outreach.accounts.models import UserSession
from outreach.accounts.rules import RoleName
from outreach.accounts.session_rows import NewSession
from outreach.extensions import db
from outreach.tokens import hashed
from tests import factories
from tests.accounts.people import OTHER_PASSWORD, PASSWORD, attempt, person, send
from tests.signing_in import cookie_name, sign_in

NOW = factories.NOW
ANNA = "anna.ask@example.org"


def _cookie(client: FlaskClient) -> str:
    found = client.get_cookie("outreach")
    assert found is not None
    return found.value


def _with_cookie(app: Flask, value: str) -> FlaskClient:
    other = app.test_client()
    other.set_cookie(cookie_name(app), value)
    return other


def test_a_page_for_the_signed_in_opens_with_a_session(
    client: FlaskClient, session: Session
) -> None:
    sign_in(client, factories.user(session, RoleName.ADMINISTRATOR))
    assert client.get("/account").status_code == 200


def test_a_page_for_the_signed_in_leads_to_sign_in_without_one(client: FlaskClient) -> None:
    response = client.get("/account")
    assert (response.status_code, response.location) == (303, "/sign-in?next=/account")


def test_one_request_knows_nothing_of_who_made_the_one_before(
    client: FlaskClient, session: Session
) -> None:
    sign_in(client, factories.user(session, RoleName.ADMINISTRATOR))
    client.get("/account")
    client.delete_cookie("outreach")
    assert client.get("/account").status_code == 303


def test_a_copied_cookie_is_dead_after_signing_out(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    person(session)
    attempt(client, ANNA)
    thief = _with_cookie(app, _cookie(client))
    assert thief.get("/account").status_code == 200
    send(client, "/sign-out", "/account")
    assert thief.get("/account").status_code == 303


def test_signing_in_gives_a_fresh_identifier(client: FlaskClient, session: Session) -> None:
    person(session)
    client.get("/sign-in")
    before = _cookie(client)
    attempt(client, ANNA)
    assert _cookie(client) != before


def test_an_identifier_planted_beforehand_is_not_taken_over(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    person(session)
    mallory = factories.user(session)
    sign_in(client, mallory)
    planted = _cookie(client)
    send(client, "/sign-out", "/account")
    client.set_cookie(cookie_name(app), planted)
    attempt(client, ANNA)
    assert _cookie(client) != planted
    assert _with_cookie(app, planted).get("/account").status_code == 303


def test_a_form_from_before_signing_in_is_refused_afterwards(
    client: FlaskClient, session: Session
) -> None:
    person(session)
    page = client.get("/sign-in")
    old = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    attempt(client, ANNA)
    response = client.post("/account", data={"csrf_token": old, "name": "X", "locale": "sv"})
    assert response.status_code == 400


def test_proving_it_again_gives_a_fresh_identifier(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    person(session)
    attempt(client, ANNA)
    before = _cookie(client)
    send(client, "/sign-in/again", password=PASSWORD)
    assert _cookie(client) != before
    assert _with_cookie(app, before).get("/account").status_code == 303


def test_only_the_hash_of_the_identifier_is_stored(client: FlaskClient, session: Session) -> None:
    sign_in(client, factories.user(session))
    token = _cookie(client).removeprefix("s_")
    stored = session.scalars(select(UserSession.token_hash)).one()
    assert token not in stored
    assert stored == hashed(token)


def test_changing_the_password_keeps_this_device_and_signs_out_the_others(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    person(session)
    attempt(client, ANNA)
    other = app.test_client()
    attempt(other, ANNA)
    send(
        client,
        "/change-password",
        password=PASSWORD,
        new_password=OTHER_PASSWORD,
        new_password_confirm=OTHER_PASSWORD,
    )
    assert (client.get("/account").status_code, other.get("/account").status_code) == (200, 303)


def test_disabling_ends_the_session_at_once(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    user = person(session)
    attempt(client, ANNA)
    admin = app.test_client()
    sign_in(admin, factories.user(session, RoleName.ADMINISTRATOR))
    send(admin, f"/accounts/{user.id}/disable", f"/accounts/{user.id}")
    assert client.get("/account").status_code == 303
    assert attempt(client, ANNA).status_code == 422


@pytest.mark.parametrize(("before", "after", "status"), [(2, 1, 303), (1, 2, 200)])
def test_losing_a_reach_ends_the_session_and_gaining_one_leaves_it(
    app: Flask, client: FlaskClient, session: Session, before: int, after: int, status: int
) -> None:
    keys = [factories.association(session, name).id for name in ("Ett", "Två")]
    user = factories.user(session, RoleName.ASSOCIATION_REPORTER, associations=tuple(keys[:before]))
    sign_in(client, user)
    admin = app.test_client()
    sign_in(admin, factories.user(session, RoleName.ADMINISTRATOR))
    send(
        admin,
        f"/accounts/{user.id}",
        version=1,
        name=user.name,
        locale="sv",
        roles="association_reporter",
        associations=[str(key) for key in keys[:after]],
    )
    assert client.get("/account").status_code == status


def test_a_session_rests_twelve_hours(session: Session) -> None:
    user = factories.user(session)
    token = session_rows.begin(session, NewSession(user.id, "{}", "Test"), now=NOW)
    assert session_rows.find(session, token, now=NOW + timedelta(hours=11, minutes=59))
    assert session_rows.find(session, token, now=NOW + timedelta(hours=12)) is None


def test_use_prolongs_a_session_up_to_two_weeks(session: Session) -> None:
    user = factories.user(session)
    token = session_rows.begin(session, NewSession(user.id, "{}", "Test"), now=NOW)
    for hours in range(11, 14 * 24, 11):
        moment = NOW + timedelta(hours=hours)
        stored = session_rows.find(session, token, now=moment)
        assert stored is not None
        session_rows.keep(session, stored, data="{}", now=moment)
    assert session_rows.find(session, token, now=NOW + timedelta(days=14, minutes=-1))
    assert session_rows.find(session, token, now=NOW + timedelta(days=14)) is None


def test_a_remembered_session_may_rest_two_weeks(session: Session) -> None:
    user = factories.user(session)
    new = NewSession(user.id, "{}", "Test", is_remembered=True)
    token = session_rows.begin(session, new, now=NOW)
    assert session_rows.find(session, token, now=NOW + timedelta(days=13, hours=23))
    assert session_rows.find(session, token, now=NOW + timedelta(days=14)) is None


def test_staying_signed_in_needs_no_second_cookie(client: FlaskClient, session: Session) -> None:
    person(session)
    response = attempt(client, ANNA, remember="y")
    names = sorted(line.split("=")[0] for line in response.headers.getlist("Set-Cookie"))
    assert names == ["device", "language", "outreach"]
    session_cookie = client.get_cookie("outreach")
    assert session_cookie is not None
    assert session_cookie.max_age == 14 * 24 * 3600
    assert session.scalars(select(UserSession.is_remembered)).one() is True


def test_a_session_that_was_ended_is_not_written_back(session: Session) -> None:
    user = factories.user(session)
    token = session_rows.begin(session, NewSession(user.id, "{}", "Test"), now=NOW)
    stored = session_rows.find(session, token, now=NOW)
    assert stored is not None
    session_rows.end(session, stored.id)
    assert session_rows.keep(session, stored, data="{}", now=NOW) is False
    assert session.scalars(select(UserSession)).all() == []


def test_nobody_looks_for_a_visitor_without_our_cookie(app: Flask, client: FlaskClient) -> None:
    statements: list[str] = []
    connection = db.engine

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(connection, "before_cursor_execute", count)
    client.get("/contact")
    event.remove(connection, "before_cursor_execute", count)
    assert [line for line in statements if "user" in line] == []


def test_a_page_without_a_form_gives_a_visitor_no_cookie(client: FlaskClient) -> None:
    assert client.get("/contact").headers.getlist("Set-Cookie") == []


def test_an_answer_that_asked_nothing_about_the_reader_does_not_vary_with_them(
    client: FlaskClient, session: Session
) -> None:
    sign_in(client, factories.user(session))
    response = client.get("/health")
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.headers.getlist("Set-Cookie") == []


def test_reading_pages_writes_when_one_was_last_seen_at_most_each_five_minutes(
    client: FlaskClient, session: Session
) -> None:
    sign_in(client, factories.user(session))
    first = session.scalars(select(UserSession.last_seen_at)).one()
    client.get("/account")
    assert session.scalars(select(UserSession.last_seen_at)).one() == first
    earlier = first - timedelta(minutes=6)
    session.execute(update(UserSession).values(last_seen_at=earlier))
    client.get("/account")
    assert session.scalars(select(UserSession.last_seen_at)).one() >= first


def test_a_tampered_cookie_is_nobody(app: Flask, client: FlaskClient, session: Session) -> None:
    sign_in(client, factories.user(session))
    for value in ("s_", "s_x", _cookie(client) + "x", "v_e30.a.b", "\x7f", "v_" + "A" * 4000):
        assert _with_cookie(app, value).get("/account").status_code == 303


def test_ones_own_sessions_are_listed_and_can_be_ended(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    person(session)
    attempt(client, ANNA)
    other = app.test_client()
    headers = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17 Safari/604"}
    other.environ_base["HTTP_USER_AGENT"] = headers["User-Agent"]
    attempt(other, ANNA)
    page = client.get("/account/sessions").text
    assert page.count("Senast använd") == 2
    assert "Safari, iPhone" in page
    theirs = session.scalars(
        select(UserSession.id).where(UserSession.device == "Safari, iPhone")
    ).one()
    send(client, f"/account/sessions/{theirs}/end", "/account/sessions")
    assert (client.get("/account").status_code, other.get("/account").status_code) == (200, 303)


def test_all_others_can_be_ended_at_once(app: Flask, client: FlaskClient, session: Session) -> None:
    person(session)
    others = [app.test_client() for _ in range(3)]
    for one in (client, *others):
        attempt(one, ANNA)
    response = send(client, "/account/sessions/end-others", "/account/sessions")
    assert response.status_code == 303
    assert [one.get("/account").status_code for one in (client, *others)] == [200, 303, 303, 303]


def test_another_persons_session_cannot_be_ended(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    victim = app.test_client()
    sign_in(victim, factories.user(session))
    theirs = session.scalars(select(UserSession.id)).one()
    sign_in(client, factories.user(session))
    response = send(client, f"/account/sessions/{theirs}/end", "/account/sessions")
    assert response.status_code == 404
    assert victim.get("/account").status_code == 200
