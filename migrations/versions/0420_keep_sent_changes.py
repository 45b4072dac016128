"""Keep changes that devices sent, and of those that met another, what they said."""

import sqlalchemy as sa
from alembic import op

revision = "0420"
down_revision = "0330"
branch_labels = None
depends_on = None

STATES = ("stored", "held", "settled")


def upgrade() -> None:
    op.create_table(
        "sent_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("stored_version", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("fields", sa.Text(), nullable=True),
        sa.Column("base", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'held') = (fields IS NOT NULL)", name=op.f("ck_sent_change_held_with_fields")
        ),
        sa.CheckConstraint(
            "(state = 'settled') = (settled_at IS NOT NULL)",
            name=op.f("ck_sent_change_settled_with_moment"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_sent_change_user_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name=op.f("fk_sent_change_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["user.id"], name=op.f("fk_sent_change_settled_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_change")),
        sa.UniqueConstraint("user_id", "key", name=op.f("uq_sent_change_user_id_key")),
    )
    op.create_index("ix_sent_change_session_id_state", "sent_change", ["session_id", "state"])


def downgrade() -> None:
    op.drop_index("ix_sent_change_session_id_state", table_name="sent_change")
    op.drop_table("sent_change")
