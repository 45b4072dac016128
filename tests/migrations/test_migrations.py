"""Migrations on both databases: up, down, up again, and equal to the mapped classes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from outreach.database.engine import engine_options, normalised_url
from tests import databases

SPATIAL_TABLES = ("spatial_ref_sys", "geometry", "views", "virts", "spatialite", "sql_statements")


@pytest.fixture
def empty(backend: str, tmp_path: Path) -> Iterator[str]:
    url = databases.empty(backend, tmp_path)
    yield url
    databases.drop(url)


def _flask(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "DATABASE_URL": url,
        "OUTREACH_SECRET_KEY": "x" * 40,
        "OUTREACH_PASSWORD_SALT": "y" * 40,
    }
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "db", *arguments],
        cwd=databases.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _own_tables(url: str) -> set[str]:
    parsed = normalised_url(url)
    engine = create_engine(parsed, **engine_options(parsed, statement_timeout_ms=20_000))
    names = set(inspect(engine).get_table_names())
    engine.dispose()
    return {
        name
        for name in names
        if name not in {"spatial_ref_sys", "alembic_version", "SpatialIndex"}
        and not name.startswith(("idx_", "sqlite_", "data_licenses", "KNN", "ElementaryGeometries"))
        and not any(name.startswith(prefix) for prefix in SPATIAL_TABLES)
    }


def test_up_down_up_leaves_what_the_mapped_classes_say(empty: str) -> None:
    steps = [("upgrade",), ("downgrade", "base"), ("upgrade",), ("check",)]
    answers = [_flask(empty, *step) for step in steps]
    assert [answer.returncode for answer in answers] == [0, 0, 0, 0], answers[-1].stderr


def test_down_to_the_base_removes_every_table(empty: str) -> None:
    _flask(empty, "upgrade")
    _flask(empty, "downgrade", "base")
    assert _own_tables(empty) == set()


def test_two_upgrades_at_once_both_succeed(empty: str) -> None:
    if empty.startswith("sqlite"):
        # One process opens an embedded database; a second upgrade finds it done.
        answers = [_flask(empty, "upgrade"), _flask(empty, "upgrade")]
    else:
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda _: _flask(empty, "upgrade"), range(2)))
    assert [answer.returncode for answer in answers] == [0, 0]
