"""Ask a question, answer it, decide it, take it back: each once, and each on record."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from outreach.database import data_version
from outreach.database.audit import record
from outreach.questions.models import FigureQuestion
from outreach.questions.rules import QuestionEntry, QuestionState
from outreach.questions.states import Action, Party, is_answer, outcome


class NotPossible(Exception):
    """This party may not do this to the question as it stands, or somebody was first."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How a question comes in: the form's key, the link's hash, the language, the day it is due."""

    submission_key: str
    follow_hash: str
    locale: str
    due_on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done to a question that was seen in a state, with what words."""

    action: Action
    seen: QuestionState
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Doer:
    """As what, who and when; the asker has no user."""

    party: Party
    user_id: int | None
    at: datetime


def ask(session: Session, entry: QuestionEntry, *, asking: Asking) -> FigureQuestion | None:
    """Store a question; None where the same form was sent before.

    Readers see at the figure that there is one, so the data version rises. Raises RuleBroken.
    """
    for rule in entry.broken_rules():
        raise rule
    made = FigureQuestion(
        village_id=entry.figure.village_id,
        measure=entry.figure.measure,
        reference_date=entry.figure.reference_date,
        claim=entry.claim,
        why=entry.why,
        asker_email=entry.email,
        locale=asking.locale,
        submission_key=asking.submission_key,
        follow_hash=asking.follow_hash,
        state=QuestionState.ASKED,
        asked_at=asking.at,
        due_on=asking.due_on,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        return None
    record(
        session,
        "question_asked",
        of=("figure_question", made.id),
        user_id=None,
        at=asking.at,
        after={
            "village_id": made.village_id,
            "measure": made.measure.value,
            "reference_date": made.reference_date.isoformat(),
        },
    )
    data_version.bump(session, at=asking.at)
    return made


def act(session: Session, question_id: int, deed: Deed, *, by: Doer) -> QuestionState:
    """Answer, decide or take back; the state that follows. One of several at once wins.

    The caller has found the question within the doer's reach. Closing removes the asker's e-mail
    address, so the caller writes to it with what it read before. Raises NotPossible.
    """
    after = outcome(deed.seen, deed.action, party=by.party)
    if after is None:
        raise NotPossible(question_id)
    changed = session.scalars(
        update(FigureQuestion)
        .where(FigureQuestion.id == question_id, FigureQuestion.state == deed.seen)
        .values(_values(after, deed, by=by))
        .returning(FigureQuestion.id),
        execution_options={"synchronize_session": False},
    ).all()
    if not changed:
        raise NotPossible(question_id)
    session.expire_all()
    record(
        session,
        f"question_{after.value}",
        of=("figure_question", question_id),
        user_id=by.user_id,
        at=by.at,
        before={"state": deed.seen.value},
        after={"state": after.value} | ({"note": deed.words} if deed.words else {}),
    )
    data_version.bump(session, at=by.at)
    return after


def _values(after: QuestionState, deed: Deed, *, by: Doer) -> dict[str, object]:
    if is_answer(after):
        return {
            "state": after,
            "answer": after,
            "answer_text": deed.words,
            "answered_at": by.at,
            "answered_by_id": by.user_id,
        }
    return {
        "state": after,
        "decision_text": deed.words,
        "closed_at": by.at,
        "closed_by_id": by.user_id,
        "asker_email": None,
    }
