"""Keep survey rounds, their links, anonymous answers and the figures they are compared with."""

import sqlalchemy as sa
from alembic import op

revision = "0450"
down_revision = "0310"
branch_labels = None
depends_on = None

FINE = ("tatort_large", "tatort_unsized", "tatort_small", "smaort", "outside", "unclassed")
AGES = ("to_24", "from_25", "from_45", "from_65", "from_80", "unknown")
LEVELS = ("above_basic", "basic", "low", "narrow", "limited", "no_skills", "not_assessed")
AREAS = ("information", "communication", "content", "safety", "problem_solving")
RANDOM_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def text_enum(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def place(table):
    return [
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("fine_class", text_enum("fine_class", *FINE), nullable=True),
        sa.Column("age_group", text_enum("age_group", *AGES), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["survey_round.id"], name=op.f(f"fk_{table}_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_code"], ["municipality.code"], name=op.f(f"fk_{table}_municipality_code")
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f(f"fk_{table}_village_id")
        ),
    ]


def upgrade() -> None:
    op.create_table(
        "survey_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_code", sa.String(2), nullable=False),
        sa.Column("reference_date", sa.Date(), nullable=False),
        sa.Column("questionnaire", sa.Integer(), nullable=False),
        sa.Column("small_village", sa.Integer(), nullable=False),
        sa.Column("state", text_enum("state", "open", "closed"), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.CheckConstraint("small_village > 0", name=op.f("ck_survey_round_small_village")),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_survey_round_closed_when")
        ),
        sa.ForeignKeyConstraint(
            ["county_code"], ["county.code"], name=op.f("fk_survey_round_county_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_round")),
        sa.UniqueConstraint(
            "county_code", "reference_date", name=op.f("uq_survey_round_county_code_reference_date")
        ),
    )
    op.create_table(
        "survey_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(80), nullable=False),
        sa.Column("is_kiosk", sa.Boolean(), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["survey_round.id"], name=op.f("fk_survey_link_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user.id"], name=op.f("fk_survey_link_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_link")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_survey_link_key_hash")),
    )
    op.create_index(op.f("ix_survey_link_round_id"), "survey_link", ["round_id"])
    op.create_table(
        "survey_answer",
        sa.Column("id", RANDOM_KEY, autoincrement=False, nullable=False),
        *place("survey_answer"),
        sa.Column("sex", text_enum("sex", "woman", "man", "other"), nullable=True),
        sa.Column("level", text_enum("level", *LEVELS), nullable=False),
        sa.Column("activities", sa.String(64), nullable=True),
        *(sa.Column(area, sa.Integer(), nullable=True) for area in AREAS),
        sa.CheckConstraint(
            "(level = 'not_assessed') = (activities IS NULL) AND"
            " (level = 'not_assessed') = (information IS NULL)",
            name=op.f("ck_survey_answer_not_assessed_blank"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answer")),
    )
    op.create_index("ix_survey_answer_round_id", "survey_answer", ["round_id", "municipality_code"])
    op.create_table(
        "survey_tally",
        sa.Column("id", RANDOM_KEY, autoincrement=False, nullable=False),
        *place("survey_tally"),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in (*LEVELS, *AREAS)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_tally")),
    )
    op.create_index(op.f("ix_survey_tally_round_id"), "survey_tally", ["round_id"])
    op.create_table(
        "survey_receipt",
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["survey_round.id"], name=op.f("fk_survey_receipt_round_id")
        ),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_survey_receipt")),
    )
    op.create_index(op.f("ix_survey_receipt_round_id"), "survey_receipt", ["round_id"])
    op.create_table(
        "survey_reference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(80), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(40), nullable=False),
        sa.Column("hundredths", sa.Integer(), nullable=False),
        sa.Column("updated_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "hundredths BETWEEN 0 AND 10000", name=op.f("ck_survey_reference_hundredths")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_reference")),
        sa.UniqueConstraint(
            "country", "year", "indicator", name=op.f("uq_survey_reference_country_year_indicator")
        ),
    )


def downgrade() -> None:
    for table in (
        "survey_reference",
        "survey_receipt",
        "survey_tally",
        "survey_answer",
        "survey_link",
        "survey_round",
    ):
        op.drop_table(table)
