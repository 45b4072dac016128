"""Keep which association's villages passed on to which, and when contacts were confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0303"
down_revision = "0304"
branch_labels = None
depends_on = None

KINDS = ("merge", "split", "move")
STATUSES = ("planning", "building", "operating", "dormant", "merged", "dissolved")


def upgrade() -> None:
    op.add_column(
        "association_contact", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True)
    )
    _create_successions()
    _create_handed_villages()


def _create_successions() -> None:
    op.create_table(
        "succession",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", _closed_set("kind", KINDS), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=True),
        sa.Column("takes_effect", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status_before", _closed_set("status_before", STATUSES), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_succession_association_id")
        ),
        sa.ForeignKeyConstraint(
            ["into_id"], ["association.id"], name=op.f("fk_succession_into_id")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_succession_made_by_id")),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["user.id"], name=op.f("fk_succession_undone_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_succession")),
    )
    op.create_index(op.f("ix_succession_association_id"), "succession", ["association_id"])
    op.create_index(op.f("ix_succession_into_id"), "succession", ["into_id"])


def _create_handed_villages() -> None:
    op.create_table(
        "handed_village",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("succession_id", sa.Integer(), nullable=False),
        sa.Column("from_served_id", sa.Integer(), nullable=False),
        sa.Column("to_served_id", sa.Integer(), nullable=False),
        sa.Column("end_before", sa.Date(), nullable=True),
        sa.Column("counts_from", sa.Date(), nullable=False),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["succession_id"], ["succession.id"], name=op.f("fk_handed_village_succession_id")
        ),
        sa.ForeignKeyConstraint(
            ["from_served_id"],
            ["served_village.id"],
            name=op.f("fk_handed_village_from_served_id"),
        ),
        sa.ForeignKeyConstraint(
            ["to_served_id"], ["served_village.id"], name=op.f("fk_handed_village_to_served_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handed_village")),
        sa.UniqueConstraint("from_served_id", name=op.f("uq_handed_village_from_served_id")),
    )
    op.create_index(op.f("ix_handed_village_succession_id"), "handed_village", ["succession_id"])
    op.create_index(op.f("ix_handed_village_to_served_id"), "handed_village", ["to_served_id"])


def _closed_set(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def downgrade() -> None:
    op.drop_index(op.f("ix_handed_village_to_served_id"), table_name="handed_village")
    op.drop_index(op.f("ix_handed_village_succession_id"), table_name="handed_village")
    op.drop_table("handed_village")
    op.drop_index(op.f("ix_succession_into_id"), table_name="succession")
    op.drop_index(op.f("ix_succession_association_id"), table_name="succession")
    op.drop_table("succession")
    op.drop_column("association_contact", "confirmed_at")
