"""Keep the workbook and the slides of a frozen profile as they were that day."""

import sqlalchemy as sa
from alembic import op

revision = "0620"
down_revision = "0362"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "profile_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(2), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["profile_edition.id"], name=op.f("fk_profile_file_edition_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_file")),
        sa.UniqueConstraint(
            "edition_id", "locale", "name", name=op.f("uq_profile_file_edition_id_locale_name")
        ),
    )


def downgrade() -> None:
    op.drop_table("profile_file")
