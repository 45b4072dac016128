"""The first administrator comes from the command line."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.models import User
from outreach.accounts.queries import reach_of
from outreach.database.audit import AuditEvent
from outreach.mail.models import OutboxMessage
from tests import factories


def _invite(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["accounts", "create-administrator", *arguments])
    return result.exit_code, result.output


def test_the_link_is_printed_and_mailed(app: Flask, session: Session) -> None:
    code, output = _invite(app, "--email", "eva@region.example", "--name", "Eva Ek")
    assert code == 0
    assert output.startswith("http://localhost/welcome/")
    body = session.scalars(select(OutboxMessage.body)).one()
    assert output.strip() in (body or "")
    assert app.test_client().get(output.strip().removeprefix("http://localhost")).status_code == 200


def test_the_person_is_administrator_and_it_is_on_record(app: Flask, session: Session) -> None:
    _invite(app, "--email", "eva@region.example", "--name", "Eva Ek", "--language", "en")
    user = session.scalars(select(User)).one()
    assert (user.locale, reach_of(session, user.id).is_administrator) == ("en", True)
    event = session.scalars(select(AuditEvent)).one()
    assert (event.action, event.user_id) == ("user_invited", None)


def test_an_address_in_use_is_refused(app: Flask, session: Session) -> None:
    factories.user(session, email="eva@region.example")
    code, output = _invite(app, "--email", "eva@region.example", "--name", "Eva Ek")
    assert code == 1
    assert "redan ett konto" in output


def test_what_is_no_address_is_refused_and_nothing_stored(app: Flask, session: Session) -> None:
    code, _ = _invite(app, "--email", "eva region.example")
    assert code == 1
    assert session.scalars(select(User)).all() == []
