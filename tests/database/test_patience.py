"""What another writer is the reason for passes by itself; nothing else is tried again."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from outreach.database.engine import engine_options, normalised_url
from outreach.database.patience import passes_by_itself
from outreach.database.times import utc_now
from outreach.mail.sending import tidy

BRIEFLY_MS = 500
WRITE = text("UPDATE data_version SET number = number")


@pytest.fixture
def engine(own_database: str) -> Iterator[Engine]:
    """Waits only briefly for another writer."""
    url = normalised_url(own_database)
    options = engine_options(url, statement_timeout_ms=BRIEFLY_MS)
    connecting = options["connect_args"]
    assert isinstance(connecting, dict)
    if "timeout" in connecting:
        connecting["timeout"] = BRIEFLY_MS / 1000
    made = create_engine(url, **options)
    yield made
    made.dispose()


@pytest.fixture(
    params=["sqlite:////nowhere/outreach.sqlite", "postgresql+psycopg://nobody@127.0.0.1:1/none"]
)
def away(request: pytest.FixtureRequest) -> Session:
    return Session(create_engine(request.param))


def test_what_another_writer_holds_is_free_later(engine: Engine) -> None:
    with Session(engine) as holding, Session(engine) as waiting:
        holding.execute(WRITE)
        with pytest.raises(OperationalError) as caught:
            waiting.execute(WRITE)
    assert passes_by_itself(caught.value)


def test_the_mailer_leaves_a_database_that_is_away_to_its_caller(
    away: Session, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(OperationalError) as caught:
        tidy(away, clock=utc_now)
    assert not passes_by_itself(caught.value)
    assert caplog.messages == []
