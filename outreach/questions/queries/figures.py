"""What the public sees of questions: which figures can be questioned, and which are.

Nothing here reads a count: a figure that is withheld and one that was never reported can be
questioned alike, so that a question tells nothing of either.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.connections.models import VillageStatus
from outreach.measures.classes import DwellingType
from outreach.measures.rates import Measure
from outreach.places.models import Village
from outreach.questions.models import FigureQuestion
from outreach.questions.rules import OPEN_STATES, QuestionState


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that is not decided: of what, and how far it has come. Never its words."""

    measure: Measure
    reference_date: date
    state: QuestionState
    asked_at: datetime
    due_on: date


def dates_of(session: Session, village_id: int) -> list[date]:
    """The reference dates on which the village has published figures, the newest first."""
    return list(
        session.scalars(
            select(VillageStatus.reference_date)
            .where(
                VillageStatus.village_id == village_id,
                VillageStatus.dwelling_type == DwellingType.permanent,
            )
            .order_by(VillageStatus.reference_date.desc())
        )
    )


def open_at_village(session: Session, village_id: int) -> list[OpenQuestion]:
    """The village's open questions, the newest figure first."""
    rows = session.execute(
        select(
            FigureQuestion.measure,
            FigureQuestion.reference_date,
            FigureQuestion.state,
            FigureQuestion.asked_at,
            FigureQuestion.due_on,
        )
        .where(FigureQuestion.village_id == village_id, FigureQuestion.state.in_(OPEN_STATES))
        .order_by(FigureQuestion.reference_date.desc(), FigureQuestion.id)
    )
    return [OpenQuestion(*row) for row in rows]


def questioned_on(session: Session, day: date) -> frozenset[str]:
    """The codes of the villages with an open question about a figure of that date."""
    return frozenset(
        session.scalars(
            select(Village.code)
            .join(FigureQuestion, FigureQuestion.village_id == Village.id)
            .where(FigureQuestion.reference_date == day, FigureQuestion.state.in_(OPEN_STATES))
        )
    )
