"""Move the names and addresses of contacts out of the record, and back again."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0325"
down_revision = "0324"
branch_labels = None
depends_on = None

APART = "*"
FIELDS = ("name", "email", "phone")
SIDES = ("before", "after")
TRIGGERS = ("UPDATE", "DELETE")

event = sa.table(
    "audit_event",
    sa.column("id", sa.Integer),
    sa.column("object_type", sa.String),
    sa.column("before", sa.Text),
    sa.column("after", sa.Text),
)
personal = sa.table(
    "audit_personal",
    sa.column("event_id", sa.Integer),
    sa.column("side", sa.String),
    sa.column("field", sa.String),
    sa.column("value", sa.Text),
)


@contextmanager
def _unguarded() -> Iterator[sa.Connection]:
    """The one moment at which rows of the record may change: inside this migration."""
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        op.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_is_final")
        yield bind
        op.execute("ALTER TABLE audit_event ENABLE TRIGGER audit_event_is_final")
        return
    for verb in TRIGGERS:
        op.execute(f"DROP TRIGGER audit_event_no_{verb.lower()}")
    yield bind
    for verb in TRIGGERS:
        op.execute(
            f"CREATE TRIGGER audit_event_no_{verb.lower()} BEFORE {verb} ON audit_event "
            "BEGIN SELECT RAISE(ABORT, 'audit rows are final'); END"
        )


def _contacts(bind: sa.Connection) -> list[sa.Row[tuple[int, str, str | None, str | None]]]:
    return list(bind.execute(sa.select(event).where(event.c.object_type == "association_contact")))


def _write(bind: sa.Connection, event_id: int, side: str, facts: dict[str, object]) -> None:
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    bind.execute(sa.update(event).where(event.c.id == event_id).values({side: text}))


def upgrade() -> None:
    with _unguarded() as bind:
        for row in _contacts(bind):
            for side in SIDES:
                facts = json.loads(getattr(row, side) or "{}")
                found = {name: facts[name] for name in FIELDS if facts.get(name) is not None}
                if not found:
                    continue
                bind.execute(
                    sa.insert(personal),
                    [
                        {"event_id": row.id, "side": side, "field": name, "value": str(value)}
                        for name, value in found.items()
                    ],
                )
                _write(bind, row.id, side, facts | dict.fromkeys(found, APART))


def downgrade() -> None:
    with _unguarded() as bind:
        apart = {
            (row.event_id, row.side, row.field): row.value
            for row in bind.execute(sa.select(personal))
        }
        for row in _contacts(bind):
            for side in SIDES:
                facts = json.loads(getattr(row, side) or "{}")
                back = {
                    name: apart.get((row.id, side, name))
                    for name, value in facts.items()
                    if value == APART
                }
                if back:
                    _write(bind, row.id, side, facts | back)
