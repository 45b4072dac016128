"""Create reporting rounds, reports with versions and counts, and the published status."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reporting_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference_date", sa.Date(), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "due_date >= reference_date", name=op.f("ck_reporting_round_due_after_reference")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_round")),
        sa.UniqueConstraint("reference_date", name=op.f("uq_reporting_round_reference_date")),
    )
    op.create_table(
        "connection_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_connection_report_association_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["reporting_round.id"], name=op.f("fk_connection_report_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_connection_report")),
        sa.UniqueConstraint(
            "association_id", "round_id", name=op.f("uq_connection_report_association_id_round_id")
        ),
    )
    op.create_index(op.f("ix_connection_report_round_id"), "connection_report", ["round_id"])
    op.create_table(
        "report_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("base_number", sa.Integer(), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_report_draft_association_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["reporting_round.id"], name=op.f("fk_report_draft_round_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_report_draft_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_draft")),
        sa.UniqueConstraint(
            "user_id",
            "association_id",
            "round_id",
            name=op.f("uq_report_draft_user_id_association_id_round_id"),
        ),
    )
    op.create_table(
        "report_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(length=20), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "submitted",
                "returned",
                "approved",
                "superseded",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submission_key", sa.String(length=64), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_report_version_number_positive")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name=op.f("fk_report_version_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["connection_report.id"], name=op.f("fk_report_version_report_id")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["user.id"], name=op.f("fk_report_version_submitted_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_version")),
        sa.UniqueConstraint("receipt", name=op.f("uq_report_version_receipt")),
        sa.UniqueConstraint("report_id", "number", name=op.f("uq_report_version_report_id_number")),
        sa.UniqueConstraint(
            "submitted_by_id",
            "submission_key",
            name=op.f("uq_report_version_submitted_by_id_submission_key"),
        ),
    )
    op.create_index("ix_report_version_state", "report_version", ["state"])
    op.create_table(
        "village_status",
        sa.Column("reference_date", sa.Date(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column(
            "dwelling_type",
            sa.Enum(
                "permanent",
                "holiday",
                "workplace",
                name="dwelling_type",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("county_code", sa.String(length=2), nullable=False),
        sa.Column("municipality_code", sa.String(length=4), nullable=False),
        sa.Column(
            "settlement_class",
            sa.Enum(
                "tatort",
                "smaort",
                "outside",
                name="settlement_class",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("inhabitants", sa.Integer(), nullable=True),
        sa.Column("register_dwellings", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "reported",
                "carried_forward",
                "missing",
                "not_expected",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("associations", sa.Integer(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("dwellings", sa.Integer(), nullable=True),
        sa.Column("homes_passed", sa.Integer(), nullable=True),
        sa.Column("connected", sa.Integer(), nullable=True),
        sa.Column("active", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "active <= connected", name=op.f("ck_village_status_active_within_connected")
        ),
        sa.CheckConstraint("active >= 0", name=op.f("ck_village_status_active_not_negative")),
        sa.CheckConstraint(
            "connected <= dwellings", name=op.f("ck_village_status_connected_within_dwellings")
        ),
        sa.CheckConstraint(
            "connected <= homes_passed", name=op.f("ck_village_status_connected_within_passed")
        ),
        sa.CheckConstraint("connected >= 0", name=op.f("ck_village_status_connected_not_negative")),
        sa.CheckConstraint("dwellings >= 0", name=op.f("ck_village_status_dwellings_not_negative")),
        sa.CheckConstraint(
            "homes_passed <= dwellings", name=op.f("ck_village_status_passed_within_dwellings")
        ),
        sa.CheckConstraint(
            "homes_passed >= 0", name=op.f("ck_village_status_homes_passed_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_village_status_village_id")
        ),
        sa.PrimaryKeyConstraint(
            "reference_date", "village_id", "dwelling_type", name=op.f("pk_village_status")
        ),
    )
    op.create_index(
        "ix_village_status_date_county",
        "village_status",
        ["reference_date", "dwelling_type", "county_code"],
    )
    op.create_index("ix_village_status_village_id", "village_status", ["village_id"])
    op.create_table(
        "connection_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column(
            "dwelling_type",
            sa.Enum(
                "permanent",
                "holiday",
                "workplace",
                name="dwelling_type",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("dwellings", sa.Integer(), nullable=True),
        sa.Column(
            "dwellings_source",
            sa.Enum(
                "register",
                "reporter",
                name="dwellings_source",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("homes_passed", sa.Integer(), nullable=True),
        sa.Column("connected", sa.Integer(), nullable=True),
        sa.Column("active", sa.Integer(), nullable=True),
        sa.Column("is_unchanged", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "active <= connected", name=op.f("ck_connection_count_active_within_connected")
        ),
        sa.CheckConstraint("active >= 0", name=op.f("ck_connection_count_active_not_negative")),
        sa.CheckConstraint(
            "connected <= dwellings", name=op.f("ck_connection_count_connected_within_dwellings")
        ),
        sa.CheckConstraint(
            "connected <= homes_passed", name=op.f("ck_connection_count_connected_within_passed")
        ),
        sa.CheckConstraint(
            "connected >= 0", name=op.f("ck_connection_count_connected_not_negative")
        ),
        sa.CheckConstraint(
            "dwellings >= 0", name=op.f("ck_connection_count_dwellings_not_negative")
        ),
        sa.CheckConstraint(
            "homes_passed <= dwellings", name=op.f("ck_connection_count_passed_within_dwellings")
        ),
        sa.CheckConstraint(
            "homes_passed >= 0", name=op.f("ck_connection_count_homes_passed_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["report_version.id"], name=op.f("fk_connection_count_version_id")
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_connection_count_village_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_connection_count")),
        sa.UniqueConstraint(
            "version_id",
            "village_id",
            "dwelling_type",
            name=op.f("uq_connection_count_version_id_village_id_dwelling_type"),
        ),
    )
    op.create_index("ix_connection_count_village_id", "connection_count", ["village_id"])


def downgrade() -> None:
    op.drop_index("ix_connection_count_village_id", table_name="connection_count")
    op.drop_table("connection_count")
    op.drop_index("ix_village_status_village_id", table_name="village_status")
    op.drop_index("ix_village_status_date_county", table_name="village_status")
    op.drop_table("village_status")
    op.drop_index("ix_report_version_state", table_name="report_version")
    op.drop_table("report_version")
    op.drop_table("report_draft")
    op.drop_index(op.f("ix_connection_report_round_id"), table_name="connection_report")
    op.drop_table("connection_report")
    op.drop_table("reporting_round")
