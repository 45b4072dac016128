"""Say of each report how it came in, and of an import when its file was removed."""

import sqlalchemy as sa
from alembic import op

revision = "0340"
down_revision = "0540"
branch_labels = None
depends_on = None

# As text, because SQLite takes a constraint only together with its column.
SOURCE = """
ALTER TABLE report_version ADD COLUMN source VARCHAR(40) DEFAULT 'form' NOT NULL
CONSTRAINT ck_report_version_source CHECK (source IN ('form', 'link', 'import'))
"""
BY_LINK = "UPDATE report_version SET source = 'link' WHERE submitted_via_link_id IS NOT NULL"
BY_IMPORT = """
UPDATE report_version SET source = 'import' WHERE id IN (SELECT version_id FROM import_version)
"""


def upgrade() -> None:
    op.execute(SOURCE)
    op.execute(BY_LINK)
    op.execute(BY_IMPORT)
    op.add_column("import_run", sa.Column("emptied_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("import_run", "emptied_at")
    op.drop_column("report_version", "source")
