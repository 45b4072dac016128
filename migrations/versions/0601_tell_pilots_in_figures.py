"""Give pilots a planned number of sessions, and what was found before and after."""

import sqlalchemy as sa
from alembic import op

revision = "0601"
down_revision = "0600"
branch_labels = None
depends_on = None

# As text, because SQLite takes a constraint only together with its column.
PLANNED = """
ALTER TABLE programme ADD COLUMN planned_sessions INTEGER
CONSTRAINT ck_programme_planned_sessions_positive CHECK (planned_sessions > 0)
"""


def upgrade() -> None:
    op.execute(PLANNED)
    op.add_column("programme", sa.Column("result_before", sa.Text(), nullable=True))
    op.add_column("programme", sa.Column("result_after", sa.Text(), nullable=True))


def downgrade() -> None:
    for column in ("result_after", "result_before", "planned_sessions"):
        op.drop_column("programme", column)
