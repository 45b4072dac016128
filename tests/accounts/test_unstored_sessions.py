"""A sign-in or sign-out that could not be stored has not happened, and the answer says so."""

from flask import Flask
from sqlalchemy import text

from outreach.database import transaction
from outreach.extensions import db
from tests.accounts.people import PASSWORD, person
from tests.signing_in import csrf_token, sign_in

ANNA = "anna.ask@example.org"


def _break(app: Flask, statement: str) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text(statement))


def test_a_sign_in_that_is_not_stored_is_refused(own_app: Flask) -> None:
    with own_app.app_context(), transaction(db.session()):
        person(db.session())
    client = own_app.test_client()
    values = {"csrf_token": csrf_token(client.get("/sign-in").text)}
    _break(own_app, "ALTER TABLE user_session RENAME TO away")
    values |= {"email": ANNA, "password": PASSWORD}
    response = client.post("/sign-in", data=values)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert "Location" not in response.headers
    assert not any(line.startswith("outreach=") for line in response.headers.getlist("Set-Cookie"))


def test_a_sign_out_that_is_not_stored_is_refused(own_app: Flask) -> None:
    client = own_app.test_client()
    with own_app.app_context(), transaction(db.session()):
        user = person(db.session())
        sign_in(client, user)
    token = csrf_token(client.get("/account").text)
    trigger = (
        "CREATE TRIGGER keep BEFORE DELETE ON user_session BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    if own_app.config["SQLALCHEMY_DATABASE_URI"].get_backend_name() == "postgresql":
        trigger = (
            "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN RAISE EXCEPTION ''no''; END';"
            " CREATE TRIGGER keep BEFORE DELETE ON user_session"
            " FOR EACH ROW EXECUTE FUNCTION no()"
        )
    _break(own_app, trigger)
    response = client.post("/sign-out", data={"csrf_token": token})
    assert response.status_code == 503
    assert client.get("/account").status_code == 200
