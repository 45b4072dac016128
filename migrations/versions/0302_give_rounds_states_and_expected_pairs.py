"""Give rounds a state, and keep who is expected, who may be late and who will not answer."""

import sqlalchemy as sa
from alembic import op

revision = "0302"
down_revision = "0301"
branch_labels = None
depends_on = None

# As text, because SQLite takes a constraint only together with its column.
STATE = """
ALTER TABLE reporting_round ADD COLUMN state VARCHAR(40) DEFAULT 'open' NOT NULL
CONSTRAINT ck_reporting_round_state CHECK (state IN ('planned', 'open', 'closed', 'frozen'))
"""
OPENED = """
ALTER TABLE reporting_round ADD COLUMN opened_at {time}
CONSTRAINT ck_reporting_round_closed_has_time
CHECK ((state IN ('closed', 'frozen')) = (closed_at IS NOT NULL))
"""
FROZEN = """
ALTER TABLE reporting_round ADD COLUMN frozen_at {time}
CONSTRAINT ck_reporting_round_frozen_has_time
CHECK ((state = 'frozen') = (frozen_at IS NOT NULL))
"""
# Who served a village on a round's date, or reported it, was expected to.
PAIRS = """
INSERT INTO expected_pair (round_id, association_id, village_id, added_at)
SELECT r.id, s.association_id, s.village_id, CURRENT_TIMESTAMP
FROM reporting_round r
JOIN served_village s
  ON s.valid_from <= r.reference_date AND (s.valid_to IS NULL OR s.valid_to > r.reference_date)
UNION
SELECT p.round_id, p.association_id, c.village_id, CURRENT_TIMESTAMP
FROM connection_report p
JOIN report_version v ON v.report_id = p.id
JOIN connection_count c ON c.version_id = v.id
"""


def upgrade() -> None:
    time = "TIMESTAMP WITH TIME ZONE" if op.get_bind().dialect.name == "postgresql" else "DATETIME"
    op.execute(STATE)
    op.execute("UPDATE reporting_round SET state = 'closed' WHERE closed_at IS NOT NULL")
    op.execute(OPENED.format(time=time))
    op.execute(FROZEN.format(time=time))
    _create_pairs()
    _create_exceptions()
    _create_refusals()
    op.execute(PAIRS)


def _create_pairs() -> None:
    op.create_table(
        "expected_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        *_belongs_to("expected_pair", by="added_by_id"),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_expected_pair_village_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expected_pair")),
        sa.UniqueConstraint(
            "round_id",
            "association_id",
            "village_id",
            name=op.f("uq_expected_pair_round_id_association_id_village_id"),
        ),
    )
    op.create_index(op.f("ix_expected_pair_association_id"), "expected_pair", ["association_id"])
    op.create_index(op.f("ix_expected_pair_village_id"), "expected_pair", ["village_id"])


def _create_exceptions() -> None:
    op.create_table(
        "lock_exception",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *_belongs_to("lock_exception", by="granted_by_id"),
        sa.CheckConstraint(
            "until > granted_at", name=op.f("ck_lock_exception_until_after_granted")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lock_exception")),
    )
    op.create_index(
        "ix_lock_exception_round_id_association_id",
        "lock_exception",
        ["round_id", "association_id"],
    )


def _create_refusals() -> None:
    op.create_table(
        "round_refusal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        *_belongs_to("round_refusal", by="noted_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_refusal")),
    )
    op.create_index(op.f("ix_round_refusal_association_id"), "round_refusal", ["association_id"])
    op.create_index(
        "uq_round_refusal_standing",
        "round_refusal",
        ["round_id", "association_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def _belongs_to(table: str, *, by: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    """Its round, its association, and the person who made the row."""
    references = {
        "round_id": "reporting_round.id",
        "association_id": "association.id",
        by: "user.id",
    }
    return tuple(
        sa.ForeignKeyConstraint([column], [other], name=op.f(f"fk_{table}_{column}"))
        for column, other in references.items()
    )


def downgrade() -> None:
    op.drop_index("uq_round_refusal_standing", table_name="round_refusal")
    op.drop_index(op.f("ix_round_refusal_association_id"), table_name="round_refusal")
    op.drop_table("round_refusal")
    op.drop_index("ix_lock_exception_round_id_association_id", table_name="lock_exception")
    op.drop_table("lock_exception")
    op.drop_index(op.f("ix_expected_pair_village_id"), table_name="expected_pair")
    op.drop_index(op.f("ix_expected_pair_association_id"), table_name="expected_pair")
    op.drop_table("expected_pair")
    op.drop_column("reporting_round", "frozen_at")
    op.drop_column("reporting_round", "opened_at")
    op.drop_column("reporting_round", "state")
