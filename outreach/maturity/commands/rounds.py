"""Open and close survey rounds, and make and end the links to them."""

import random
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.database import data_version
from outreach.database.audit import record
from outreach.maturity.models import (
    SurveyAnswer,
    SurveyBatchAnswer,
    SurveyLink,
    SurveyReceipt,
    SurveyRound,
    SurveyTally,
)
from outreach.maturity.queries.rounds import OpenLink, counties_of
from outreach.maturity.questionnaires import NEWEST
from outreach.maturity.rules import (
    ANSWERS_AN_HOUR,
    LinkEntry,
    RoundEntry,
    SurveyState,
    random_id,
)
from outreach.rules import RuleBroken
from outreach.tokens import hashed, new_secret

_HOUR = timedelta(hours=1)
_KEPT = (SurveyAnswer, SurveyTally)


class RoundClosed(Exception):
    """The round takes no more answers."""


class TooMany(Exception):
    """More answers came by one link within the hour than an hour has room for."""


def open_round(session: Session, entry: RoundEntry, *, reach: Reach, at: datetime) -> SurveyRound:
    """Open a round with the newest questionnaire. RuleBroken outside reach, or for a double."""
    if entry.county_code not in {code for code, _ in counties_of(session, reach)}:
        raise RuleBroken("county", "choose")
    is_there = session.scalar(
        select(SurveyRound.id).where(
            SurveyRound.county_code == entry.county_code,
            SurveyRound.reference_date == entry.reference_date,
        )
    )
    if is_there is not None:
        raise RuleBroken("day", "round_there")
    made = SurveyRound(
        county_code=entry.county_code,
        reference_date=entry.reference_date,
        questionnaire=NEWEST,
        small_village=entry.small_village,
        state=SurveyState.OPEN,
        opened_at=at,
    )
    session.add(made)
    session.flush()
    record(
        session,
        "survey_round_opened",
        of=("survey_round", made.id),
        user_id=reach.user_id,
        at=at,
        after={"county": entry.county_code, "date": entry.reference_date.isoformat()},
    )
    return made


def close_round(session: Session, round_id: int, *, user_id: int | None, at: datetime) -> None:
    """Close a round for good and publish it; its answers are stored anew in random order.

    It can't be opened again: figures before and after a few more answers would tell those
    answers. Raises RoundClosed.
    """
    closed = session.execute(
        update(SurveyRound)
        .where(SurveyRound.id == round_id, SurveyRound.state == SurveyState.OPEN)
        .values(state=SurveyState.CLOSED, closed_at=at)
        .returning(SurveyRound.id),
        execution_options={"synchronize_session": False},
    ).first()
    if closed is None:
        raise RoundClosed(round_id)
    session.execute(
        update(SurveyLink)
        .where(SurveyLink.round_id == round_id, SurveyLink.ended_at.is_(None))
        .values(ended_at=at),
        execution_options={"synchronize_session": False},
    )
    _forget_batches(session, round_id)
    shuffle(session, round_id)
    record(session, "survey_round_closed", of=("survey_round", round_id), user_id=user_id, at=at)
    data_version.bump(session, at=at)


def _forget_batches(session: Session, round_id: int) -> None:
    """What came together is known no more: nobody can tell a round with it from one without."""
    session.execute(
        delete(SurveyBatchAnswer).where(
            SurveyBatchAnswer.answer_id.in_(
                select(SurveyAnswer.id).where(SurveyAnswer.round_id == round_id)
            )
        ),
        execution_options={"synchronize_session": False},
    )
    session.execute(
        update(SurveyReceipt).where(SurveyReceipt.round_id == round_id).values(batch=None),
        execution_options={"synchronize_session": False},
    )


def shuffle(session: Session, round_id: int) -> None:
    """Store a round's answers anew in random order under new keys.

    PostgreSQL keeps rows in the order they came; after this the order tells nothing.
    """
    dice = random.SystemRandom()
    for model in _KEPT:
        columns = [getattr(model, column.name) for column in model.__table__.columns]
        rows = [
            {**row, "id": random_id()}
            for row in session.execute(
                select(*columns).where(model.round_id == round_id)
            ).mappings()
        ]
        dice.shuffle(rows)
        session.execute(
            delete(model).where(model.round_id == round_id),
            execution_options={"synchronize_session": False},
        )
        if rows:
            session.execute(insert(model), rows)


def make_link(
    session: Session, round_id: int, entry: LinkEntry, *, user_id: int | None, at: datetime
) -> str:
    """A new link to an open round; its secret, which is kept nowhere. Raises RoundClosed."""
    lock_open(session, round_id)
    secret = new_secret()
    made = SurveyLink(
        round_id=round_id,
        label=entry.label,
        is_kiosk=entry.is_kiosk,
        key_hash=hashed(secret),
        created_at=at,
        created_by_id=user_id,
        answers=0,
    )
    session.add(made)
    session.flush()
    record(
        session,
        "survey_link_made",
        of=("survey_link", made.id),
        user_id=user_id,
        at=at,
        after={"round": round_id, "label": entry.label},
    )
    return secret


def end_link(
    session: Session, round_id: int, *, link_id: int, user_id: int | None, at: datetime
) -> bool:
    """End a link; False where the round has no such link standing."""
    ended = session.execute(
        update(SurveyLink)
        .where(
            SurveyLink.id == link_id, SurveyLink.round_id == round_id, SurveyLink.ended_at.is_(None)
        )
        .values(ended_at=at)
        .returning(SurveyLink.id),
        execution_options={"synchronize_session": False},
    ).first()
    if ended is None:
        return False
    record(session, "survey_link_ended", of=("survey_link", link_id), user_id=user_id, at=at)
    return True


def count_answer(session: Session, link: OpenLink, *, at: datetime) -> None:
    """Count an answer against its link's hour, and nothing else of it. Raises TooMany."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    row = session.scalars(
        select(SurveyLink).where(SurveyLink.id == link.id).with_for_update()
    ).one()
    if row.ended_at is not None:
        raise RoundClosed(link.round_id)
    if row.hour != hour:
        row.hour, row.answers = hour, 0
    if row.answers >= ANSWERS_AN_HOUR:
        raise TooMany(hour + _HOUR)
    row.answers += 1
    session.flush()


def lock_open(session: Session, round_id: int) -> None:
    """Keep an open round open until the transaction ends. Raises RoundClosed."""
    state = session.scalar(
        select(SurveyRound.state).where(SurveyRound.id == round_id).with_for_update(read=True)
    )
    if state is not SurveyState.OPEN:
        raise RoundClosed(round_id)
