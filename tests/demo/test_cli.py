"""`flask demo load` from the command line, and what the web process is spared."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from outreach import create_app
from outreach.connections.models import ReportingRound
from outreach.extensions import db
from outreach.places.models import Village
from tests import factories
from tests.settings import settings_for


@pytest.fixture
def own_app(own_database: str, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(settings_for(own_database, folder=tmp_path))
    yield app
    with app.app_context():
        db.engine.dispose()


def test_it_loads_once_and_says_so(own_app: Flask) -> None:
    runner = own_app.test_cli_runner()
    first = runner.invoke(args=["demo", "load"])
    second = runner.invoke(args=["demo", "load"])
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "145 villages, 20 associations" in first.output
    assert "nothing to do" in second.output
    with own_app.app_context():
        assert db.session.scalar(select(func.count(Village.id))) == 145


def test_help_lists_the_command(own_app: Flask) -> None:
    listed = own_app.test_cli_runner().invoke(args=["demo", "--help"])
    assert "load  Load the demonstration region" in listed.output


def test_it_loads_the_region_of_another_day(own_app: Flask) -> None:
    loaded = own_app.test_cli_runner().invoke(args=["demo", "load", "--today", "2025-11-01"])
    assert loaded.exit_code == 0
    with own_app.app_context():
        assert db.session.scalar(select(func.count(ReportingRound.id))) == 10


def test_it_refuses_a_database_that_is_in_use(own_app: Flask) -> None:
    with own_app.app_context():
        factories.association(db.session())
        db.session.commit()
        db.session.remove()
    refused = own_app.test_cli_runner().invoke(args=["demo", "load"])
    assert refused.exit_code == 1
    assert "Nothing was loaded" in refused.output
    with own_app.app_context():
        assert db.session.scalar(select(func.count(Village.id))) == 0


def test_the_web_process_does_not_import_the_demonstration() -> None:
    code = "import sys, outreach; print([m for m in sys.modules if 'outreach.demo' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
