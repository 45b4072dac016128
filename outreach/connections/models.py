"""Reporting rounds, reports with their versions and counts, drafts, and what is published."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from outreach.associations.models import Association
from outreach.connections.rules import (
    DwellingsSource,
    ReportSource,
    ReportState,
    RoundState,
    VillageState,
)
from outreach.database import Base, UtcDateTime, text_enum
from outreach.measures.classes import DwellingType, SettlementClass
from outreach.places.models import Village


def count_order() -> tuple[CheckConstraint, ...]:
    """0 ≤ active ≤ connected ≤ homes passed ≤ dwellings; an unknown breaks no rule."""
    return (
        CheckConstraint("dwellings >= 0", name="dwellings_not_negative"),
        CheckConstraint("homes_passed >= 0", name="homes_passed_not_negative"),
        CheckConstraint("connected >= 0", name="connected_not_negative"),
        CheckConstraint("active >= 0", name="active_not_negative"),
        CheckConstraint("homes_passed <= dwellings", name="passed_within_dwellings"),
        CheckConstraint("connected <= homes_passed", name="connected_within_passed"),
        CheckConstraint("connected <= dwellings", name="connected_within_dwellings"),
        CheckConstraint("active <= connected", name="active_within_connected"),
    )


class ReportingRound(Base):
    """A reference date that associations report for, and the day their reports are due."""

    __tablename__ = "reporting_round"
    __table_args__ = (
        CheckConstraint("due_date >= reference_date", name="due_after_reference"),
        CheckConstraint(
            "(state IN ('closed', 'frozen')) = (closed_at IS NOT NULL)", name="closed_has_time"
        ),
        CheckConstraint("(state = 'frozen') = (frozen_at IS NOT NULL)", name="frozen_has_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference_date: Mapped[date] = mapped_column(unique=True)
    due_date: Mapped[date] = mapped_column()
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state: Mapped[RoundState] = mapped_column(
        text_enum(RoundState, name="state"), server_default=RoundState.OPEN.value
    )
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    frozen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ExpectedPair(Base):
    """An association is expected to report a village in a round.

    Made from the villages served when the round opens. A pair that staff add says why; one that
    they remove is deleted, and the audit keeps the reason.
    """

    __tablename__ = "expected_pair"
    __table_args__ = (UniqueConstraint("round_id", "association_id", "village_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("reporting_round.id"))
    association_id: Mapped[int] = mapped_column(ForeignKey("association.id"), index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"), index=True)
    reason: Mapped[str | None] = mapped_column(Text)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LockException(Base):
    """An association may report in a closed round, until a time, for a reason.

    It holds until `until`, or until staff end it before.
    """

    __tablename__ = "lock_exception"
    __table_args__ = (
        CheckConstraint("until > granted_at", name="until_after_granted"),
        Index("ix_lock_exception_round_id_association_id", "round_id", "association_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("reporting_round.id"))
    association_id: Mapped[int] = mapped_column(ForeignKey("association.id"))
    reason: Mapped[str] = mapped_column(Text)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RoundRefusal(Base):
    """The association was asked and will not answer in this round; at most one stands at a time."""

    __tablename__ = "round_refusal"
    __table_args__ = (
        Index(
            "uq_round_refusal_standing",
            "round_id",
            "association_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("reporting_round.id"))
    association_id: Mapped[int] = mapped_column(ForeignKey("association.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ConnectionReport(Base):
    """What one association reports for one round; its content lives in the versions."""

    __tablename__ = "connection_report"
    __table_args__ = (UniqueConstraint("association_id", "round_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    association_id: Mapped[int] = mapped_column(ForeignKey("association.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("reporting_round.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    association: Mapped[Association] = relationship()
    round: Mapped[ReportingRound] = relationship()
    versions: Mapped[list["ReportVersion"]] = relationship(
        back_populates="report", order_by="ReportVersion.number"
    )


class ReportVersion(Base):
    """One submitted snapshot of all the association's villages; never overwritten.

    `number` counts from 1 within the report, so two submissions from the same base cannot both
    be stored. `receipt` is what the reporter is given. `submission_key` with `content_hash` makes
    the same submission sent twice the same version. What was withdrawn before anybody decided about
    it is superseded, keeps its number, and is nobody's newest version.
    """

    __tablename__ = "report_version"
    __table_args__ = (
        UniqueConstraint("report_id", "number"),
        UniqueConstraint("submitted_by_id", "submission_key"),
        Index("uq_report_version_link_key", "submitted_via_link_id", "submission_key", unique=True),
        Index("ix_report_version_state", "state"),
        CheckConstraint("number > 0", name="number_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("connection_report.id"))
    number: Mapped[int] = mapped_column()
    receipt: Mapped[str] = mapped_column(String(20), unique=True)
    state: Mapped[ReportState] = mapped_column(text_enum(ReportState, name="state"))
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    submitted_via_link_id: Mapped[int | None] = mapped_column(ForeignKey("report_link.id"))
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    source: Mapped[ReportSource] = mapped_column(
        text_enum(ReportSource, name="source"), server_default=ReportSource.FORM.value
    )
    submission_key: Mapped[str] = mapped_column(String(64))
    content_hash: Mapped[str] = mapped_column(String(64))
    comment: Mapped[str | None] = mapped_column(Text)
    warnings: Mapped[int] = mapped_column(default=0)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_note: Mapped[str | None] = mapped_column(Text)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    report: Mapped[ConnectionReport] = relationship(back_populates="versions")
    counts: Mapped[list["ConnectionCount"]] = relationship(back_populates="version")


class ConnectionCount(Base):
    """The counts of one village and dwelling type in one version. Blank is NULL and is not 0."""

    __tablename__ = "connection_count"
    __table_args__ = (
        UniqueConstraint("version_id", "village_id", "dwelling_type"),
        *count_order(),
        Index("ix_connection_count_village_id", "village_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("report_version.id"))
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    dwelling_type: Mapped[DwellingType] = mapped_column(
        text_enum(DwellingType, name="dwelling_type")
    )
    dwellings: Mapped[int | None] = mapped_column()
    dwellings_source: Mapped[DwellingsSource] = mapped_column(
        text_enum(DwellingsSource, name="dwellings_source")
    )
    homes_passed: Mapped[int | None] = mapped_column()
    connected: Mapped[int | None] = mapped_column()
    active: Mapped[int | None] = mapped_column()
    is_unchanged: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None] = mapped_column(Text)

    version: Mapped[ReportVersion] = relationship(back_populates="counts")
    village: Mapped[Village] = relationship()


class ReportDraft(Base):
    """What a reporter has typed and not yet submitted, exactly as typed; one a person and round.

    The person is a user, or a contact who came by a personal link.
    """

    __tablename__ = "report_draft"
    __table_args__ = (
        UniqueConstraint("user_id", "association_id", "round_id"),
        CheckConstraint("(user_id IS NULL) <> (link_id IS NULL)", name="one_writer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    link_id: Mapped[int | None] = mapped_column(ForeignKey("report_link.id"), unique=True)
    association_id: Mapped[int] = mapped_column(ForeignKey("association.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("reporting_round.id"))
    base_number: Mapped[int] = mapped_column()
    typed: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StatusColumns:
    """What is published about a village on a reference date, now or at an earlier time."""

    county_code: Mapped[str] = mapped_column(String(2))
    municipality_code: Mapped[str] = mapped_column(String(4))
    settlement_class: Mapped[SettlementClass | None] = mapped_column(
        text_enum(SettlementClass, name="settlement_class")
    )
    inhabitants: Mapped[int | None] = mapped_column()
    register_dwellings: Mapped[int | None] = mapped_column()
    state: Mapped[VillageState] = mapped_column(text_enum(VillageState, name="state"))
    associations: Mapped[int] = mapped_column()
    reported_on: Mapped[date | None] = mapped_column()
    dwellings: Mapped[int | None] = mapped_column()
    homes_passed: Mapped[int | None] = mapped_column()
    connected: Mapped[int | None] = mapped_column()
    active: Mapped[int | None] = mapped_column()


class VillageStatus(StatusColumns, Base):
    """Everything published about one village on one reference date: derived, rebuilt on approval.

    One row for every village, reference date and dwelling type, also where nothing is reported,
    so that coverage by reports is a plain sum. Counts are summed over the village's associations;
    `reported_on` is the oldest reference date among the figures used. Place, class, inhabitants
    and register figures are those of the date itself. `known_from` is when the row came to say
    what it says; what it said before is a `PastStatus`.
    """

    __tablename__ = "village_status"
    __table_args__ = (
        *count_order(),
        Index("ix_village_status_date_county", "reference_date", "dwelling_type", "county_code"),
        Index("ix_village_status_village_id", "village_id"),
    )

    reference_date: Mapped[date] = mapped_column(primary_key=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"), primary_key=True)
    dwelling_type: Mapped[DwellingType] = mapped_column(
        text_enum(DwellingType, name="dwelling_type"), primary_key=True
    )
    known_from: Mapped[datetime] = mapped_column(UtcDateTime)
