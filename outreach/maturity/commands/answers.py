"""Store answers: what they keep of a place is decided first, and nothing says when they came."""

import random
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from outreach.maturity.commands.rounds import lock_open
from outreach.maturity.models import SurveyAnswer, SurveyReceipt, SurveyTally
from outreach.maturity.queries.places import places_of, village_places
from outreach.maturity.queries.receipts import receipt_hash
from outreach.maturity.queries.rounds import RoundRow
from outreach.maturity.questionnaires import QUESTIONNAIRES, Questionnaire
from outreach.maturity.rules import (
    AnswerEntry,
    StoredPlace,
    TallyEntry,
    kept_place,
    level_of,
    random_id,
    stored_level,
)
from outreach.measures.digcomp import DigCompArea

Values: TypeAlias = Mapping[str, str | int | None]


def store_answers(
    session: Session, of: RoundRow, entries: Sequence[AnswerEntry], *, receipt: str
) -> bool:
    """Store answers to an open round, once for each receipt; False where they are there already.

    Raises RoundClosed, and RuleBroken for a place outside the round's county.
    """
    villages = village_places(places_of(session, of.county_code, on=of.reference_date))
    questionnaire = QUESTIONNAIRES[of.questionnaire]
    rows = []
    for entry in entries:
        place = kept_place(entry.person, villages, small_village=of.small_village)
        rows.append(answer_row(of.id, entry, place=place, questionnaire=questionnaire))
    lock_open(session, of.id)
    if not _is_first(session, of.id, receipt):
        return False
    random.SystemRandom().shuffle(rows)
    if rows:
        session.execute(insert(SurveyAnswer), rows)
    return True


def store_tally(session: Session, of: RoundRow, entry: TallyEntry, *, receipt: str) -> bool:
    """Store counted paper answers in the same way."""
    villages = village_places(places_of(session, of.county_code, on=of.reference_date))
    place = kept_place(entry.person, villages, small_village=of.small_village)
    lock_open(session, of.id)
    if not _is_first(session, of.id, receipt):
        return False
    values = {
        "id": random_id(),
        "round_id": of.id,
        **_place_values(place),
        "age_group": entry.person.age_group,
        **{level.value: persons for level, persons in entry.tally.levels.items()},
        **{area.value: persons for area, persons in entry.tally.areas.items()},
    }
    session.execute(insert(SurveyTally), [values])
    return True


def answer_row(
    round_id: int, entry: AnswerEntry, *, place: StoredPlace, questionnaire: Questionnaire
) -> Values:
    """The values of an answer's row."""
    areas = {activity.code: activity.area for activity in questionnaire.activities}
    levels = entry.levels(areas)
    numbers: dict[str, int | None] = dict.fromkeys((area.value for area in DigCompArea), None)
    if levels is not None:
        numbers = {area.value: stored_level(level) for area, level in levels.items()}
    return {
        "id": random_id(),
        "round_id": round_id,
        **_place_values(place),
        "age_group": entry.person.age_group,
        "sex": entry.person.sex,
        "level": level_of(levels),
        "activities": None if entry.done is None else questionnaire.as_text(entry.done),
        **numbers,
    }


def _place_values(place: StoredPlace) -> Values:
    return {
        "municipality_code": place.municipality_code,
        "village_id": place.village_id,
        "fine_class": place.fine_class,
    }


def _is_first(session: Session, round_id: int, receipt: str) -> bool:
    """Note the receipt, whose hash is all that is kept; False where it is known."""
    key_hash = receipt_hash(round_id, receipt)
    if session.scalar(select(SurveyReceipt.key_hash).where(SurveyReceipt.key_hash == key_hash)):
        return False
    try:
        with session.begin_nested():
            session.execute(insert(SurveyReceipt), [{"key_hash": key_hash, "round_id": round_id}])
    except IntegrityError:
        # Sent twice at the same moment: the other one is stored.
        return False
    return True
