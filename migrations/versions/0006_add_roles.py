"""Add the four roles."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

role = sa.table("role", sa.column("name", sa.String))
ROLES = ("administrator", "regional_staff", "association_reporter", "session_logger")


def upgrade() -> None:
    op.bulk_insert(role, [{"name": name} for name in ROLES])


def downgrade() -> None:
    op.execute(sa.delete(role).where(role.c.name.in_(ROLES)))
