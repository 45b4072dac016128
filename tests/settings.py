"""The settings that tests run under."""

from dataclasses import replace
from pathlib import Path

from outreach.settings import SecondFactor, Settings


def settings_for(database_url: str, *, folder: Path) -> Settings:
    """An installation for tests on this database, with its other files in `folder`."""
    return replace(
        BASE,
        database_url=database_url,
        queue_path=folder / "queue.db",
        spool_path=folder / "spool",
    )


BASE = Settings(
    secret_key="tests-only-secret-key-of-enough-length-000",
    password_salt="tests-only-password-salt-of-enough-length",
    database_url="sqlite://",
    queue_path=Path("queue.db"),
    spool_path=Path("spool"),
    base_url="http://localhost",
    secure_cookies=False,
    second_factor=SecondFactor.OPTIONAL,
    statement_timeout_ms=60_000,
    is_testing=True,
)
