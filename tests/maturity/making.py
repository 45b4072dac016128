"""Rounds and answers for tests; each function states only what matters."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import insert
from sqlalchemy.orm import Session

from outreach.maturity.commands.answers import answer_row
from outreach.maturity.commands.rounds import close_round
from outreach.maturity.models import SurveyAnswer, SurveyRound
from outreach.maturity.queries.rounds import RoundRow, round_by_id
from outreach.maturity.questionnaires import NEWEST, QUESTIONNAIRES
from outreach.maturity.rules import AnswerEntry, Person, StoredPlace, SurveyState
from outreach.measures.maturity import AgeGroup, Level
from outreach.places.models import Village
from tests import factories

DAY = date(2026, 3, 15)
QUESTIONNAIRE = QUESTIONNAIRES[1]
DONE: dict[Level, frozenset[str] | None] = {
    Level.above_basic: QUESTIONNAIRE.codes,
    Level.basic: frozenset({"i1", "k1", "c1", "s1", "p1"}),
    Level.low: frozenset({"i1", "k1", "c1", "p1"}),
    Level.narrow: frozenset({"i1", "k1", "p1"}),
    Level.limited: frozenset({"k1", "p1"}),
    Level.no_skills: frozenset({"k1"}),
    Level.not_assessed: None,
}
"""What somebody of each level has done."""


def survey_round(session: Session, day: date = DAY, *, county: str = "10") -> RoundRow:
    """An open round."""
    factories.county(session, county)
    made = SurveyRound(
        county_code=county,
        reference_date=day,
        questionnaire=NEWEST,
        small_village=100,
        state=SurveyState.OPEN,
        opened_at=factories.NOW,
    )
    session.add(made)
    session.flush()
    return round_by_id(session, made.id)


def answers(
    session: Session,
    of: RoundRow,
    village: Village,
    levels: Sequence[Level],
    *,
    age: AgeGroup = AgeGroup.from_25,
    fine_class: str = "outside",
) -> None:
    """Answers of these levels from a village."""
    place = StoredPlace(village.municipality_code, village.id, fine_class)
    person = Person(village.id, village.municipality_code, age)
    rows = [
        answer_row(
            of.id, AnswerEntry(person, DONE[level]), place=place, questionnaire=QUESTIONNAIRE
        )
        for level in levels
    ]
    if rows:
        session.execute(insert(SurveyAnswer), rows)


def mixed(basic: int, low: int, not_assessed: int = 0) -> list[Level]:
    """So many persons at basic, low and not assessed."""
    return [Level.basic] * basic + [Level.low] * low + [Level.not_assessed] * not_assessed


def closed(session: Session, of: RoundRow) -> None:
    """The round closed and published."""
    close_round(session, of.id, user_id=None, at=factories.NOW)
