"""Sum what is published already, so that pages show it from the first request on."""

from alembic import op

revision = "0351"
down_revision = "0350"
branch_labels = None
depends_on = None

MEASURES = {
    "coverage": ("homes_passed", "dwellings"),
    "connection_rate": ("connected", "dwellings"),
    "take_up": ("connected", "homes_passed"),
    "activation": ("active", "connected"),
}
COVERED = "state IN ('reported', 'carried_forward')"
COLUMNS = {
    "villages": "count(*)",
    "covered": f"count(*) FILTER (WHERE {COVERED})",
    "expected": "count(*) FILTER (WHERE state <> 'not_expected')",
    "reported": "count(*) FILTER (WHERE state = 'reported')",
    "register_dwellings": "sum(register_dwellings)",
    "covered_dwellings": f"sum(register_dwellings) FILTER (WHERE {COVERED})",
    "oldest": "min(reported_on)",
}
FINE_CLASS = """
    CASE
        WHEN settlement_class IS NULL THEN 'unclassed'
        WHEN settlement_class <> 'tatort' THEN settlement_class
        WHEN inhabitants IS NULL THEN 'tatort_unsized'
        WHEN inhabitants >= 3000 THEN 'tatort_large'
        ELSE 'tatort_small'
    END
"""
KEYS = "reference_date, municipality_code, fine_class, dwelling_type, county_code"


def _columns() -> dict[str, str]:
    columns = dict(COLUMNS)
    for measure, (above, below) in MEASURES.items():
        known = f"FILTER (WHERE {above} IS NOT NULL AND {below} IS NOT NULL)"
        columns[f"{measure}_above"] = f"sum({above}) {known}"
        columns[f"{measure}_below"] = f"sum({below}) {known}"
        columns[f"{measure}_counted"] = f"count(*) {known}"
    return columns


def upgrade() -> None:
    columns = _columns()
    op.execute(
        f"INSERT INTO status_sum ({KEYS}, {', '.join(columns)}) "
        f"SELECT {KEYS}, {', '.join(columns.values())} "
        f"FROM (SELECT s.*, {FINE_CLASS} AS fine_class FROM village_status s) s GROUP BY {KEYS}"
    )


def downgrade() -> None:
    op.execute("DELETE FROM status_sum")
