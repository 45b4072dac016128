"""Keep what was published before, with the time from which and until which it was."""

import sqlalchemy as sa
from alembic import op

revision = "0335"
down_revision = "0560"
branch_labels = None
depends_on = None

DWELLING_TYPES = ("permanent", "holiday", "workplace")
SETTLEMENT_CLASSES = ("tatort", "smaort", "outside")
STATES = ("reported", "carried_forward", "missing", "not_expected")
# What is published at the upgrade is known from then on: nothing tells since when.
NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'"
LONG_AGO = "1970-01-01 00:00:00.000000"


def _closed_set(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    # SQLite adds a column that is never empty only with a default, and can't take it away after.
    op.add_column(
        "village_status",
        sa.Column(
            "known_from", sa.DateTime(timezone=True), nullable=False, server_default=LONG_AGO
        ),
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(f"UPDATE village_status SET known_from = {NOW if is_sqlite else 'now()'}")
    if not is_sqlite:
        op.alter_column("village_status", "known_from", server_default=None)
    op.create_table(
        "past_status",
        sa.Column("reference_date", sa.Date(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("dwelling_type", _closed_set(DWELLING_TYPES, "dwelling_type"), nullable=False),
        sa.Column("known_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_to", sa.DateTime(timezone=True), nullable=False),
        sa.Column("county_code", sa.String(2), nullable=False),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column(
            "settlement_class", _closed_set(SETTLEMENT_CLASSES, "settlement_class"), nullable=True
        ),
        sa.Column("inhabitants", sa.Integer(), nullable=True),
        sa.Column("register_dwellings", sa.Integer(), nullable=True),
        sa.Column("state", _closed_set(STATES, "state"), nullable=False),
        sa.Column("associations", sa.Integer(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("dwellings", sa.Integer(), nullable=True),
        sa.Column("homes_passed", sa.Integer(), nullable=True),
        sa.Column("connected", sa.Integer(), nullable=True),
        sa.Column("active", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_past_status_village_id")
        ),
        sa.PrimaryKeyConstraint(
            "reference_date",
            "village_id",
            "dwelling_type",
            "known_from",
            name=op.f("pk_past_status"),
        ),
    )
    op.create_index("ix_past_status_village_id", "past_status", ["village_id"])


def downgrade() -> None:
    op.drop_index("ix_past_status_village_id", table_name="past_status")
    op.drop_table("past_status")
    op.drop_column("village_status", "known_from")
