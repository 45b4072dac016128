"""The version of everything published; kept pages and files are valid for exactly one version."""

from datetime import datetime

from sqlalchemy import CheckConstraint, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from outreach.database.base import Base
from outreach.database.times import UtcDateTime


class DataVersion(Base):
    """A single row, raised in the transaction that changes what is published."""

    __tablename__ = "data_version"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column()
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


def bump(session: Session, *, at: datetime) -> None:
    """Make everything kept about the published figures stale when this transaction commits."""
    session.execute(
        update(DataVersion)
        .where(DataVersion.id == 1)
        .values(number=DataVersion.number + 1, changed_at=at)
    )


def current(session: Session) -> int:
    """The number of the published version that a reader sees now."""
    return session.scalars(select(DataVersion.number).where(DataVersion.id == 1)).one()
