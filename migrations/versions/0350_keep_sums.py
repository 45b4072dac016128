"""Keep the sums of what is published beside its rows."""

import sqlalchemy as sa
from alembic import op

revision = "0350"
down_revision = "0340"
branch_labels = None
depends_on = None

DWELLING_TYPES = ("permanent", "holiday", "workplace")
FINE_CLASSES = (
    "tatort_large",
    "tatort_unsized",
    "tatort_small",
    "smaort",
    "outside",
    "unclassed",
)
NUMBERS = ("villages", "covered", "expected", "reported")
SUMS = ("register_dwellings", "covered_dwellings")
MEASURES = ("coverage", "connection_rate", "take_up", "activation")


def _closed_set(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "status_sum",
        sa.Column("reference_date", sa.Date(), nullable=False),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("fine_class", _closed_set(FINE_CLASSES, "fine_class"), nullable=False),
        sa.Column("dwelling_type", _closed_set(DWELLING_TYPES, "dwelling_type"), nullable=False),
        sa.Column("county_code", sa.String(2), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in NUMBERS),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in SUMS),
        sa.Column("oldest", sa.Date(), nullable=True),
        *(
            column
            for measure in MEASURES
            for column in (
                sa.Column(f"{measure}_above", sa.BigInteger(), nullable=True),
                sa.Column(f"{measure}_below", sa.BigInteger(), nullable=True),
                sa.Column(f"{measure}_counted", sa.Integer(), nullable=False),
            )
        ),
        sa.PrimaryKeyConstraint(
            "reference_date",
            "municipality_code",
            "fine_class",
            "dwelling_type",
            name=op.f("pk_status_sum"),
        ),
    )
    op.create_index(
        "ix_status_sum_county", "status_sum", ["dwelling_type", "county_code", "reference_date"]
    )
    op.create_index(
        "ix_status_sum_municipality",
        "status_sum",
        ["dwelling_type", "municipality_code", "reference_date"],
    )


def downgrade() -> None:
    op.drop_index("ix_status_sum_municipality", table_name="status_sum")
    op.drop_index("ix_status_sum_county", table_name="status_sum")
    op.drop_table("status_sum")
