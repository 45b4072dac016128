"""Tell half-way sign-ins from whole ones, and keep what guards users' edits and one-time codes."""

import sqlalchemy as sa
from alembic import op

revision = "0201"
down_revision = "0006"
branch_labels = None
depends_on = None

user_session = sa.table("user_session")


def upgrade() -> None:
    # Sessions from before cannot be told apart: everyone signs in again.
    op.execute(sa.delete(user_session))
    for name in ("is_signed_in", "is_remembered"):
        op.add_column(
            "user_session",
            sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()),
        )
    op.add_column("user", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("user", sa.Column("totp_last_counter", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("user", "totp_last_counter")
    op.drop_column("user", "version")
    op.drop_column("user_session", "is_remembered")
    op.drop_column("user_session", "is_signed_in")
