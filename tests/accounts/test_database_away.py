"""With the database gone nothing is acknowledged, and the answer says when to come back."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach import create_app
from tests.clients import ready_for_tests
from tests.settings import BASE


@pytest.fixture
def stranded(tmp_path: Path) -> Flask:
    """An application whose database is nowhere. It starts all the same: starting asks nothing."""
    nowhere = f"postgresql+psycopg://nobody@/nothing?host={tmp_path}"
    settings = replace(BASE, database_url=nowhere, queue_path=tmp_path / "queue.db")
    app = ready_for_tests(create_app(replace(settings, is_testing=False)))
    app.config["SERVER_NAME"] = None
    return app


@pytest.fixture
def lost(stranded: Flask) -> FlaskClient:
    return stranded.test_client()


def test_somebody_signed_in_is_told_to_come_back(lost: FlaskClient) -> None:
    lost.set_cookie("outreach", "s_whoever")
    response = lost.get("/account")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")


def test_the_page_shows_nothing_internal(lost: FlaskClient) -> None:
    lost.set_cookie("outreach", "s_whoever")
    page = lost.get("/account").text
    assert "psycopg" not in page
    assert "nobody" not in page


def test_the_log_says_what_is_wrong_without_a_traceback_for_each_reader(
    lost: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    lost.set_cookie("outreach", "s_whoever")
    lost.get("/account")
    (said,) = [one for one in caplog.records if one.levelname == "ERROR"]
    assert "accounts.account: connection is bad" in said.getMessage()
    assert said.exc_info is None


def test_the_session_cookie_is_left_alone(lost: FlaskClient) -> None:
    lost.set_cookie("outreach", "s_whoever")
    assert lost.get("/account").headers.getlist("Set-Cookie") == []


def test_a_sign_in_is_not_acknowledged(lost: FlaskClient) -> None:
    lost.set_cookie("outreach", "s_whoever")
    typed = {"csrf_token": "x", "email": "anna@example.org", "password": "x"}
    response = lost.post("/sign-in", data=typed)
    assert response.status_code == 503
    assert response.headers.getlist("Set-Cookie") == []


def test_pages_without_figures_are_still_read_by_visitors(lost: FlaskClient) -> None:
    assert lost.get("/sign-in").status_code == 200
