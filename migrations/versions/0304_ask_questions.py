"""Keep what people outside ask of published figures."""

import sqlalchemy as sa
from alembic import op

revision = "0304"
down_revision = "0302"
branch_labels = None
depends_on = None

STATES = ("asked", "accepted", "disputed", "changed_since", "upheld", "dismissed", "withdrawn")
MEASURES = ("coverage", "connection_rate", "take_up", "activation")


def _closed_set(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "figure_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("measure", _closed_set(MEASURES, "measure"), nullable=False),
        sa.Column("reference_date", sa.Date(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("asker_email", sa.String(length=255), nullable=True),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("submission_key", sa.String(length=64), nullable=False),
        sa.Column("follow_hash", sa.String(length=64), nullable=False),
        sa.Column("state", _closed_set(STATES, "state"), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answer", _closed_set(STATES, "answer"), nullable=True),
        sa.Column("answer_text", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("decision_text", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "asker_email IS NULL OR state NOT IN ('upheld', 'dismissed', 'withdrawn')",
            name=op.f("ck_figure_question_address_only_while_open"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_figure_question_village_id")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user.id"], name=op.f("fk_figure_question_answered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["user.id"], name=op.f("fk_figure_question_closed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_question")),
        sa.UniqueConstraint("follow_hash", name=op.f("uq_figure_question_follow_hash")),
    )
    op.create_index("ix_figure_question_state", "figure_question", ["state", "due_on"])
    op.create_index("ix_figure_question_village_id", "figure_question", ["village_id"])


def downgrade() -> None:
    op.drop_index("ix_figure_question_village_id", table_name="figure_question")
    op.drop_index("ix_figure_question_state", table_name="figure_question")
    op.drop_table("figure_question")
