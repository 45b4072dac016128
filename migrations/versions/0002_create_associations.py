"""Create the register of fibre associations, their commitments, and civil society organisations."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "association",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("organisation_number", sa.String(length=10), nullable=True),
        sa.Column(
            "legal_form",
            sa.Enum(
                "economic_association",
                "non_profit_association",
                "joint_property",
                "limited_company",
                "municipal_company",
                "other",
                name="legal_form",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "planning",
                "building",
                "operating",
                "dormant",
                "merged",
                "dissolved",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("founded_year", sa.Integer(), nullable=True),
        sa.Column("county_code", sa.String(length=2), nullable=False),
        sa.Column("network_operator", sa.String(length=120), nullable=True),
        sa.Column("communication_operator", sa.String(length=120), nullable=True),
        sa.Column("website", sa.String(length=255), nullable=True),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_code"], ["county.code"], name=op.f("fk_association_county_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_association")),
        sa.UniqueConstraint("organisation_number", name=op.f("uq_association_organisation_number")),
    )
    op.create_index(op.f("ix_association_county_code"), "association", ["county_code"])
    op.create_index(op.f("ix_association_name"), "association", ["name"])
    op.create_table(
        "civil_society_organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "study_association",
                "pensioners_association",
                "library",
                "village_association",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("county_code", sa.String(length=2), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_code"], ["county.code"], name=op.f("fk_civil_society_organisation_county_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_civil_society_organisation")),
    )
    op.create_index(
        op.f("ix_civil_society_organisation_county_code"),
        "civil_society_organisation",
        ["county_code"],
    )
    op.create_table(
        "association_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("duty", sa.String(length=80), nullable=True),
        sa.Column("email", sa.String(length=255), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from",
            name=op.f("ck_association_contact_dates_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id"],
            ["association.id"],
            name=op.f("fk_association_contact_association_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_association_contact")),
    )
    op.create_index(
        op.f("ix_association_contact_association_id"), "association_contact", ["association_id"]
    )
    op.create_table(
        "commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "extend_to_village",
                "connect_more_homes",
                "digital_help",
                "fibre_point",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("due_date", sa.Date(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "wanted",
                "promised",
                "in_progress",
                "done",
                "dropped",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "target IS NULL OR target > 0", name=op.f("ck_commitment_target_positive")
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_commitment_association_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
    )
    op.create_index(op.f("ix_commitment_association_id"), "commitment", ["association_id"])
    op.create_table(
        "commitment_village",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name=op.f("fk_commitment_village_commitment_id")
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_commitment_village_village_id")
        ),
        sa.PrimaryKeyConstraint("commitment_id", "village_id", name=op.f("pk_commitment_village")),
    )
    op.create_table(
        "served_village",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to > valid_from",
            name=op.f("ck_served_village_dates_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_served_village_association_id")
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_served_village_village_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_served_village")),
        sa.UniqueConstraint(
            "association_id",
            "village_id",
            "valid_from",
            name=op.f("uq_served_village_association_id_village_id_valid_from"),
        ),
    )
    op.create_index("ix_served_village_village_id", "served_village", ["village_id"])


def downgrade() -> None:
    op.drop_index("ix_served_village_village_id", table_name="served_village")
    op.drop_table("served_village")
    op.drop_table("commitment_village")
    op.drop_index(op.f("ix_commitment_association_id"), table_name="commitment")
    op.drop_table("commitment")
    op.drop_index(op.f("ix_association_contact_association_id"), table_name="association_contact")
    op.drop_table("association_contact")
    op.drop_index(
        op.f("ix_civil_society_organisation_county_code"), table_name="civil_society_organisation"
    )
    op.drop_table("civil_society_organisation")
    op.drop_index(op.f("ix_association_name"), table_name="association")
    op.drop_index(op.f("ix_association_county_code"), table_name="association")
    op.drop_table("association")
