"""What a village's page says of questions about its figures."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from outreach.days import today
from outreach.places import panels
from outreach.places.rules import VillagePlace
from outreach.questions.queries.figures import OpenQuestion, dates_of, open_at_village
from outreach.questions.rules import days_left
from outreach.questions.views.blueprint import blueprint


@dataclass(frozen=True, slots=True)
class VillageQuestions:
    """The open questions with the days left for an answer, and where to ask another."""

    code: str
    questions: list[tuple[OpenQuestion, int]]


def _of_village(session: Session, village: VillagePlace) -> VillageQuestions | None:
    """On every village that stands in the published figures, whatever may be shown of it."""
    if not dates_of(session, village.id):
        return None
    day = today()
    found = open_at_village(session, village.id)
    return VillageQuestions(
        village.code, [(one, days_left(one.due_on, today=day)) for one in found]
    )


panels.on_village(blueprint, order=20, load=_of_village, template="questions/village_panel.html")
