"""Keep what the log said of sessions before they were changed, as far as the record tells."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from itertools import groupby

import sqlalchemy as sa
from alembic import op

revision = "0720"
down_revision = "0700"
branch_labels = None
depends_on = None

STATES = ("planned", "held", "cancelled")
FORMS = ("course", "drop_in", "circle", "home_visit", "online")
AREAS = ("information", "communication", "content", "safety", "problem_solving")
WHO = ("learners", "helpers")
AGES = ("to_24", "25_44", "45_64", "65_79", "80_on", "all")
SEXES = ("women", "men", "other", "all")
KEPT = ("organisation_id", "village_id", "state", "day", "starts_at", "ends_at", "form", "learners")

_session = sa.table(
    "training_session",
    sa.column("id", sa.Integer),
    sa.column("created_at", sa.DateTime(timezone=True)),
    sa.column("organisation_id", sa.Integer),
    sa.column("village_id", sa.Integer),
    sa.column("state", sa.String),
    sa.column("day", sa.Date),
    sa.column("starts_at", sa.Time),
    sa.column("ends_at", sa.Time),
    sa.column("form", sa.String),
    sa.column("learners", sa.Integer),
)
_topic = sa.table("session_topic", sa.column("session_id"), sa.column("area"))
_count = sa.table(
    "session_count",
    *(sa.column(name) for name in ("session_id", "who", "age_group", "sex", "people")),
)
_event = sa.table(
    "audit_event",
    sa.column("id", sa.Integer),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("action", sa.String),
    sa.column("object_type", sa.String),
    sa.column("object_id", sa.String),
    sa.column("before", sa.Text),
)


def upgrade() -> None:
    past = op.create_table(
        "past_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("known_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_to", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("state", _closed_set(STATES, "state"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=True),
        sa.Column("ends_at", sa.Time(), nullable=True),
        sa.Column("form", _closed_set(FORMS, "form"), nullable=True),
        sa.Column("learners", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name=op.f("fk_past_session_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["civil_society_organisation.id"],
            name=op.f("fk_past_session_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_past_session_village_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_session")),
    )
    op.create_index("ix_past_session_session_id", "past_session", ["session_id"])
    op.create_index("ix_past_session_village_id_day", "past_session", ["village_id", "day"])
    topic = op.create_table(
        "past_topic",
        sa.Column("past_id", sa.Integer(), nullable=False),
        sa.Column("area", _closed_set(AREAS, "area"), nullable=False),
        sa.ForeignKeyConstraint(
            ["past_id"], ["past_session.id"], name=op.f("fk_past_topic_past_id")
        ),
        sa.PrimaryKeyConstraint("past_id", "area", name=op.f("pk_past_topic")),
    )
    count = op.create_table(
        "past_count",
        sa.Column("past_id", sa.Integer(), nullable=False),
        sa.Column("who", _closed_set(WHO, "who"), nullable=False),
        sa.Column("age_group", _closed_set(AGES, "age_group"), nullable=False),
        sa.Column("sex", _closed_set(SEXES, "sex"), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["past_id"], ["past_session.id"], name=op.f("fk_past_count_past_id")
        ),
        sa.PrimaryKeyConstraint("past_id", "who", "age_group", "sex", name=op.f("pk_past_count")),
    )
    bind = op.get_bind()
    for row, facts in _said_before():
        past_id = bind.execute(sa.insert(past).values(row)).inserted_primary_key[0]
        for area in str(facts["topics"] or "").split():
            bind.execute(sa.insert(topic).values(past_id=past_id, area=area))
        for text in str(facts["counted"] or "").split():
            group, people = text.split("=")
            of = dict(zip(("who", "age_group", "sex"), group.split("/"), strict=True))
            bind.execute(sa.insert(count).values(past_id=past_id, people=int(people), **of))


def downgrade() -> None:
    op.drop_table("past_count")
    op.drop_table("past_topic")
    op.drop_index("ix_past_session_village_id_day", table_name="past_session")
    op.drop_index("ix_past_session_session_id", table_name="past_session")
    op.drop_table("past_session")


def _said_before() -> Iterator[tuple[dict[str, object], dict[str, object]]]:
    """Each earlier state of each session, from the newest back: what stands now, undone."""
    bind = op.get_bind()
    changes = bind.execute(
        sa.select(_event.c.object_id, _event.c.at, _event.c.before)
        .where(_event.c.object_type == "training_session", _event.c.action == "changed")
        .order_by(_event.c.object_id, _event.c.id.desc())
    ).all()
    for object_id, group in groupby(changes, key=lambda change: change.object_id):
        query = sa.select(_session).where(_session.c.id == int(object_id))
        found = bind.execute(query).mappings().one_or_none()
        if found is None:
            continue
        facts = _facts_now(found)
        own = list(group)
        begins: list[datetime] = [*(change.at for change in own[1:]), found["created_at"]]
        for change, since in zip(own, begins, strict=True):
            facts |= json.loads(change.before or "{}")
            row = {name: _value(name, facts[name]) for name in KEPT}
            times = {"session_id": found["id"], "known_from": since, "known_to": change.at}
            yield row | times, dict(facts)


def _facts_now(found: Mapping[str, object]) -> dict[str, object]:
    bind = op.get_bind()
    areas = bind.execute(sa.select(_topic.c.area).where(_topic.c.session_id == found["id"]))
    counts = bind.execute(sa.select(_count).where(_count.c.session_id == found["id"]))
    return {name: found[name] for name in KEPT} | {
        "topics": " ".join(areas.scalars()),
        "counted": " ".join(f"{c.who}/{c.age_group}/{c.sex}={c.people}" for c in counts),
    }


def _value(name: str, fact: object) -> object:
    """A value of the record, which is JSON, as its column takes it."""
    if not isinstance(fact, str):
        return fact
    if name == "day":
        return date.fromisoformat(fact)
    return time.fromisoformat(fact) if name in {"starts_at", "ends_at"} else fact


def _closed_set(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
