"""Keep what a round was when it was frozen, and what corrections changed of it since."""

import sqlalchemy as sa
from alembic import op

revision = "0330"
down_revision = "0550"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "round_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("county_code", sa.String(length=2), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["reporting_round.id"], name=op.f("fk_round_record_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_record")),
        sa.UniqueConstraint(
            "round_id", "county_code", name=op.f("uq_round_record_round_id_county_code")
        ),
    )
    op.create_table(
        "round_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("villages", sa.Integer(), nullable=False),
        sa.Column("homes_passed_before", sa.Integer(), nullable=True),
        sa.Column("homes_passed_after", sa.Integer(), nullable=True),
        sa.Column("connected_before", sa.Integer(), nullable=True),
        sa.Column("connected_after", sa.Integer(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["reporting_round.id"], name=op.f("fk_round_correction_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["report_version.id"], name=op.f("fk_round_correction_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_correction")),
        sa.UniqueConstraint(
            "round_id", "version_id", name=op.f("uq_round_correction_round_id_version_id")
        ),
    )
    op.create_index("ix_round_correction_version_id", "round_correction", ["version_id"])


def downgrade() -> None:
    op.drop_index("ix_round_correction_version_id", table_name="round_correction")
    op.drop_table("round_correction")
    op.drop_table("round_record")
