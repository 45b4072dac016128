"""Keep which reminders were written and where they are paused, and the language to write in."""

import sqlalchemy as sa
from alembic import op

revision = "0308"
down_revision = "0306"
branch_labels = None
depends_on = None

# As text, because SQLite takes a constraint only together with its column.
LOCALE = """
ALTER TABLE association ADD COLUMN locale VARCHAR(5) DEFAULT 'sv' NOT NULL
CONSTRAINT ck_association_locale CHECK (locale IN ('sv', 'en'))
"""


def upgrade() -> None:
    op.execute(LOCALE)
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "invitation",
                "due_in_14",
                "due_in_3",
                "overdue",
                "returned_waiting",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["round_id"], ["reporting_round.id"], name=op.f("fk_reminder_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_reminder_association_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["association_contact.id"], name=op.f("fk_reminder_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["outbox_message.id"], name=op.f("fk_reminder_message_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("message_id", name=op.f("uq_reminder_message_id")),
    )
    op.create_index("ix_reminder_round_id_contact_id", "reminder", ["round_id", "contact_id"])
    op.create_table(
        "reminder_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=True),
        sa.Column("paused_by_id", sa.Integer(), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["round_id"], ["reporting_round.id"], name=op.f("fk_reminder_pause_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_reminder_pause_association_id")
        ),
        sa.ForeignKeyConstraint(
            ["paused_by_id"], ["user.id"], name=op.f("fk_reminder_pause_paused_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_pause")),
    )
    op.create_index(op.f("ix_reminder_pause_round_id"), "reminder_pause", ["round_id"])


def downgrade() -> None:
    op.drop_table("reminder_pause")
    op.drop_table("reminder")
    # Its constraint goes with it.
    op.drop_column("association", "locale")
