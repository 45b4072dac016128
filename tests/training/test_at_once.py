"""Twenty people or devices at the same instant: nothing is stored twice, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from outreach import create_app
from outreach.associations.commands.recording import Author
from outreach.database import transaction
from outreach.database.audit import AuditEvent
from outreach.database.versions import StaleEdit
from outreach.extensions import db
from outreach.training.commands.sessions import change_session, log_session
from outreach.training.session_models import TrainingSession
from tests import factories
from tests.settings import settings_for
from tests.training.logging import entry, logger_of

AT_ONCE = 20


def _begun(own_database: str, folder: Path) -> tuple[Flask, Author, int, str]:
    app = create_app(settings_for(own_database, folder=folder))
    with app.app_context(), transaction(db.session):
        organisation = factories.organisation(db.session())
        by = logger_of(db.session(), organisation)
        return app, by, organisation.id, factories.village(db.session()).code


def _ended() -> None:
    db.session.remove()
    db.engine.dispose()


def test_the_same_key_sent_twenty_times_at_once_is_one_session(
    own_database: str, tmp_path: Path
) -> None:
    app, by, organisation_id, code = _begun(own_database, tmp_path)
    key = str(uuid4())

    def send(_: int) -> int:
        with app.app_context(), transaction(db.session):
            return log_session(db.session(), entry(organisation_id, code), key=key, by=by).id

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(send, range(AT_ONCE)))
    with app.app_context():
        stored = list(db.session.scalars(select(TrainingSession.id)))
        events = db.session.scalar(select(func.count()).select_from(AuditEvent))
        _ended()
    assert (set(answers), len(stored), events) == ({stored[0]}, 1, 1)


def test_of_twenty_edits_begun_on_the_same_version_one_is_stored_and_nineteen_are_told(
    own_database: str, tmp_path: Path
) -> None:
    app, by, organisation_id, code = _begun(own_database, tmp_path)
    with app.app_context(), transaction(db.session):
        first = entry(organisation_id, code)
        session_id = log_session(db.session(), first, key=str(uuid4()), by=by).id

    def edit(number: int) -> int | None:
        changed = entry(organisation_id, code, head_count=100 + number)
        try:
            with app.app_context(), transaction(db.session):
                change_session(db.session(), session_id, changed, version=1, by=by)
        except (StaleEdit, StaleDataError):
            return None
        return 100 + number

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(edit, range(AT_ONCE)))
    with app.app_context():
        held = db.session.get_one(TrainingSession, session_id)
        stored, version = held.head_count, held.version
        events = db.session.scalar(select(func.count()).select_from(AuditEvent))
        _ended()
    (won,) = [answer for answer in answers if answer is not None]
    # The record has the logging and the one edit that was stored.
    assert (stored, version, events) == (won, 2, 2)
