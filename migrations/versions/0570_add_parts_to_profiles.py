"""Let profiles have texts about causes, digital maturity and training reach."""

import sqlalchemy as sa
from alembic import op

revision = "0570"
down_revision = "0335"
branch_labels = None
depends_on = None

BEFORE = ("position", "development", "comparison", "villages", "associations", "next")
ADDED = ("causes", "maturity", "reach")
profile_text = sa.table("profile_text", sa.column("part", sa.String))


def _check(parts: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{part}'" for part in parts)
    with op.batch_alter_table("profile_text") as batch:
        batch.drop_constraint(op.f("ck_profile_text_part"), type_="check")
        batch.create_check_constraint(op.f("ck_profile_text_part"), f"part IN ({listed})")


def upgrade() -> None:
    _check((*BEFORE, *ADDED))


def downgrade() -> None:
    """Texts of the parts that go, go with them."""
    op.execute(sa.delete(profile_text).where(profile_text.c.part.in_(ADDED)))
    _check(BEFORE)
