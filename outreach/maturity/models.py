"""Survey rounds, the links to them, and answers that nobody can be found by (docs/adr/0006)."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import Base, UtcDateTime, text_enum
from outreach.maturity.rules import SurveyState
from outreach.measures.classes import FineClass
from outreach.measures.maturity import AgeGroup, Level, Sex

RANDOM_KEY = BigInteger().with_variant(Integer, "sqlite")
"""On SQLite a plain INTEGER key is the row's place in the file, so random keys shuffle it."""


class SurveyRound(Base):
    """A measuring of digital maturity in one county on one date, with one questionnaire."""

    __tablename__ = "survey_round"
    __table_args__ = (
        UniqueConstraint("county_code", "reference_date"),
        CheckConstraint("small_village > 0", name="small_village"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_when"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_code: Mapped[str] = mapped_column(ForeignKey("county.code"))
    reference_date: Mapped[date] = mapped_column()
    questionnaire: Mapped[int] = mapped_column()
    small_village: Mapped[int] = mapped_column()
    state: Mapped[SurveyState] = mapped_column(text_enum(SurveyState, name="state"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_demonstration: Mapped[bool] = mapped_column(default=False)


class SurveyLink(Base):
    """A secret that opens an open round's questions to whoever has it; only its hash is kept.

    `hour` and `answers` count how many were sent in the present hour, to slow down stuffing.
    """

    __tablename__ = "survey_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("survey_round.id"), index=True)
    label: Mapped[str] = mapped_column(String(80))
    is_kiosk: Mapped[bool] = mapped_column()
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    hour: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answers: Mapped[int] = mapped_column(default=0)


class SurveyAnswer(Base):
    """One person's answer: no user, no address, no time, no link, and a random key.

    `activities` has a 1 or a 0 for each of the questionnaire's activities. Area levels are 0
    none, 1 basic, 2 above, and like the activities blank without use of the internet.
    """

    __tablename__ = "survey_answer"
    __table_args__ = (
        Index("ix_survey_answer_round_id", "round_id", "municipality_code"),
        CheckConstraint(
            "(level = 'not_assessed') = (activities IS NULL) AND"
            " (level = 'not_assessed') = (information IS NULL)",
            name="not_assessed_blank",
        ),
    )

    id: Mapped[int] = mapped_column(RANDOM_KEY, primary_key=True, autoincrement=False)
    round_id: Mapped[int] = mapped_column(ForeignKey("survey_round.id"))
    municipality_code: Mapped[str] = mapped_column(ForeignKey("municipality.code"))
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    fine_class: Mapped[FineClass | None] = mapped_column(text_enum(FineClass, name="fine_class"))
    age_group: Mapped[AgeGroup] = mapped_column(text_enum(AgeGroup, name="age_group"))
    sex: Mapped[Sex | None] = mapped_column(text_enum(Sex, name="sex"))
    level: Mapped[Level] = mapped_column(text_enum(Level, name="level"))
    activities: Mapped[str | None] = mapped_column(String(64))
    information: Mapped[int | None] = mapped_column()
    communication: Mapped[int | None] = mapped_column()
    content: Mapped[int | None] = mapped_column()
    safety: Mapped[int | None] = mapped_column()
    problem_solving: Mapped[int | None] = mapped_column()


class SurveyTally(Base):
    """Paper answers of one place and age, counted by hand: persons by level and by area."""

    __tablename__ = "survey_tally"

    id: Mapped[int] = mapped_column(RANDOM_KEY, primary_key=True, autoincrement=False)
    round_id: Mapped[int] = mapped_column(ForeignKey("survey_round.id"), index=True)
    municipality_code: Mapped[str] = mapped_column(ForeignKey("municipality.code"))
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    fine_class: Mapped[FineClass | None] = mapped_column(text_enum(FineClass, name="fine_class"))
    age_group: Mapped[AgeGroup] = mapped_column(text_enum(AgeGroup, name="age_group"))
    above_basic: Mapped[int] = mapped_column()
    basic: Mapped[int] = mapped_column()
    low: Mapped[int] = mapped_column()
    narrow: Mapped[int] = mapped_column()
    limited: Mapped[int] = mapped_column()
    no_skills: Mapped[int] = mapped_column()
    not_assessed: Mapped[int] = mapped_column()
    information: Mapped[int] = mapped_column()
    communication: Mapped[int] = mapped_column()
    content: Mapped[int] = mapped_column()
    safety: Mapped[int] = mapped_column()
    problem_solving: Mapped[int] = mapped_column()


class SurveyReceipt(Base):
    """That a form or a file's row was stored, so that it is stored once; it names no answer.

    `batch` is the import that it came with, until the round is closed.
    """

    __tablename__ = "survey_receipt"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("survey_round.id"), index=True)
    batch: Mapped[str | None] = mapped_column(String(40))


class SurveyBatchAnswer(Base):
    """Which answers came with one import, so that it can be taken back until its round is closed.

    It doesn't say which row of the file an answer was.
    """

    __tablename__ = "survey_batch_answer"

    answer_id: Mapped[int] = mapped_column(RANDOM_KEY, primary_key=True, autoincrement=False)
    batch: Mapped[str] = mapped_column(String(40), index=True)


class SurveyReference(Base):
    """A published figure to compare with: a country's share on one indicator in one year."""

    __tablename__ = "survey_reference"
    __table_args__ = (
        UniqueConstraint("country", "year", "indicator"),
        CheckConstraint("hundredths BETWEEN 0 AND 10000", name="hundredths"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    country: Mapped[str] = mapped_column(String(80))
    year: Mapped[int] = mapped_column()
    indicator: Mapped[str] = mapped_column(String(40))
    hundredths: Mapped[int] = mapped_column()
    updated_on: Mapped[date] = mapped_column()
