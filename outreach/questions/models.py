"""Questions that people outside ask of published figures."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import Base, UtcDateTime, text_enum
from outreach.measures.rates import Measure
from outreach.questions.rules import QuestionState


class FigureQuestion(Base):
    """One question, from asked to closed.

    `follow_hash` is of the secret in the asker's link, which is made from `submission_key` and the
    installation's own key and stored nowhere; it also makes a form sent twice one question. The
    asker's e-mail address is there only while the question is open.
    """

    __tablename__ = "figure_question"
    __table_args__ = (
        CheckConstraint(
            "asker_email IS NULL OR state NOT IN ('upheld', 'dismissed', 'withdrawn')",
            name="address_only_while_open",
        ),
        Index("ix_figure_question_state", "state", "due_on"),
        Index("ix_figure_question_village_id", "village_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    measure: Mapped[Measure] = mapped_column(text_enum(Measure, name="measure"))
    reference_date: Mapped[date] = mapped_column()
    claim: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    asker_email: Mapped[str | None] = mapped_column(String(255))
    locale: Mapped[str] = mapped_column(String(5))
    submission_key: Mapped[str] = mapped_column(String(64))
    follow_hash: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[QuestionState] = mapped_column(text_enum(QuestionState, name="state"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date] = mapped_column()
    answer: Mapped[QuestionState | None] = mapped_column(text_enum(QuestionState, name="answer"))
    answer_text: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decision_text: Mapped[str | None] = mapped_column(Text)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
