"""Migrated template databases of both kinds, made once a run and copied for who needs their own."""

import fcntl
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

BACKENDS = ("spatialite", "postgis")
ROOT = Path(__file__).resolve().parent.parent


def require_postgres() -> str:
    """The address of the throw-away cluster; without it the test fails and says what to do."""
    url = os.environ.get("TEST_POSTGRES_URL")
    if not url:
        raise RuntimeError(
            "TEST_POSTGRES_URL is not set: run 'make test', or "
            "'.venv/bin/python -m tests.postgres .venv/bin/pytest …'"
        )
    return url


def once(name: str, folder: Path, make: Callable[[Path], str]) -> str:
    """What `make` gives, made by the first process of a run that asks and kept for the others.

    `folder` is the one that all processes of the run share. What is made goes with the run: its
    files with the folder, its databases with the cluster.
    """
    known = folder / f"{name}.url"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not known.exists():
            own = folder / name
            own.mkdir()
            known.write_text(make(own))
        return known.read_text()


def template(backend: str, folder: Path) -> str:
    """A migrated empty database that nothing but copies is made from; its address."""
    url = _empty(backend, folder / "template.db", name=f"template_{uuid.uuid4().hex[:8]}")
    flask(environment(url, folder), "db", "upgrade")
    return url


def demonstration(template_url: str, folder: Path) -> str:
    """The demonstration region as of today, that nothing but copies is made from; its address."""
    url = copy_of(template_url, folder)
    flask(environment(url, folder), "demo", "load")
    return url


def environment(url: str, folder: Path) -> dict[str, str]:
    """The environment of an installation on this database, over plain http."""
    return {
        "DATABASE_URL": url,
        "OUTREACH_INSTANCE": str(folder),
        "OUTREACH_SECRET_KEY": "x" * 40,
        "OUTREACH_PASSWORD_SALT": "y" * 40,
        "OUTREACH_SECURE_COOKIES": "0",
        "OUTREACH_SECOND_FACTOR": "optional",
    }


def flask(environment: dict[str, str], *arguments: str) -> None:
    """Run a command of the program on this installation."""
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        check=True,
        capture_output=True,
    )


def copy_of(url: str, folder: Path) -> str:
    """A database of one's own, equal to the template."""
    name = f"copy_{uuid.uuid4().hex[:8]}"
    if url.startswith("sqlite"):
        source = Path(str(make_url(url).database))
        target = folder / f"{name}.db"
        shutil.copyfile(source, target)
        return f"sqlite:///{target}"
    return _create_postgres(name, like=make_url(url).database)


def drop(url: str) -> None:
    """Remove a PostgreSQL database made here; a SQLite file goes with its folder."""
    if url.startswith("sqlite"):
        return
    _administer(f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')


def empty(backend: str, folder: Path) -> str:
    """A database without any table; its address."""
    return _empty(backend, folder / "empty.db", name=f"empty_{uuid.uuid4().hex[:8]}")


def _empty(backend: str, path: Path, *, name: str) -> str:
    if backend == "spatialite":
        return f"sqlite:///{path}"
    return _create_postgres(name, like=None)


def _create_postgres(name: str, *, like: str | None) -> str:
    clause = f' TEMPLATE "{like}"' if like else ""
    _administer(f'CREATE DATABASE "{name}"{clause}')
    return make_url(require_postgres()).set(database=name).render_as_string(hide_password=False)


def _administer(statement: str) -> None:
    engine = create_engine(require_postgres(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
