"""Keep official figures by area and year as they were published."""

import sqlalchemy as sa
from alembic import op

revision = "0560"
down_revision = "0420"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "official_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(40), nullable=False),
        sa.Column("area_code", sa.String(4), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Float(), nullable=False),
        sa.Column("source", sa.String(120), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "percent >= 0 AND percent <= 100", name=op.f("ck_official_figure_percent_in_range")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_figure")),
    )
    op.create_index(
        "ix_official_figure_series_area_code_year",
        "official_figure",
        ["series", "area_code", "year"],
    )


def downgrade() -> None:
    op.drop_index("ix_official_figure_series_area_code_year", table_name="official_figure")
    op.drop_table("official_figure")
