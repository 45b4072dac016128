"""The real job worker beside a test, as the Procfile starts it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from outreach.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
CONSUMER = str(Path(sys.executable).parent / "huey_consumer")


def environment_of(settings: Settings) -> dict[str, str]:
    """The environment under which another process has these settings."""
    return {
        "DATABASE_URL": settings.database_url,
        "OUTREACH_SECRET_KEY": settings.secret_key,
        "OUTREACH_PASSWORD_SALT": settings.password_salt,
        "OUTREACH_QUEUE_PATH": str(settings.queue_path),
        "OUTREACH_SMTP_URL": settings.smtp_url or "",
        "OUTREACH_BASE_URL": settings.base_url,
    }


@contextmanager
def working(
    settings: Settings, *, ends_by: signal.Signals = signal.SIGTERM
) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that gets a signal when the block ends, if it hasn't ended before."""
    process = subprocess.Popen(
        [CONSUMER, "outreach.jobs.huey", "-w", "2", "-m", "1", "-k", "thread", "-f", "-S"],
        cwd=ROOT,
        env=os.environ | environment_of(settings),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.send_signal(ends_by)
        process.wait(timeout=30)
