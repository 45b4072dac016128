"""Alembic's environment: our metadata, our database, one upgrade at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from geoalchemy2 import alembic_helpers
from sqlalchemy import Connection, text

from outreach import models
from outreach.extensions import db

ADVISORY_LOCK = 725_631_001
assert models.places


def include_object(obj, name, kind, reflected, compare_to):
    """Leave out what SpatiaLite and PostGIS keep for themselves."""
    if kind == "table" and reflected and compare_to is None:
        return False
    return alembic_helpers.include_object(obj, name, kind, reflected, compare_to)


def run(connection: Connection) -> None:
    """Migrate under a lock, so that two releases at once do it one after the other."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("SET lock_timeout = '60s'"))
        connection.execute(text("SET idle_in_transaction_session_timeout = 0"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})"))
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS postgis"))
    context.configure(
        connection=connection,
        target_metadata=db.metadatas[None],
        include_object=include_object,
        process_revision_directives=alembic_helpers.writer,
        render_item=alembic_helpers.render_item,
        compare_type=True,
        transaction_per_migration=False,
        render_as_batch=False,
    )
    with context.begin_transaction():
        context.run_migrations()


@contextmanager
def keys_unchecked(connection: Connection) -> Iterator[None]:
    """Let SQLite make tables anew that others refer to, and check all keys at the end instead.

    It can change a table in hardly any other way, and would take dropping the old one for deleting
    every row that is referred to. The pragma is without effect within a transaction.
    """
    if connection.dialect.name != "sqlite":
        with connection.begin():
            yield
        return
    raw = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        with connection.begin():
            yield
            broken = connection.execute(text("PRAGMA foreign_key_check")).first()
            if broken is not None:
                raise RuntimeError(f"a row of {broken[0]} would be left without its {broken[2]}")
    finally:
        raw.execute("PRAGMA foreign_keys = ON")


with (
    current_app.extensions["migrate"].db.engine.connect() as connection,
    keys_unchecked(connection),
):
    run(connection)
