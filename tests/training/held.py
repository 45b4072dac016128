"""Sessions held, as rows."""

from datetime import date, time

from sqlalchemy.orm import Session

from outreach.places.models import Village
from outreach.training.models import Organisation
from outreach.training.rules import SessionForm, SessionState
from outreach.training.session_models import TrainingSession
from tests import factories

LAST_YEAR = date(2024, 11, 20)
_number = iter(range(1, 1_000_000))


def held(
    session: Session,
    by: Organisation,
    village: Village,
    learners: int | None = 12,
    *,
    on: date = LAST_YEAR,
    form: SessionForm = SessionForm.COURSE,
    state: SessionState = SessionState.HELD,
) -> int:
    """A session of two hours; its id."""
    key = str(next(_number))
    made = TrainingSession(
        uid=key,
        client_key=key,
        organisation_id=by.id,
        village_id=village.id,
        state=state,
        day=on,
        starts_at=time(18),
        ends_at=time(20),
        form=form,
        head_count=learners,
        learners=learners,
        content_hash="",
        stored_hash="",
        created_at=factories.NOW,
        updated_at=factories.NOW,
    )
    session.add(made)
    session.flush()
    return made.id
