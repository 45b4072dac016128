"""Keep personal values of the record apart, where they can be emptied and nothing else."""

import sqlalchemy as sa
from alembic import op

revision = "0324"
down_revision = "0308"
branch_labels = None
depends_on = None

COLUMNS = ("id", "event_id", "side", "field")


def _guard() -> list[str]:
    """Statements after which a value can be emptied, and nothing changed, added to or deleted."""
    if op.get_bind().dialect.name == "sqlite":
        differs = " OR ".join(f"NEW.{name} <> OLD.{name}" for name in COLUMNS)
        refuse = "BEGIN SELECT RAISE(ABORT, 'audit rows are final'); END"
        return [
            (
                "CREATE TRIGGER audit_personal_only_emptied BEFORE UPDATE ON audit_personal "
                f"WHEN NEW.value IS NOT NULL OR {differs} {refuse}"
            ),
            f"CREATE TRIGGER audit_personal_no_delete BEFORE DELETE ON audit_personal {refuse}",
        ]
    same = " AND ".join(f"NEW.{name} = OLD.{name}" for name in COLUMNS)
    body = (
        f"$$ BEGIN IF TG_OP = 'UPDATE' AND NEW.value IS NULL AND {same} THEN RETURN NEW; END IF; "
        "RAISE EXCEPTION 'audit rows are final'; END $$"
    )
    return [
        f"CREATE FUNCTION only_empty_personal() RETURNS trigger LANGUAGE plpgsql AS {body}",
        (
            "CREATE TRIGGER audit_personal_only_emptied BEFORE UPDATE OR DELETE ON audit_personal"
            " FOR EACH ROW EXECUTE FUNCTION only_empty_personal()"
        ),
        (
            "CREATE TRIGGER audit_personal_no_truncate BEFORE TRUNCATE ON audit_personal"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
        ),
    ]


def upgrade() -> None:
    op.create_table(
        "audit_personal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "before", "after", name="side", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["audit_event.id"], name=op.f("fk_audit_personal_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_personal")),
    )
    op.create_index(op.f("ix_audit_personal_event_id"), "audit_personal", ["event_id"])
    op.add_column("user", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    for statement in _guard():
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_personal_no_truncate ON audit_personal")
        op.execute("DROP TRIGGER audit_personal_only_emptied ON audit_personal")
        op.execute("DROP FUNCTION only_empty_personal()")
    op.drop_column("user", "erased_at")
    op.drop_index(op.f("ix_audit_personal_event_id"), table_name="audit_personal")
    op.drop_table("audit_personal")
