"""The questions that staff and associations handle, within their reach."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from outreach.accounts.models import User
from outreach.accounts.rules import Reach
from outreach.associations.models import Association, ServedVillage
from outreach.associations.queries.conditions import served_on
from outreach.connections.models import VillageStatus
from outreach.database.ordering import swedish_order
from outreach.measures.classes import DwellingType
from outreach.measures.rates import UNKNOWN_SHARE, Measure, Share
from outreach.places.models import Municipality, Village
from outreach.places.queries.names import MUNICIPALITY_NAME
from outreach.questions.models import FigureQuestion
from outreach.questions.rules import OPEN_STATES, QuestionState
from outreach.web.paging import Paging

Columns = TypeVarTuple("Columns")


@dataclass(frozen=True, slots=True)
class QuestionFilter:
    """Which questions to list: open or closed ones, or only those past their day."""

    is_closed: bool = False
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Responsible:
    """An association whose figure it is: it serves the village now, or did on the date."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One line of the list."""

    associations: tuple[Responsible, ...]
    id: int
    village_id: int
    village_code: str
    village: str
    municipality: str
    measure: Measure
    reference_date: date
    state: QuestionState
    asked_at: datetime
    due_on: date
    claim: str


@dataclass(frozen=True, slots=True)
class QuestionFacts(QuestionRow):
    """One question with everything said about it. `asker_email` is for letters only."""

    county_code: str
    why: str
    answer: QuestionState | None
    answer_text: str | None
    answered_at: datetime | None
    answered_by: str | None
    decision_text: str | None
    closed_at: datetime | None
    closed_by: str | None
    asker_email: str | None
    locale: str
    submission_key: str

    @property
    def is_open(self) -> bool:
        """Whether something can still happen to it."""
        return self.state in OPEN_STATES


def count_questions(session: Session, wanted: QuestionFilter, *, reach: Reach, today: date) -> int:
    """How many questions the filter finds within reach."""
    query = _found(select(func.count()), wanted, reach=reach, today=today)
    return session.scalar(query) or 0


def questions(
    session: Session, wanted: QuestionFilter, *, reach: Reach, today: date, paging: Paging
) -> list[QuestionRow]:
    """One page of them: open ones by the day they are due, closed ones the latest first."""
    query = _found(select(*_ROW), wanted, reach=reach, today=today)
    order = FigureQuestion.closed_at.desc() if wanted.is_closed else FigureQuestion.due_on
    query = query.order_by(order, FigureQuestion.id).offset(paging.offset).limit(paging.size)
    rows = session.execute(query).all()
    whose = _responsible(session, [row.id for row in rows], today=today)
    return [QuestionRow(whose.get(row.id, ()), *tuple(row)) for row in rows]


def question(
    session: Session, question_id: int, *, reach: Reach, today: date
) -> QuestionFacts | None:
    """One question within reach; None for all others."""
    where = and_(FigureQuestion.id == question_id, _within(reach, today))
    return _one(session, where, today=today)


def question_of_asker(session: Session, follow_hash: str, *, today: date) -> QuestionFacts | None:
    """The question that a secret link belongs to."""
    return _one(session, FigureQuestion.follow_hash == follow_hash, today=today)


def published_share(session: Session, facts: QuestionFacts) -> Share:
    """The figure in question as it is published now, for those who see every figure."""
    row = session.execute(
        select(
            getattr(VillageStatus, facts.measure.numerator_field),
            getattr(VillageStatus, facts.measure.denominator_field),
        ).where(
            VillageStatus.village_id == facts.village_id,
            VillageStatus.reference_date == facts.reference_date,
            VillageStatus.dwelling_type == DwellingType.permanent,
        )
    ).one_or_none()
    return UNKNOWN_SHARE if row is None else Share(*row)


_Answerer = aliased(User)
_Closer = aliased(User)
_ROW = (
    FigureQuestion.id,
    FigureQuestion.village_id,
    Village.code,
    Village.name,
    MUNICIPALITY_NAME,
    FigureQuestion.measure,
    FigureQuestion.reference_date,
    FigureQuestion.state,
    FigureQuestion.asked_at,
    FigureQuestion.due_on,
    FigureQuestion.claim,
)
_FACTS = (
    *_ROW,
    Municipality.county_code,
    FigureQuestion.why,
    FigureQuestion.answer,
    FigureQuestion.answer_text,
    FigureQuestion.answered_at,
    _Answerer.name,
    FigureQuestion.decision_text,
    FigureQuestion.closed_at,
    _Closer.name,
    FigureQuestion.asker_email,
    FigureQuestion.locale,
    FigureQuestion.submission_key,
)


def _one(session: Session, where: ColumnElement[bool], *, today: date) -> QuestionFacts | None:
    query = (
        _joined(select(*_FACTS))
        .outerjoin(_Answerer, _Answerer.id == FigureQuestion.answered_by_id)
        .outerjoin(_Closer, _Closer.id == FigureQuestion.closed_by_id)
    )
    row = session.execute(query.where(where)).one_or_none()
    if row is None:
        return None
    whose = _responsible(session, [row.id], today=today)
    return QuestionFacts(whose.get(row.id, ()), *tuple(row))


def _joined(query: Select[*Columns]) -> Select[*Columns]:
    return (
        query.select_from(FigureQuestion)
        .join(Village, Village.id == FigureQuestion.village_id)
        .join(Municipality, Municipality.code == Village.municipality_code)
    )


def _found(
    query: Select[*Columns], wanted: QuestionFilter, *, reach: Reach, today: date
) -> Select[*Columns]:
    is_open = FigureQuestion.state.in_(OPEN_STATES)
    query = _joined(query).where(_within(reach, today), ~is_open if wanted.is_closed else is_open)
    return query.where(FigureQuestion.due_on < today) if wanted.is_late else query


def _within(reach: Reach, today: date) -> ColumnElement[bool]:
    if reach.is_administrator:
        return true()
    answers = (
        select(ServedVillage.id)
        .where(ServedVillage.association_id.in_(sorted(reach.associations)), _is_whose(today))
        .exists()
    )
    return or_(
        Municipality.county_code.in_(sorted(reach.counties)) if reach.counties else false(),
        answers if reach.associations else false(),
    )


def _is_whose(today: date) -> ColumnElement[bool]:
    """The served village makes its association responsible for the question."""
    on_the_date = and_(
        ServedVillage.valid_from <= FigureQuestion.reference_date,
        or_(
            ServedVillage.valid_to.is_(None),
            ServedVillage.valid_to > FigureQuestion.reference_date,
        ),
    )
    return and_(
        ServedVillage.village_id == FigureQuestion.village_id, or_(served_on(today), on_the_date)
    )


def _responsible(
    session: Session, question_ids: Collection[int], *, today: date
) -> dict[int, tuple[Responsible, ...]]:
    rows = session.execute(
        select(FigureQuestion.id, Association.id.label("whose"), Association.name)
        .join(ServedVillage, _is_whose(today))
        .join(Association, Association.id == ServedVillage.association_id)
        .where(FigureQuestion.id.in_(question_ids))
        .group_by(FigureQuestion.id, Association.id, Association.name)
        .order_by(FigureQuestion.id, swedish_order(Association.name), Association.id)
    )
    found: dict[int, list[Responsible]] = defaultdict(list)
    for row in rows:
        found[row.id].append(Responsible(row.whose, row.name))
    return {key: tuple(names) for key, names in found.items()}
