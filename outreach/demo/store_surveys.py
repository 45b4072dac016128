"""Stores the demonstration's survey rounds: two that are closed, and one that is open."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from outreach.demo.surveys import survey_answers
from outreach.maturity.commands.answers import answer_row
from outreach.maturity.models import SurveyAnswer, SurveyRound
from outreach.maturity.queries.places import places_of, village_places
from outreach.maturity.questionnaires import NEWEST, QUESTIONNAIRES
from outreach.maturity.rules import SMALL_VILLAGE, SurveyState, kept_place

MONTH, DAY = 3, 15
LASTS = timedelta(days=42)
EUROSTAT_YEARS = (2021, 2023)
"""Whose levels the earlier and the later round have."""


def store_surveys(session: Session, *, county_code: str, today: date, seed: str) -> int:
    """Two yearly rounds with answers and an open one without; how many answers."""
    latest = today.year if today >= date(today.year, MONTH, DAY) + LASTS else today.year - 1
    stored = 0
    for year, published in zip((latest - 1, latest), EUROSTAT_YEARS, strict=True):
        day = date(year, MONTH, DAY)
        made = _round(county_code, day, SurveyState.CLOSED)
        session.add(made)
        session.flush()
        stored += _answers(session, made, published=published, seed=seed)
    session.add(_round(county_code, today, SurveyState.OPEN))
    session.flush()
    return stored


def _round(county_code: str, day: date, state: SurveyState) -> SurveyRound:
    opened = datetime.combine(day, time(7), UTC)
    return SurveyRound(
        county_code=county_code,
        reference_date=day,
        questionnaire=NEWEST,
        small_village=SMALL_VILLAGE,
        state=state,
        opened_at=opened,
        closed_at=opened + LASTS if state is SurveyState.CLOSED else None,
        is_demonstration=True,
    )


def _answers(session: Session, of: SurveyRound, *, published: int, seed: str) -> int:
    villages = village_places(places_of(session, of.county_code, on=of.reference_date))
    questionnaire = QUESTIONNAIRES[of.questionnaire]
    entries = survey_answers(villages, questionnaire, year=published, seed=seed)
    by_village = {one.person.village_id: one.person for one in entries}
    kept = {
        village_id: kept_place(person, villages, small_village=of.small_village)
        for village_id, person in by_village.items()
    }
    rows = [
        answer_row(of.id, one, place=kept[one.person.village_id], questionnaire=questionnaire)
        for one in entries
    ]
    session.execute(insert(SurveyAnswer), rows)
    return len(rows)
