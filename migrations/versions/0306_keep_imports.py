"""Keep imports of reports with their rows, and the moment that a version was taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0306"
down_revision = "0307"
branch_labels = None
depends_on = None

RUN_STATES = (
    "waiting", "examining", "unreadable", "needs_columns", "examined",
    "queued", "importing", "imported", "undone", "cancelled",
)  # fmt: skip
OUTCOMES = ("new", "changed", "unchanged", "empty", "refused")
DWELLING_TYPES = ("permanent", "holiday", "workplace")
COLUMNS = (
    "association", "village_code", "village", "municipality", "dwelling_type", "dwellings",
    "homes_passed", "connected", "active", "unchanged", "reason",
)  # fmt: skip


def upgrade() -> None:
    op.add_column(
        "report_version", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True)
    )
    _create_runs()
    _create_rows()
    _create_versions()
    _create_memory()


def _create_runs() -> None:
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=True),
        sa.Column("locale", sa.String(2), nullable=False),
        sa.Column("file_name", sa.String(120), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("state", _choice("state", RUN_STATES), nullable=False),
        sa.Column("layout", sa.Text(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("rows_all", sa.Integer(), nullable=True),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        *_references(
            "import_run",
            user_id="user.id",
            round_id="reporting_round.id",
            association_id="association.id",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_index("ix_import_run_state", "import_run", ["state"])
    op.create_index("ix_import_run_user_id", "import_run", ["user_id"])


def _create_rows() -> None:
    op.create_table(
        "import_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outcome", _choice("outcome", OUTCOMES), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=True),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("dwelling_type", _choice("dwelling_type", DWELLING_TYPES), nullable=True),
        sa.Column("base_number", sa.Integer(), nullable=True),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.Column("faults", sa.Text(), nullable=False),
        *_references(
            "import_row",
            run_id="import_run.id",
            association_id="association.id",
            village_id="village.id",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
        sa.UniqueConstraint("run_id", "number", name=op.f("uq_import_row_run_id_number")),
    )
    op.create_index("ix_import_row_run_id_outcome", "import_row", ["run_id", "outcome"])


def _create_versions() -> None:
    op.create_table(
        "import_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("replaced_id", sa.Integer(), nullable=True),
        *_references(
            "import_version",
            run_id="import_run.id",
            version_id="report_version.id",
            replaced_id="report_version.id",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_version")),
        sa.UniqueConstraint(
            "run_id", "version_id", name=op.f("uq_import_version_run_id_version_id")
        ),
    )
    op.create_index(op.f("ix_import_version_version_id"), "import_version", ["version_id"])


def _create_memory() -> None:
    op.create_table(
        "column_memory",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("header", sa.String(120), nullable=False),
        sa.Column("holds", _choice("holds", COLUMNS), nullable=True),
        *_references("column_memory", user_id="user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_memory")),
        sa.UniqueConstraint("user_id", "header", name=op.f("uq_column_memory_user_id_header")),
    )


def _choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _references(table: str, **columns: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    return tuple(
        sa.ForeignKeyConstraint([column], [other], name=op.f(f"fk_{table}_{column}"))
        for column, other in columns.items()
    )


def downgrade() -> None:
    for table in ("column_memory", "import_version", "import_row", "import_run"):
        op.drop_table(table)
    op.drop_column("report_version", "withdrawn_at")
