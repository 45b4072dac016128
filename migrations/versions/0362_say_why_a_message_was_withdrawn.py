"""Say of a message why it was withdrawn before it went out."""

import sqlalchemy as sa
from alembic import op

revision = "0362"
down_revision = "0570"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox_message", sa.Column("withdrawn_for", sa.String(40), nullable=True))


def downgrade() -> None:
    """Withdrawn messages stay as failed ones, without the reason."""
    op.drop_column("outbox_message", "withdrawn_for")
