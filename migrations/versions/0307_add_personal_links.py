"""Add personal links to reports, and let drafts and versions come from one instead of a user."""

import sqlalchemy as sa
from alembic import op

revision = "0307"
down_revision = "0303"
branch_labels = None
depends_on = None

STANDING = sa.text("ended_at IS NULL")
# As text, because SQLite takes a constraint only together with its column.
VIA_LINK = """
ALTER TABLE report_version ADD COLUMN submitted_via_link_id INTEGER
CONSTRAINT fk_report_version_submitted_via_link_id REFERENCES report_link (id)
"""

report_draft = sa.table("report_draft", sa.column("user_id", sa.Integer))


def upgrade() -> None:
    op.create_table(
        "report_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("contact_name", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "end_cause",
            sa.Enum(
                "revoked",
                "renewed",
                "contact_changed",
                name="end_cause",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (end_cause IS NULL)", name=op.f("ck_report_link_end_has_cause")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["reporting_round.id"], name=op.f("fk_report_link_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_report_link_association_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["association_contact.id"], name=op.f("fk_report_link_contact_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_link")),
    )
    op.create_index(op.f("ix_report_link_association_id"), "report_link", ["association_id"])
    op.create_index(op.f("ix_report_link_contact_id"), "report_link", ["contact_id"])
    op.create_index(
        "uq_report_link_standing",
        "report_link",
        ["round_id", "contact_id"],
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )
    op.create_table(
        "report_link_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"], ["report_link.id"], name=op.f("fk_report_link_key_link_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user.id"], name=op.f("fk_report_link_key_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_link_key")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_report_link_key_key_hash")),
    )
    op.create_index(op.f("ix_report_link_key_link_id"), "report_link_key", ["link_id"])
    with op.batch_alter_table("report_draft") as batch:
        batch.alter_column("user_id", existing_type=sa.Integer(), nullable=True)
        batch.add_column(sa.Column("link_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_report_draft_link_id"), "report_link", ["link_id"], ["id"]
        )
        batch.create_unique_constraint(op.f("uq_report_draft_link_id"), ["link_id"])
        batch.create_check_constraint(
            op.f("ck_report_draft_one_writer"), "(user_id IS NULL) <> (link_id IS NULL)"
        )
    op.execute(VIA_LINK)
    op.create_index(
        "uq_report_version_link_key",
        "report_version",
        ["submitted_via_link_id", "submission_key"],
        unique=True,
    )


def downgrade() -> None:
    """Versions that came by a link stay, without saying by whose; drafts of links are gone."""
    op.drop_index("uq_report_version_link_key", table_name="report_version")
    op.drop_column("report_version", "submitted_via_link_id")
    op.execute(sa.delete(report_draft).where(report_draft.c.user_id.is_(None)))
    with op.batch_alter_table("report_draft") as batch:
        batch.drop_constraint(op.f("ck_report_draft_one_writer"), type_="check")
        batch.drop_constraint(op.f("uq_report_draft_link_id"), type_="unique")
        batch.drop_constraint(op.f("fk_report_draft_link_id"), type_="foreignkey")
        batch.drop_column("link_id")
        batch.alter_column("user_id", existing_type=sa.Integer(), nullable=False)
    op.drop_table("report_link_key")
    op.drop_table("report_link")
