"""Keep reported values that are to be followed up."""

import sqlalchemy as sa
from alembic import op

revision = "0310"
down_revision = "0325"
branch_labels = None
depends_on = None

DWELLING_TYPES = ("permanent", "holiday", "workplace")
FIELDS = ("dwellings", "homes_passed", "connected", "active")


def _closed_set(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "value_flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("dwelling_type", _closed_set(DWELLING_TYPES, "dwelling_type"), nullable=False),
        sa.Column("field", _closed_set(FIELDS, "field"), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("raised_by_id", sa.Integer(), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.Column("resolved_by_id", sa.Integer(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(resolved_at IS NULL) = (resolution IS NULL)",
            name=op.f("ck_value_flag_resolved_with_note"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["report_version.id"], name=op.f("fk_value_flag_version_id")
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_value_flag_village_id")
        ),
        sa.ForeignKeyConstraint(
            ["assignee_id"], ["user.id"], name=op.f("fk_value_flag_assignee_id")
        ),
        sa.ForeignKeyConstraint(
            ["raised_by_id"], ["user.id"], name=op.f("fk_value_flag_raised_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by_id"], ["user.id"], name=op.f("fk_value_flag_resolved_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_value_flag")),
    )
    op.create_index("ix_value_flag_resolved_at", "value_flag", ["resolved_at"])
    op.create_index("ix_value_flag_version_id", "value_flag", ["version_id"])
    op.create_index("ix_value_flag_village_id", "value_flag", ["village_id"])


def downgrade() -> None:
    op.drop_index("ix_value_flag_village_id", table_name="value_flag")
    op.drop_index("ix_value_flag_version_id", table_name="value_flag")
    op.drop_index("ix_value_flag_resolved_at", table_name="value_flag")
    op.drop_table("value_flag")
