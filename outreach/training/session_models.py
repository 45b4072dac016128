"""Training sessions with what was counted in them, and who looks after their gaps."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from outreach.database import Base, UtcDateTime, text_enum
from outreach.measures.digcomp import DigCompArea
from outreach.places.models import Village
from outreach.training.models import Organisation, Programme, Venue
from outreach.training.rules import AgeGroup, SessionForm, SessionState, Sex, Who


class TrainingSession(Base):
    """One session. `client_key` is the logger's, `uid` names the session in calendars for ever.

    `learners` is what figures are summed from: the larger of the head count and a breakdown's
    sum. `content_hash` is of what came with the key and stays, `stored_hash` of what stands now.
    Times are those of the clock on the wall in Sweden.
    """

    __tablename__ = "training_session"
    __table_args__ = (
        UniqueConstraint("created_by_id", "client_key"),
        CheckConstraint("head_count >= 0", name="head_count_not_negative"),
        CheckConstraint("learners >= head_count", name="learners_at_least_head_count"),
        CheckConstraint("first_timers >= 0", name="first_timers_not_negative"),
        CheckConstraint("leaders >= 0", name="leaders_not_negative"),
        CheckConstraint("volunteers >= 0", name="volunteers_not_negative"),
        CheckConstraint("volunteer_minutes >= 0", name="volunteer_minutes_not_negative"),
        CheckConstraint("waiting_list >= 0", name="waiting_list_not_negative"),
        CheckConstraint("learners IS NULL OR state = 'held'", name="counted_when_held"),
        Index("ix_training_session_day", "day"),
        Index("ix_training_session_organisation_id_day", "organisation_id", "day"),
        Index("ix_training_session_programme_id", "programme_id"),
        Index("ix_training_session_village_id_day", "village_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("civil_society_organisation.id"))
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"))
    state: Mapped[SessionState] = mapped_column(text_enum(SessionState, name="state"))
    day: Mapped[date] = mapped_column()
    starts_at: Mapped[time | None] = mapped_column()
    ends_at: Mapped[time | None] = mapped_column()
    form: Mapped[SessionForm | None] = mapped_column(text_enum(SessionForm, name="form"))
    title: Mapped[str | None] = mapped_column(String(160))
    invitation: Mapped[str | None] = mapped_column(String(400))
    head_count: Mapped[int | None] = mapped_column()
    learners: Mapped[int | None] = mapped_column()
    first_timers: Mapped[int | None] = mapped_column()
    leaders: Mapped[int | None] = mapped_column()
    volunteers: Mapped[int | None] = mapped_column()
    volunteer_minutes: Mapped[int | None] = mapped_column()
    waiting_list: Mapped[int | None] = mapped_column()
    before_answered: Mapped[int | None] = mapped_column()
    after_answered: Mapped[int | None] = mapped_column()
    notes: Mapped[str | None] = mapped_column(Text)
    series_key: Mapped[str | None] = mapped_column(String(36))
    client_key: Mapped[str] = mapped_column(String(36))
    content_hash: Mapped[str] = mapped_column(String(64))
    stored_hash: Mapped[str] = mapped_column(String(64))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    organisation: Mapped[Organisation] = relationship()
    programme: Mapped[Programme | None] = relationship()
    village: Mapped[Village | None] = relationship()
    venue: Mapped[Venue | None] = relationship()
    topics: Mapped[list["SessionTopic"]] = relationship(cascade="all, delete-orphan")
    counted: Mapped[list["SessionCount"]] = relationship(cascade="all, delete-orphan")
    checks: Mapped[list["SessionCheck"]] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}


class SessionTopic(Base):
    """An area of digital competence that a session was about."""

    __tablename__ = "session_topic"

    session_id: Mapped[int] = mapped_column(ForeignKey("training_session.id"), primary_key=True)
    area: Mapped[DigCompArea] = mapped_column(text_enum(DigCompArea, name="area"), primary_key=True)


class SessionCount(Base):
    """People of an age group and sex in a session, as far as anybody counted them so."""

    __tablename__ = "session_count"
    __table_args__ = (
        CheckConstraint("people >= 0", name="people_not_negative"),
        CheckConstraint("age_group != 'all' OR sex != 'all'", name="of_a_group"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("training_session.id"), primary_key=True)
    who: Mapped[Who] = mapped_column(text_enum(Who, name="who"), primary_key=True)
    age_group: Mapped[AgeGroup] = mapped_column(
        text_enum(AgeGroup, name="age_group"), primary_key=True
    )
    sex: Mapped[Sex] = mapped_column(text_enum(Sex, name="sex"), primary_key=True)
    people: Mapped[int] = mapped_column()


class SessionCheck(Base):
    """How many said they manage an area, before and after; totals, never one person's answer."""

    __tablename__ = "session_check"
    __table_args__ = (
        CheckConstraint("before_managed >= 0", name="before_not_negative"),
        CheckConstraint("after_managed >= 0", name="after_not_negative"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("training_session.id"), primary_key=True)
    area: Mapped[DigCompArea] = mapped_column(text_enum(DigCompArea, name="area"), primary_key=True)
    before_managed: Mapped[int | None] = mapped_column()
    after_managed: Mapped[int | None] = mapped_column()


class SessionChase(Base):
    """Who looks after a session's gaps, and, at an end, that it was asked and won't be answered."""

    __tablename__ = "session_chase"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (note IS NULL)", name="ended_with_note"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("training_session.id"), primary_key=True)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    note: Mapped[str | None] = mapped_column(Text)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
