"""Keep how far the counting of an address file has come, and the sums it gave."""

import sqlalchemy as sa
from alembic import op

revision = "0540"
down_revision = "0400"
branch_labels = None
depends_on = None

STATES = ("waiting", "counting", "unreadable", "counted", "handed_on", "lost")


def upgrade() -> None:
    op.create_table(
        "address_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(2), nullable=False),
        sa.Column("file_name", sa.String(120), nullable=False),
        sa.Column("spool_name", sa.String(36), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("bytes_all", sa.Integer(), nullable=False),
        sa.Column("bytes_done", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_run_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_address_count_user_id")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["reporting_round.id"], name=op.f("fk_address_count_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_address_count_association_id")
        ),
        sa.ForeignKeyConstraint(
            ["import_run_id"], ["import_run.id"], name=op.f("fk_address_count_import_run_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_count")),
        sa.UniqueConstraint("spool_name", name=op.f("uq_address_count_spool_name")),
    )
    op.create_index("ix_address_count_state", "address_count", ["state"])
    op.create_index("ix_address_count_user_id", "address_count", ["user_id"])


def downgrade() -> None:
    op.drop_index("ix_address_count_user_id", table_name="address_count")
    op.drop_index("ix_address_count_state", table_name="address_count")
    op.drop_table("address_count")
