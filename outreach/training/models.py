"""Civil society organisations: who holds training sessions."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import Base, UtcDateTime, text_enum
from outreach.training.rules import OrganisationKind

__all__ = ["Organisation", "OrganisationKind"]


class Organisation(Base):
    """A study association, pensioners' association, library or the like, in one county."""

    __tablename__ = "civil_society_organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[OrganisationKind] = mapped_column(text_enum(OrganisationKind, name="kind"))
    county_code: Mapped[str] = mapped_column(ForeignKey("county.code"), index=True)
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
