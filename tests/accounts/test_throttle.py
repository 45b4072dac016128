"""Guesses are slowed down by account and by address, and nobody is ever locked out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.accounts import throttle
from outreach.accounts.models import SignInAttempt
from outreach.accounts.throttle import ACCOUNT, ADDRESS, PAIR, Source, ask
from outreach.database import transaction
from outreach.extensions import db
from tests import factories
from tests.accounts.people import PASSWORD, attempt, person, send

NOW = factories.NOW
ANNA = "anna.ask@example.org"
HOME = Source("account", "home")


def _fail(session: Session, source: Source, times: int) -> None:
    for number in range(times):
        session.add(
            SignInAttempt(
                at=NOW + timedelta(seconds=number),
                account_key=source.account_key,
                address_key=source.address_key,
                succeeded=False,
            )
        )
    session.flush()


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (4, 0), (5, 15), (6, 30), (7, 60), (10, 480), (11, 900), (500, 900)],
)
def test_the_wait_doubles_up_to_a_quarter_of_an_hour(failures: int, seconds: int) -> None:
    assert PAIR.wait(failures) == timedelta(seconds=seconds)


def test_the_longest_wait_that_others_can_cause_is_minutes() -> None:
    assert ACCOUNT.longest <= timedelta(minutes=2)
    assert ADDRESS.longest <= timedelta(minutes=5)


def test_five_wrong_tries_are_free_and_the_sixth_waits(session: Session) -> None:
    for second in range(5):
        assert ask(session, HOME, now=NOW + timedelta(seconds=second)).attempt_id is not None
    sixth = ask(session, HOME, now=NOW + timedelta(seconds=5))
    assert sixth.retry_at == NOW + timedelta(seconds=4 + 15)
    assert ask(session, HOME, now=NOW + timedelta(seconds=19)).attempt_id is not None


def test_a_try_that_came_second_but_looked_at_the_clock_first_is_taken(session: Session) -> None:
    ask(session, HOME, now=NOW)
    assert ask(session, HOME, now=NOW - timedelta(microseconds=5)).attempt_id is not None


def test_waiting_does_not_make_the_wait_longer(session: Session) -> None:
    _fail(session, HOME, 5)
    ends = {ask(session, HOME, now=NOW + timedelta(seconds=5)).retry_at for _ in range(10)}
    assert ends == {NOW + timedelta(seconds=4 + 15)}


def test_a_right_password_starts_afresh(session: Session) -> None:
    _fail(session, HOME, 4)
    admission = ask(session, HOME, now=NOW + timedelta(seconds=5))
    assert admission.attempt_id is not None
    throttle.succeeded(session, admission.attempt_id)
    for second in range(6, 11):
        assert ask(session, HOME, now=NOW + timedelta(seconds=second)).retry_at is None


def test_tries_from_many_addresses_slow_the_account_down(session: Session) -> None:
    for number in range(20):
        _fail(session, Source("account", f"address-{number}"), 1)
    stranger = Source("account", "elsewhere")
    assert ask(session, stranger, now=NOW + timedelta(seconds=1)).retry_at is not None


def test_a_known_device_does_not_wait_for_strangers(session: Session) -> None:
    for number in range(200):
        _fail(session, Source("account", f"address-{number}"), 1)
    own = Source("account", "device", is_known_device=True)
    assert ask(session, own, now=NOW + timedelta(seconds=1)).attempt_id is not None


def test_tries_at_many_accounts_slow_the_address_down(session: Session) -> None:
    for number in range(40):
        _fail(session, Source(f"account-{number}", "office"), 1)
    another = Source("one more account", "office")
    assert ask(session, another, now=NOW + timedelta(seconds=1)).retry_at is not None


def test_attempts_are_forgotten_after_a_day(session: Session) -> None:
    _fail(session, HOME, 8)
    tomorrow = NOW + timedelta(days=1, seconds=8)
    assert ask(session, HOME, now=tomorrow).attempt_id is not None
    assert throttle.forget(session, now=tomorrow) == 8


def test_of_thirty_guesses_at_the_same_moment_five_are_tried(own_app: Flask) -> None:
    together = Barrier(10)

    def guess(_number: int) -> bool:
        with own_app.app_context():
            together.wait()
            session = db.session()
            with transaction(session):
                return ask(session, HOME, now=NOW).attempt_id is not None

    with ThreadPoolExecutor(10) as pool:
        tried = sum(pool.map(guess, range(30)))
    with own_app.app_context():
        stored = db.session.scalar(select(func.count()).select_from(SignInAttempt))
    assert (tried, stored) == (5, 5)


def test_the_sixth_wrong_password_is_answered_with_when_to_try_again(
    client: FlaskClient, session: Session
) -> None:
    person(session)
    answers = [attempt(client, ANNA, "fel lösenord här") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422, 422, 422, 422, 422, 429]
    assert 1 <= int(answers[5].headers["Retry-After"]) <= 15
    assert "Försök igen" in answers[5].text


def test_while_waiting_not_even_the_right_password_is_tried(
    client: FlaskClient, session: Session
) -> None:
    person(session)
    for _ in range(5):
        attempt(client, ANNA, "fel lösenord här")
    assert attempt(client, ANNA).status_code == 429


def test_an_unknown_account_waits_just_the_same(client: FlaskClient) -> None:
    answers = [attempt(client, "ingen@example.org", "fel lösenord här") for _ in range(6)]
    assert answers[5].status_code == 429


def test_the_page_speaks_the_readers_language(client: FlaskClient) -> None:
    client.get("/language/en")
    for _ in range(5):
        attempt(client, "ingen@example.org", "fel lösenord här")
    assert "Try again" in attempt(client, "ingen@example.org", "fel lösenord här").text


def test_a_device_that_has_signed_in_gets_in_while_a_stranger_guesses(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    person(session)
    attempt(client, ANNA)
    send(client, "/sign-out", "/account")
    for number in range(25):
        stranger = app.test_client()
        stranger.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        attempt(stranger, ANNA, "fel lösenord här")
    newcomer = app.test_client()
    newcomer.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    assert attempt(newcomer, ANNA).status_code == 429
    assert attempt(client, ANNA).status_code == 303


def test_asking_for_links_over_and_over_is_slowed_down(client: FlaskClient) -> None:
    answers = [send(client, "/reset", email=ANNA) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 200, 429]


def test_guessing_the_password_in_somebodys_open_session_is_slowed_down(
    client: FlaskClient, session: Session
) -> None:
    person(session)
    attempt(client, ANNA)
    answers = [
        send(client, "/change-password", password="fel", new_password="x", new_password_confirm="x")
        for _ in range(6)
    ]
    assert answers[5].status_code == 429


def test_no_address_and_no_e_mail_is_stored(client: FlaskClient, session: Session) -> None:
    attempt(client, ANNA, PASSWORD)
    stored = session.execute(select(SignInAttempt.account_key, SignInAttempt.address_key)).one()
    assert [len(key) for key in stored] == [64, 64]
    assert all(set(key) <= set("0123456789abcdef") for key in stored)


def test_guesses_by_a_clock_that_was_ahead_keep_nobody_waiting(session: Session) -> None:
    _fail(session, HOME, 30)
    year_before = NOW - timedelta(days=365)
    assert ask(session, HOME, now=year_before).attempt_id is not None
    throttle.forget(session, now=year_before)
    left = select(func.count()).select_from(SignInAttempt)
    assert session.scalar(left) == 1
