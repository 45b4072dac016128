"""Let imports be of survey answers too, and be taken back as long as their round is open."""

import sqlalchemy as sa
from alembic import op

revision = "0600"
down_revision = "0620"
branch_labels = None
depends_on = None

HOLDS = (
    "association", "village_code", "village", "municipality", "dwelling_type", "dwellings",
    "homes_passed", "connected", "active", "unchanged", "reason",
)  # fmt: skip
RANDOM_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
run = sa.table("import_run", sa.column("id"), sa.column("survey_round_id"))
row = sa.table("import_row", sa.column("run_id"))
memory = sa.table("column_memory", sa.column("is_survey"))


def upgrade() -> None:
    with op.batch_alter_table("import_run") as table:
        table.alter_column("round_id", existing_type=sa.Integer(), nullable=True)
        table.add_column(sa.Column("survey_round_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_import_run_survey_round_id"), "survey_round", ["survey_round_id"], ["id"]
        )
        table.create_check_constraint(
            op.f("ck_import_run_of_one_kind"),
            "(round_id IS NULL) = (survey_round_id IS NOT NULL)",
        )
    with op.batch_alter_table("column_memory") as table:
        table.drop_constraint(op.f("ck_column_memory_holds"), type_="check")
        table.add_column(
            sa.Column("is_survey", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        table.drop_constraint(op.f("uq_column_memory_user_id_header"), type_="unique")
        table.create_unique_constraint(
            op.f("uq_column_memory_user_id_is_survey_header"), ["user_id", "is_survey", "header"]
        )
    op.create_table(
        "survey_batch_answer",
        sa.Column("answer_id", RANDOM_KEY, nullable=False, autoincrement=False),
        sa.Column("batch", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_survey_batch_answer")),
    )
    op.create_index("ix_survey_batch_answer_batch", "survey_batch_answer", ["batch"])
    op.add_column("survey_receipt", sa.Column("batch", sa.String(40), nullable=True))


def downgrade() -> None:
    op.drop_column("survey_receipt", "batch")
    op.drop_table("survey_batch_answer")
    op.execute(memory.delete().where(memory.c.is_survey))
    with op.batch_alter_table("column_memory") as table:
        table.drop_constraint(op.f("uq_column_memory_user_id_is_survey_header"), type_="unique")
        table.drop_column("is_survey")
        table.create_unique_constraint(
            op.f("uq_column_memory_user_id_header"), ["user_id", "header"]
        )
        table.create_check_constraint(op.f("ck_column_memory_holds"), sa.column("holds").in_(HOLDS))
    surveys = sa.select(run.c.id).where(run.c.survey_round_id.is_not(None))
    op.execute(row.delete().where(row.c.run_id.in_(surveys)))
    op.execute(run.delete().where(run.c.survey_round_id.is_not(None)))
    with op.batch_alter_table("import_run") as table:
        table.drop_constraint(op.f("ck_import_run_of_one_kind"), type_="check")
        table.drop_constraint(op.f("fk_import_run_survey_round_id"), type_="foreignkey")
        table.drop_column("survey_round_id")
        table.alter_column("round_id", existing_type=sa.Integer(), nullable=False)
