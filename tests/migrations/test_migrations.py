"""Migrations on both databases: up, down, up again, and equal to the mapped classes."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeAlias

import pytest
from sqlalchemy import create_engine, inspect, text

from outreach import create_app
from outreach.database.engine import engine_options, normalised_url
from outreach.extensions import db
from tests import databases
from tests.settings import settings_for

Migrate: TypeAlias = Callable[..., None]

SPATIAL_TABLES = ("spatial_ref_sys", "geometry", "views", "virts", "spatialite", "sql_statements")


OLD_ROUNDS = (
    "INSERT INTO county (code, name) VALUES ('10', 'Blekinge')",
    "INSERT INTO municipality (code, name, county_code) VALUES ('1080', 'Karlskrona', '10')",
    (
        "INSERT INTO village (id, code, name, municipality_code, source)"
        " VALUES (1, 'a', 'Aby', '1080', 'test'), (2, 'b', 'Bro', '1080', 'test')"
    ),
    (
        "INSERT INTO association (id, name, legal_form, status, county_code, is_demonstration,"
        " version, created_at)"
        " VALUES (1, 'Byn', 'other', 'operating', '10', false, 1, CURRENT_TIMESTAMP)"
    ),
    (
        "INSERT INTO served_village (association_id, village_id, valid_from)"
        " VALUES (1, 1, '2015-01-01'), (1, 2, '2026-01-01')"
    ),
    (
        "INSERT INTO reporting_round (id, reference_date, due_date, closed_at)"
        " VALUES (1, '2025-10-01', '2025-12-01', CURRENT_TIMESTAMP),"
        " (2, '2026-10-01', '2026-12-01', NULL)"
    ),
)

OLD_IMPORT = (
    *OLD_ROUNDS[:-1],
    (
        "INSERT INTO reporting_round (id, reference_date, due_date, state)"
        " VALUES (1, '2026-10-01', '2026-12-01', 'open')"
    ),
    (
        'INSERT INTO "user" (id, name, locale, created_at, email, active, fs_uniquifier)'
        " VALUES (1, 'Bo Ek', 'sv', CURRENT_TIMESTAMP, 'bo@example.org', true, 'x')"
    ),
    (
        "INSERT INTO import_run (id, user_id, round_id, locale, file_name, content, state,"
        " rows_done, created_at)"
        " VALUES (1, 1, 1, 'sv', 'a.csv', '', 'examined', 1, CURRENT_TIMESTAMP)"
    ),
    (
        "INSERT INTO import_row (run_id, number, outcome, cells, texts, faults)"
        " VALUES (1, 2, 'refused', '[]', '{}', '[]')"
    ),
)

CHANGED_SESSION = (
    (
        "INSERT INTO civil_society_organisation (id, name, kind, county_code, is_demonstration,"
        " version, created_at) VALUES (1, 'Byn', 'other', '10', false, 1, '2026-01-01 08:00:00')"
    ),
    (
        "INSERT INTO training_session (id, uid, organisation_id, village_id, state, day, form,"
        " learners, head_count, client_key, content_hash, stored_hash, created_at, updated_at,"
        " version) VALUES (7, 'u', 1, 2, 'held', '2026-03-01', NULL, 30, 30, 'k', '', '',"
        " '2026-03-02 08:00:00', '2026-03-04 08:00:00', 3)"
    ),
    "INSERT INTO session_topic (session_id, area) VALUES (7, 'safety')",
    (
        "INSERT INTO audit_event (at, action, object_type, object_id, before, after) VALUES"
        " ('2026-03-03 08:00:00', 'changed', 'training_session', '7',"
        """ '{"village_id": 1, "topics": null, "counted": "learners/80_on/all=4"}',"""
        """ '{"village_id": 2, "topics": "safety", "counted": null}'),"""
        " ('2026-03-04 08:00:00', 'changed', 'training_session', '7',"
        """ '{"learners": 12, "starts_at": "18:00"}', '{"learners": 30, "starts_at": null}')"""
    ),
)


@pytest.fixture
def empty(backend: str, tmp_path: Path) -> Iterator[str]:
    url = databases.empty(backend, tmp_path)
    yield url
    databases.drop(url)


@pytest.fixture
def migrate(empty: str, tmp_path: Path) -> Iterator[Migrate]:
    """`flask db …` on that database, in this process."""
    app = create_app(settings_for(empty, folder=tmp_path))

    def run(*arguments: str) -> None:
        done = app.test_cli_runner().invoke(args=["db", *arguments])
        assert done.exit_code == 0, done.output

    yield run
    with app.app_context():
        db.engine.dispose()


def _upgrade_by_a_process(url: str, folder: Path) -> None:
    databases.flask(databases.environment(url, folder), "db", "upgrade")


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


def test_down_removes_every_table_and_up_again_leaves_what_the_mapped_classes_say(
    empty: str, migrate: Migrate
) -> None:
    migrate("upgrade")
    migrate("downgrade", "base")
    assert _own_tables(empty) == set()
    migrate("upgrade")
    migrate("check")


def test_two_upgrades_at_once_both_succeed(empty: str, tmp_path: Path) -> None:
    # One process opens an embedded database; a second upgrade finds it done.
    with ThreadPoolExecutor(1 if empty.startswith("sqlite") else 2) as pool:
        list(pool.map(lambda _: _upgrade_by_a_process(empty, tmp_path), range(2)))


def test_rounds_from_before_states_are_open_or_closed_and_expect_who_served(
    empty: str, migrate: Migrate
) -> None:
    migrate("upgrade", "0301")
    parsed = normalised_url(empty)
    engine = create_engine(parsed, **engine_options(parsed, statement_timeout_ms=20_000))
    with engine.begin() as connection:
        for statement in OLD_ROUNDS:
            connection.execute(text(statement))
    migrate("upgrade", "0302")
    with engine.begin() as connection:
        states = connection.execute(text("SELECT id, state FROM reporting_round ORDER BY id")).all()
        pairs = connection.execute(
            text("SELECT round_id, association_id, village_id FROM expected_pair ORDER BY 1, 3")
        ).all()
    engine.dispose()
    assert [tuple(row) for row in states] == [(1, "closed"), (2, "open")]
    # The second village is served from 2026 on.
    assert [tuple(row) for row in pairs] == [(1, 1, 1), (2, 1, 1), (2, 1, 2)]


def test_upgrades_keep_rows_that_others_refer_to_and_what_sessions_said_before(
    empty: str, migrate: Migrate
) -> None:
    migrate("upgrade", "0620")
    parsed = normalised_url(empty)
    engine = create_engine(parsed, **engine_options(parsed, statement_timeout_ms=20_000))
    with engine.begin() as connection:
        for statement in (*OLD_IMPORT, *CHANGED_SESSION):
            connection.execute(text(statement))
    migrate("upgrade")
    with engine.begin() as connection:
        said = connection.execute(
            text(
                "SELECT village_id, learners, starts_at IS NULL, area, people FROM past_session"
                " LEFT JOIN past_topic ON past_topic.past_id = past_session.id"
                " LEFT JOIN past_count ON past_count.past_id = past_session.id ORDER BY known_from"
            )
        ).all()
    assert [tuple(row) for row in said] == [(1, 12, False, None, 4), (2, 12, False, "safety", None)]
    migrate("downgrade", "0620")
    with engine.begin() as connection:
        rows = "SELECT count(*) FROM import_row JOIN import_run ON import_run.id = run_id"
        assert connection.execute(text(rows)).scalar_one() == 1
    engine.dispose()
