"""What the tests of sessions share: an entry with only what matters, and a logger."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach, RoleName
from outreach.associations.commands.recording import Author
from outreach.training.commands.sessions import log_session
from outreach.training.models import Organisation
from outreach.training.rules import SessionEntry, SessionState
from outreach.training.session_models import TrainingSession
from tests import factories

DAY = date(2026, 11, 20)


def entry(organisation_id: int, village_code: str | None, **values: object) -> SessionEntry:
    """A session held on 20 November 2026 by seven learners, unless something else is said."""
    plain = SessionEntry(
        organisation_id=organisation_id,
        day=DAY,
        state=SessionState.HELD,
        village_code=village_code,
        head_count=7,
    )
    return replace(plain, **values)


def logger_of(session: Session, organisation: Organisation) -> Author:
    """A person who logs the sessions of one organisation."""
    user = factories.user(session, RoleName.SESSION_LOGGER, organisations=(organisation.id,))
    reach = Reach(
        user_id=user.id,
        roles=frozenset({RoleName.SESSION_LOGGER}),
        organisations=frozenset({organisation.id}),
    )
    return Author(reach, factories.NOW)


def logged(
    session: Session, organisation: Organisation, by: Author, **values: object
) -> TrainingSession:
    """A stored session in a village of its own, unless one is named."""
    code = values.pop("village_code", None) or factories.village(session).code
    return log_session(
        session, entry(organisation.id, str(code), **values), key=str(uuid4()), by=by
    )
