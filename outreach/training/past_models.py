"""What the log said before: sessions as they stood until somebody changed them."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from outreach.database import Base, UtcDateTime, text_enum
from outreach.measures.digcomp import DigCompArea
from outreach.training.rules import AgeGroup, SessionForm, SessionState, Sex, Who


class PastSession(Base):
    """What figures are made of, as the log had it of a session from one moment until another.

    Of one session no two rows hold at the same time, and none of them while the session's own row
    does, which holds since `updated_at`. Written with each change; never changed afterwards.
    """

    __tablename__ = "past_session"
    __table_args__ = (
        Index("ix_past_session_session_id", "session_id"),
        Index("ix_past_session_village_id_day", "village_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("training_session.id"))
    known_from: Mapped[datetime] = mapped_column(UtcDateTime)
    known_to: Mapped[datetime] = mapped_column(UtcDateTime)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("civil_society_organisation.id"))
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    state: Mapped[SessionState] = mapped_column(text_enum(SessionState, name="state"))
    day: Mapped[date] = mapped_column()
    starts_at: Mapped[time | None] = mapped_column()
    ends_at: Mapped[time | None] = mapped_column()
    form: Mapped[SessionForm | None] = mapped_column(text_enum(SessionForm, name="form"))
    learners: Mapped[int | None] = mapped_column()

    topics: Mapped[list["PastTopic"]] = relationship()
    counted: Mapped[list["PastCount"]] = relationship()


class PastTopic(Base):
    """An area of digital competence that a session was about then."""

    __tablename__ = "past_topic"

    past_id: Mapped[int] = mapped_column(ForeignKey("past_session.id"), primary_key=True)
    area: Mapped[DigCompArea] = mapped_column(text_enum(DigCompArea, name="area"), primary_key=True)


class PastCount(Base):
    """People of an age group and sex in a session, as they were counted then."""

    __tablename__ = "past_count"

    past_id: Mapped[int] = mapped_column(ForeignKey("past_session.id"), primary_key=True)
    who: Mapped[Who] = mapped_column(text_enum(Who, name="who"), primary_key=True)
    age_group: Mapped[AgeGroup] = mapped_column(
        text_enum(AgeGroup, name="age_group"), primary_key=True
    )
    sex: Mapped[Sex] = mapped_column(text_enum(Sex, name="sex"), primary_key=True)
    people: Mapped[int] = mapped_column()
