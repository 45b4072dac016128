"""Civil society organisations with their contacts, programmes and venues."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from outreach.database import Base, UtcDateTime, text_enum
from outreach.measures.digcomp import DigCompArea
from outreach.places.models import Municipality, Village
from outreach.training.register_rules import PilotOutcome, ProgrammeKind
from outreach.training.rules import OrganisationKind

__all__ = ["Organisation", "OrganisationContact", "OrganisationKind", "Programme", "Venue"]

organisation_municipality = Table(
    "organisation_municipality",
    Base.metadata,
    Column("organisation_id", ForeignKey("civil_society_organisation.id"), primary_key=True),
    Column("municipality_code", ForeignKey("municipality.code"), primary_key=True),
)


class Organisation(Base):
    """A study association, pensioners' association, library or the like, in one county."""

    __tablename__ = "civil_society_organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[OrganisationKind] = mapped_column(text_enum(OrganisationKind, name="kind"))
    county_code: Mapped[str] = mapped_column(ForeignKey("county.code"), index=True)
    website: Mapped[str | None] = mapped_column(String(255))
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    municipalities: Mapped[list[Municipality]] = relationship(secondary=organisation_municipality)

    __mapper_args__ = {"version_id_col": version}


class OrganisationContact(Base):
    """Somebody at an organisation whom the region can reach; removed when they leave."""

    __tablename__ = "organisation_contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("civil_society_organisation.id"), index=True
    )
    name: Mapped[str] = mapped_column(String(120))
    duty: Mapped[str | None] = mapped_column(String(80))
    email: Mapped[str | None] = mapped_column(String(255))
    phone: Mapped[str | None] = mapped_column(String(40))
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    __mapper_args__ = {"version_id_col": version}


class Programme(Base):
    """A series of sessions with a purpose. The fields from `question` on belong to pilots."""

    __tablename__ = "programme"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="days_in_order"),
        CheckConstraint("planned_sessions > 0", name="planned_sessions_positive"),
        CheckConstraint("outcome IS NULL OR reasons IS NOT NULL", name="outcome_has_reasons"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[ProgrammeKind] = mapped_column(text_enum(ProgrammeKind, name="kind"))
    county_code: Mapped[str] = mapped_column(ForeignKey("county.code"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("civil_society_organisation.id"))
    aim: Mapped[str | None] = mapped_column(Text)
    starts_on: Mapped[date | None] = mapped_column()
    ends_on: Mapped[date | None] = mapped_column()
    partners: Mapped[str | None] = mapped_column(Text)
    target_groups: Mapped[str | None] = mapped_column(Text)
    question: Mapped[str | None] = mapped_column(Text)
    plan: Mapped[str | None] = mapped_column(Text)
    planned_sessions: Mapped[int | None] = mapped_column()
    measured_before: Mapped[str | None] = mapped_column(Text)
    measured_after: Mapped[str | None] = mapped_column(Text)
    result_before: Mapped[str | None] = mapped_column(Text)
    result_after: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[PilotOutcome | None] = mapped_column(text_enum(PilotOutcome, name="outcome"))
    reasons: Mapped[str | None] = mapped_column(Text)
    decided_on: Mapped[date | None] = mapped_column()
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    areas: Mapped[list["ProgrammeArea"]] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}


class ProgrammeArea(Base):
    """An area of digital competence that a programme is about."""

    __tablename__ = "programme_area"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    area: Mapped[DigCompArea] = mapped_column(text_enum(DigCompArea, name="area"), primary_key=True)


class Venue(Base):
    """A room in a village; None of what it offers is "not known"."""

    __tablename__ = "venue"
    __table_args__ = (CheckConstraint("loan_computers >= 0", name="loan_computers_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    address: Mapped[str | None] = mapped_column(String(200))
    is_accessible: Mapped[bool | None] = mapped_column()
    has_network: Mapped[bool | None] = mapped_column()
    loan_computers: Mapped[int | None] = mapped_column()
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    village: Mapped[Village] = relationship()

    __mapper_args__ = {"version_id_col": version}
