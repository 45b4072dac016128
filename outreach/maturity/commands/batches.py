"""Answers from a file: each row stored once, and all of them taken back while the round is open."""

import random
from collections.abc import Mapping

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from outreach.maturity.commands.answers import answer_row
from outreach.maturity.commands.rounds import lock_open
from outreach.maturity.models import SurveyAnswer, SurveyBatchAnswer, SurveyReceipt
from outreach.maturity.queries.places import places_of, village_places
from outreach.maturity.queries.receipts import known_receipts
from outreach.maturity.queries.rounds import RoundRow
from outreach.maturity.questionnaires import QUESTIONNAIRES
from outreach.maturity.rules import AnswerEntry, Person, StoredPlace, kept_place

AT_ONCE = 500


def store_batch(
    session: Session, of: RoundRow, rows: Mapping[str, AnswerEntry], *, batch: str
) -> int:
    """Store the answers whose receipts (hashes, `receipt_hash`) are not known yet; how many.

    Nothing ties a receipt to its answer: both are stored by themselves, in random order. Raises
    RoundClosed, and RuleBroken for a place outside the round's county.
    """
    villages = village_places(places_of(session, of.county_code, on=of.reference_date))
    questionnaire = QUESTIONNAIRES[of.questionnaire]
    lock_open(session, of.id)
    known = known_receipts(session, rows)
    new = {receipt: entry for receipt, entry in rows.items() if receipt not in known}
    places: dict[Person, StoredPlace] = {}
    values = []
    for entry in new.values():
        where = Person(
            entry.person.village_id, entry.person.municipality_code, entry.person.age_group
        )
        if where not in places:
            places[where] = kept_place(where, villages, small_village=of.small_village)
        values.append(answer_row(of.id, entry, place=places[where], questionnaire=questionnaire))
    random.SystemRandom().shuffle(values)
    receipts = [{"key_hash": one, "round_id": of.id, "batch": batch} for one in sorted(new)]
    for at in range(0, len(values), AT_ONCE):
        part = values[at : at + AT_ONCE]
        session.execute(insert(SurveyAnswer), part)
        came = [{"answer_id": row["id"], "batch": batch} for row in part]
        session.execute(insert(SurveyBatchAnswer), came)
        session.execute(insert(SurveyReceipt), receipts[at : at + AT_ONCE])
    return len(values)


def take_back(session: Session, of: RoundRow, *, batch: str) -> int:
    """Remove what an import stored, as long as the round is open; how many. Raises RoundClosed."""
    lock_open(session, of.id)
    theirs = select(SurveyBatchAnswer.answer_id).where(SurveyBatchAnswer.batch == batch)
    removed = session.execute(
        delete(SurveyAnswer)
        .where(SurveyAnswer.id.in_(theirs), SurveyAnswer.round_id == of.id)
        .returning(SurveyAnswer.id),
        execution_options={"synchronize_session": False},
    ).all()
    for model in (SurveyBatchAnswer, SurveyReceipt):
        session.execute(
            delete(model).where(model.batch == batch),
            execution_options={"synchronize_session": False},
        )
    return len(removed)
