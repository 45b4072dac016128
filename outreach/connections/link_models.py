"""Personal links: a contact's way to one report without a password, and the keys that open it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from outreach.connections.link_rules import LinkEnd
from outreach.database import Base, UtcDateTime, text_enum

STANDING = text("ended_at IS NULL")


class ReportLink(Base):
    """One contact may write one association's report in one round, until the link ends.

    At most one stands for a contact and round. `contact_name` is the name at the time, so that a
    report's history goes on saying who wrote it.
    """

    __tablename__ = "report_link"
    __table_args__ = (
        Index(
            "uq_report_link_standing",
            "round_id",
            "contact_id",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
        CheckConstraint("(ended_at IS NULL) = (end_cause IS NULL)", name="end_has_cause"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("reporting_round.id"))
    association_id: Mapped[int] = mapped_column(ForeignKey("association.id"), index=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("association_contact.id"), index=True)
    contact_name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end_cause: Mapped[LinkEnd | None] = mapped_column(text_enum(LinkEnd, name="end_cause"))
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LinkKey(Base):
    """A secret that opens a link; only its hash is kept.

    Each e-mail and each printed sheet carries a key of its own, so that a new one does not
    make the one sent before useless.
    """

    __tablename__ = "report_link_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("report_link.id"), index=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
