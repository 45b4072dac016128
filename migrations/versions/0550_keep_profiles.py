"""Keep texts written in profiles, frozen profiles, and the PDFs that the worker makes."""

import sqlalchemy as sa
from alembic import op

revision = "0550"
down_revision = "0351"
branch_labels = None
depends_on = None

PARTS = ("position", "development", "comparison", "villages", "associations", "next")
KINDS = ("area", "pack", "edition")
STATES = ("waiting", "making", "ready", "failed")


def _closed_set(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "profile_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(4), nullable=False),
        sa.Column("part", _closed_set(PARTS, "part"), nullable=False),
        sa.Column("locale", sa.String(2), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["user.id"], name=op.f("fk_profile_text_written_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_text")),
        sa.UniqueConstraint(
            "area_code", "part", "locale", name=op.f("uq_profile_text_area_code_part_locale")
        ),
    )
    op.create_table(
        "profile_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(4), nullable=False),
        sa.Column("area_name", sa.String(120), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reference_date", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("frozen_by_id", sa.Integer(), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["frozen_by_id"], ["user.id"], name=op.f("fk_profile_edition_frozen_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_edition")),
        sa.UniqueConstraint(
            "area_code", "number", name=op.f("uq_profile_edition_area_code_number")
        ),
    )
    op.create_table(
        "profile_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", _closed_set(KINDS, "kind"), nullable=False),
        sa.Column("area_code", sa.String(4), nullable=False),
        sa.Column("area_name", sa.String(120), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("locale", sa.String(2), nullable=False),
        sa.Column("state", _closed_set(STATES, "state"), nullable=False),
        sa.Column("parts_all", sa.Integer(), nullable=False),
        sa.Column("parts_done", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["profile_edition.id"], name=op.f("fk_profile_paper_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user.id"], name=op.f("fk_profile_paper_asked_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_paper")),
    )
    op.create_index("ix_profile_paper_state", "profile_paper", ["state"])
    op.create_index("ix_profile_paper_asked_by_id", "profile_paper", ["asked_by_id"])


def downgrade() -> None:
    op.drop_table("profile_paper")
    op.drop_table("profile_edition")
    op.drop_table("profile_text")
