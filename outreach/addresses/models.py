"""Countings of address files: how far each has come and the sums it gave. Never an address."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from outreach.addresses.rules import CountState
from outreach.database import Base, UtcDateTime, text_enum


class AddressCount(Base):
    """One file of addresses; only the person who sent it sees it.

    The file lies under `spool_name` while it waits and is counted, and is then removed. `counted`
    holds sums by village as JSON. `claimed_at` is when a worker last said that it is at it.
    """

    __tablename__ = "address_count"
    __table_args__ = (
        Index("ix_address_count_state", "state"),
        Index("ix_address_count_user_id", "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("reporting_round.id"))
    association_id: Mapped[int] = mapped_column(ForeignKey("association.id"))
    locale: Mapped[str] = mapped_column(String(2))
    file_name: Mapped[str] = mapped_column(String(120))
    spool_name: Mapped[str] = mapped_column(String(36), unique=True)
    state: Mapped[CountState] = mapped_column(text_enum(CountState, name="state"))
    message: Mapped[str | None] = mapped_column(Text)
    bytes_all: Mapped[int] = mapped_column()
    bytes_done: Mapped[int] = mapped_column(default=0)
    counted: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    import_run_id: Mapped[int | None] = mapped_column(ForeignKey("import_run.id"))
