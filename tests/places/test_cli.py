"""The imports on the command line: what is printed, what is kept, and the exit code."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Blueprint, Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach import create_app
from outreach.database import data_version
from outreach.extensions import db
from outreach.places import listeners
from outreach.places.listeners import PlacesChanged
from outreach.places.models import Municipality, Village
from tests.places.importing import LOCALITIES
from tests.settings import settings_for

MUNICIPALITIES = "kommunkod;kommunnamn\n1083;Sölvesborg\n"
ONE_BAD = LOCALITIES.replace("1365", "1.365")


@pytest.fixture
def committing(own_database: str, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database of its own, with Sölvesborg in it."""
    app = create_app(settings_for(own_database, folder=tmp_path))
    _run(app, "import-codes", tmp_path / "codes.csv", MUNICIPALITIES)
    yield app
    with app.app_context():
        db.engine.dispose()


def _run(app: Flask, command: str, path: Path, content: str, *options: str) -> Result:
    path.write_text(content, encoding="utf-8")
    return app.test_cli_runner().invoke(args=["places", command, str(path), *options])


def _villages(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(func.count()).select_from(Village)).one()


def _version(app: Flask) -> int:
    with app.app_context():
        return data_version.current(db.session())


def test_an_import_is_stored_and_summed_up(committing: Flask, tmp_path: Path) -> None:
    done = _run(committing, "import-localities", tmp_path / "tatorter.csv", LOCALITIES)
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "localities: tatorter.csv",
        "  New             2",
        "  Changed         0",
        "  Unchanged       0",
        "  Refused         0",
        "Everything was stored.",
    ]
    assert _villages(committing) == 2


def test_the_same_again_is_told_to_change_nothing(committing: Flask, tmp_path: Path) -> None:
    _run(committing, "import-localities", tmp_path / "tatorter.csv", LOCALITIES)
    version = _version(committing)
    again = _run(committing, "import-localities", tmp_path / "tatorter.csv", LOCALITIES)
    assert "Nothing was stored: nothing is new." in again.output
    assert (again.exit_code, _version(committing)) == (0, version)


def test_a_dry_run_tells_all_and_stores_nothing(committing: Flask, tmp_path: Path) -> None:
    version = _version(committing)
    done = _run(committing, "import-localities", tmp_path / "t.csv", LOCALITIES, "--dry-run")
    assert "  New             2" in done.output
    assert "Nothing was stored: this was a dry run." in done.output
    assert (done.exit_code, _villages(committing), _version(committing)) == (0, 0, version)


def test_good_rows_are_stored_beside_refused_ones_and_that_is_said(
    committing: Flask, tmp_path: Path
) -> None:
    done = _run(committing, "import-localities", tmp_path / "t.csv", ONE_BAD)
    assert "The good rows were stored, the refused ones were not." in done.output
    assert (
        "row 3, pop, “1.365”: This can be read as a thousand or as a decimal. "
        "Write 1000 or 1 000." in done.output
    )
    assert (done.exit_code, _villages(committing)) == (3, 1)


def test_all_or_nothing_stores_nothing_when_a_row_is_refused(
    committing: Flask, tmp_path: Path
) -> None:
    done = _run(committing, "import-localities", tmp_path / "t.csv", ONE_BAD, "--all-or-nothing")
    assert "Nothing was stored, because a row was refused." in done.output
    assert (done.exit_code, _villages(committing)) == (1, 0)


def test_a_file_of_refused_rows_only_stores_nothing(committing: Flask, tmp_path: Path) -> None:
    bad = ONE_BAD.replace("8832", "-1")
    done = _run(committing, "import-localities", tmp_path / "t.csv", bad)
    assert "Nothing was stored: every row was refused." in done.output
    assert done.exit_code == 1


def test_a_file_that_cannot_be_read_says_why(committing: Flask, tmp_path: Path) -> None:
    done = _run(committing, "import-localities", tmp_path / "t.csv", "a;b\n1;2\n")
    assert "The file has no column for code." in done.output
    assert "Nothing was stored." in done.output
    assert done.exit_code == 1


def test_the_summary_is_there_for_programs(committing: Flask, tmp_path: Path) -> None:
    done = _run(committing, "import-localities", tmp_path / "t.csv", ONE_BAD, "--json")
    told = json.loads(done.output)
    assert (told["new"], told["refused"], told["stored"], told["exit_code"]) == (1, 1, True, 3)
    assert told["refusals"] == [
        {
            "row": 3,
            "column": "pop",
            "value": "1.365",
            "code": "ambiguous_thousands",
            "reason": "This can be read as a thousand or as a decimal. Write 1000 or 1 000.",
        }
    ]
    assert told["codes"] == {"new": ["1083TC109"], "changed": []}


def test_a_file_that_cannot_be_read_is_told_to_programs(committing: Flask, tmp_path: Path) -> None:
    done = _run(committing, "import-localities", tmp_path / "t.csv", "", "--json")
    told = json.loads(done.output)
    assert (told["stored"], told["error"]["code"], told["exit_code"]) == (False, "empty_file", 1)


def test_reasons_are_told_in_swedish_on_demand(committing: Flask, tmp_path: Path) -> None:
    options = ("--language", "sv")
    done = _run(committing, "import-localities", tmp_path / "t.csv", LOCALITIES, *options)
    assert "Allt är sparat." in done.output


def test_a_command_written_wrong_ends_with_two(committing: Flask, tmp_path: Path) -> None:
    done = _run(committing, "import-localities", tmp_path / "t.csv", LOCALITIES, "--crs", "1")
    assert done.exit_code == 2


@pytest.mark.parametrize(
    "command",
    [
        "import-codes",
        "import-counties",
        "import-municipalities",
        "import-localities",
        "import-villages",
    ],
)
def test_every_import_explains_its_exit_codes(app: Flask, command: str) -> None:
    done = app.test_cli_runner().invoke(args=["places", command, "--help"])
    assert "Exit codes" in done.output


Listening = Callable[[listeners.Listener], Flask]


@pytest.fixture
def listening(own_database: str, tmp_path: Path) -> Iterator[Listening]:
    """Makes an application with Sölvesborg in it whose changes are listened to."""
    made: list[Flask] = []

    def make(listener: listeners.Listener) -> Flask:
        app = create_app(settings_for(own_database, folder=tmp_path))
        made.append(app)
        _run(app, "import-codes", tmp_path / "codes.csv", MUNICIPALITIES)
        blueprint = Blueprint("listening", __name__)
        listeners.on_places_changed(blueprint, listener)
        app.register_blueprint(blueprint)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


def test_listeners_hear_of_changed_villages_before_the_commit(
    listening: Listening, tmp_path: Path
) -> None:
    heard: list[PlacesChanged] = []

    def listen(session: Session, change: PlacesChanged) -> None:
        heard.append(change)
        assert session.in_transaction()

    app = listening(listen)
    _run(app, "import-localities", tmp_path / "t.csv", LOCALITIES)
    assert len(heard[0].village_ids) == 2
    _run(app, "import-localities", tmp_path / "t.csv", LOCALITIES)
    assert len(heard) == 1


def test_a_listener_that_fails_undoes_the_import(listening: Listening, tmp_path: Path) -> None:
    def fail(_session: Session, _change: PlacesChanged) -> None:
        raise LookupError("no")

    app = listening(fail)
    done = _run(app, "import-localities", tmp_path / "t.csv", LOCALITIES)
    assert isinstance(done.exception, LookupError)
    assert _villages(app) == 0
    with app.app_context():
        assert db.session.scalars(select(Municipality.code)).all() == ["1083"]
