"""The register of fibre associations: contacts, served villages and commitments."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from outreach.associations.rules import (
    AssociationStatus,
    CommitmentKind,
    CommitmentStatus,
    LegalForm,
    SuccessionKind,
)
from outreach.database import Base, UtcDateTime, text_enum
from outreach.places.models import Village

commitment_village = Table(
    "commitment_village",
    Base.metadata,
    Column("commitment_id", ForeignKey("commitment.id"), primary_key=True),
    Column("village_id", ForeignKey("village.id"), primary_key=True),
)


class Association(Base):
    """A member-owned village network. `version` guards against silent overwriting."""

    __tablename__ = "association"
    __table_args__ = (CheckConstraint("locale IN ('sv', 'en')", name="locale"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(160), index=True)
    organisation_number: Mapped[str | None] = mapped_column(String(10), unique=True)
    legal_form: Mapped[LegalForm] = mapped_column(text_enum(LegalForm, name="legal_form"))
    status: Mapped[AssociationStatus] = mapped_column(text_enum(AssociationStatus, name="status"))
    founded_year: Mapped[int | None] = mapped_column()
    county_code: Mapped[str] = mapped_column(ForeignKey("county.code"), index=True)
    network_operator: Mapped[str | None] = mapped_column(String(120))
    communication_operator: Mapped[str | None] = mapped_column(String(120))
    website: Mapped[str | None] = mapped_column(String(255))
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    locale: Mapped[str] = mapped_column(String(5), default="sv", server_default="sv")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    contacts: Mapped[list["AssociationContact"]] = relationship(back_populates="association")
    served: Mapped[list["ServedVillage"]] = relationship(back_populates="association")
    commitments: Mapped[list["Commitment"]] = relationship(back_populates="association")

    __mapper_args__ = {"version_id_col": version}


class AssociationContact(Base):
    """A person the region can call, from one date to another; two are wanted.

    `confirmed_at` is when somebody last said that the person is still the one to call.
    """

    __tablename__ = "association_contact"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="dates_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    association_id: Mapped[int] = mapped_column(ForeignKey("association.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    duty: Mapped[str | None] = mapped_column(String(80))
    email: Mapped[str | None] = mapped_column(String(255))
    phone: Mapped[str | None] = mapped_column(String(40))
    valid_from: Mapped[date] = mapped_column()
    valid_to: Mapped[date | None] = mapped_column()
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    association: Mapped[Association] = relationship(back_populates="contacts")

    __mapper_args__ = {"version_id_col": version}


class ServedVillage(Base):
    """An association serves a village from `valid_from` up to, not including, `valid_to`."""

    __tablename__ = "served_village"
    __table_args__ = (
        UniqueConstraint("association_id", "village_id", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="dates_in_order"),
        Index("ix_served_village_village_id", "village_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    association_id: Mapped[int] = mapped_column(ForeignKey("association.id"))
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    valid_from: Mapped[date] = mapped_column()
    valid_to: Mapped[date | None] = mapped_column()
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    association: Mapped[Association] = relationship(back_populates="served")
    village: Mapped[Village] = relationship()

    __mapper_args__ = {"version_id_col": version}


class Succession(Base):
    """One association's villages pass on to others from a day: a merger, a division or a move.

    A merger closes the association: `status_before` is what an undo gives back, and empty until
    the day has come. An undone one keeps its row and loses its villages.
    """

    __tablename__ = "succession"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[SuccessionKind] = mapped_column(text_enum(SuccessionKind, name="kind"))
    association_id: Mapped[int] = mapped_column(ForeignKey("association.id"), index=True)
    into_id: Mapped[int | None] = mapped_column(ForeignKey("association.id"), index=True)
    takes_effect: Mapped[date] = mapped_column()
    reason: Mapped[str] = mapped_column(Text)
    status_before: Mapped[AssociationStatus | None] = mapped_column(
        text_enum(AssociationStatus, name="status_before")
    )
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    villages: Mapped[list["HandedVillage"]] = relationship(
        back_populates="succession", cascade="all, delete-orphan"
    )


class HandedVillage(Base):
    """One village's service that another association's goes on from.

    The successor's reports answer for both from the reference date `counts_from` on: one that it
    made before it took over doesn't. `is_new` says that its service began with this, so that its
    own reports from before don't belong to it. `end_before` is the end that an undo gives back.
    """

    __tablename__ = "handed_village"

    id: Mapped[int] = mapped_column(primary_key=True)
    succession_id: Mapped[int] = mapped_column(ForeignKey("succession.id"), index=True)
    from_served_id: Mapped[int] = mapped_column(ForeignKey("served_village.id"), unique=True)
    to_served_id: Mapped[int] = mapped_column(ForeignKey("served_village.id"), index=True)
    end_before: Mapped[date | None] = mapped_column()
    counts_from: Mapped[date] = mapped_column()
    is_new: Mapped[bool] = mapped_column()

    succession: Mapped[Succession] = relationship(back_populates="villages")
    from_served: Mapped[ServedVillage] = relationship(foreign_keys=[from_served_id])
    to_served: Mapped[ServedVillage] = relationship(foreign_keys=[to_served_id])


class Commitment(Base):
    """What an association has taken on or wants to take on, by when, and how it goes."""

    __tablename__ = "commitment"
    __table_args__ = (CheckConstraint("target IS NULL OR target > 0", name="target_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    association_id: Mapped[int] = mapped_column(ForeignKey("association.id"), index=True)
    kind: Mapped[CommitmentKind] = mapped_column(text_enum(CommitmentKind, name="kind"))
    title: Mapped[str] = mapped_column(String(160))
    description: Mapped[str | None] = mapped_column(Text)
    target: Mapped[int | None] = mapped_column()
    due_date: Mapped[date | None] = mapped_column()
    status: Mapped[CommitmentStatus] = mapped_column(text_enum(CommitmentStatus, name="status"))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    association: Mapped[Association] = relationship(back_populates="commitments")
    villages: Mapped[list[Village]] = relationship(secondary=commitment_village)

    __mapper_args__ = {"version_id_col": version}
