"""The answers of closed rounds as sums: SQL adds up, and no single answer leaves the database.

These sums are not yet fit for the public: `disclosed.judge` says what of them may be shown.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, Row, Select, case, func, select
from sqlalchemy.orm import Session

from outreach.maturity.models import SurveyAnswer, SurveyRound, SurveyTally
from outreach.maturity.rules import SurveyState
from outreach.measures.classes import FineClass
from outreach.measures.digcomp import DigCompArea
from outreach.measures.maturity import AgeGroup, Level, Sex, Tally, added

Key = TypeVar("Key")
TALLY_LEVELS = tuple(level.value for level in Level)
_AREAS = tuple(area.value for area in DigCompArea)


@dataclass(frozen=True, slots=True)
class PlaceSum:
    """The answers of one round in a village, or of a municipality's small villages of a class."""

    round_id: int
    day: date
    municipality_code: str
    village_id: int | None
    fine_class: FineClass
    tally: Tally


def place_sums(session: Session, county_code: str) -> list[PlaceSum]:
    """All closed rounds of a county by round, municipality, village and class.

    Where no village was kept, `village_id` is None; where no class was, it is `unclassed`. Add
    them up for sums by (round, municipality, class).
    """
    totals: dict[tuple[int, date, str, int | None, FineClass], list[Tally]] = defaultdict(list)
    classes: dict[tuple[int, int], FineClass] = {}
    for model in (SurveyAnswer, SurveyTally):
        place = (model.municipality_code, model.village_id, model.fine_class)
        query = (
            select(SurveyRound.id, SurveyRound.reference_date, *place, *_counts(model))
            .select_from(model)
            .join(SurveyRound, SurveyRound.id == model.round_id)
            .where(SurveyRound.county_code == county_code, SurveyRound.state == SurveyState.CLOSED)
            .group_by(SurveyRound.id, SurveyRound.reference_date, *place)
            .order_by(SurveyRound.id, *place)
        )
        for row in session.execute(query):
            fine = row.fine_class or FineClass.unclassed
            if row.village_id is not None:
                # The class could be corrected while the round was open: one holds.
                fine = classes.setdefault((row.id, row.village_id), fine)
            key = (row.id, row.reference_date, row.municipality_code, row.village_id, fine)
            totals[key].append(_tally(row))
    return [PlaceSum(*key, added(tallies)) for key, tallies in totals.items()]


def age_sums(session: Session, round_id: int) -> dict[tuple[str, AgeGroup], Tally]:
    """A round's answers by municipality and age group."""
    found: dict[tuple[str, AgeGroup], list[Tally]] = defaultdict(list)
    for model in (SurveyAnswer, SurveyTally):
        by = (model.municipality_code, model.age_group)
        _collect(
            session,
            select(*by, *_counts(model)).where(model.round_id == round_id).group_by(*by),
            found,
            key=lambda row: (row.municipality_code, row.age_group),
        )
    return {key: added(tallies) for key, tallies in found.items()}


def sex_sums(session: Session, round_id: int) -> dict[Sex | None, Tally]:
    """A round's answers by sex; None where it wasn't said or is not asked of counted paper."""
    found: dict[Sex | None, list[Tally]] = defaultdict(list)
    _collect(
        session,
        select(SurveyAnswer.sex, *_counts(SurveyAnswer))
        .where(SurveyAnswer.round_id == round_id)
        .group_by(SurveyAnswer.sex),
        found,
        key=lambda row: row.sex,
    )
    query = select(*_counts(SurveyTally)).where(SurveyTally.round_id == round_id)
    found[None] += [_tally(row) for row in session.execute(query) if row.above_basic is not None]
    return {key: added(tallies) for key, tallies in found.items()}


def _collect(
    session: Session,
    query: Select[*tuple[object, ...]],
    found: dict[Key, list[Tally]],
    *,
    key: Callable[[Row[*tuple[object, ...]]], Key],
) -> None:
    for row in session.execute(query):
        found[key(row)].append(_tally(row))


def _counts(model: type[SurveyAnswer] | type[SurveyTally]) -> list[ColumnElement[int]]:
    if model is SurveyTally:
        names = (*TALLY_LEVELS, *_AREAS)
        return [func.sum(getattr(SurveyTally, name)).label(name) for name in names]
    levels = [
        func.sum(case((SurveyAnswer.level == level, 1), else_=0)).label(level.value)
        for level in Level
    ]
    areas = [
        func.sum(case((getattr(SurveyAnswer, name) >= 1, 1), else_=0)).label(name)
        for name in _AREAS
    ]
    return [*levels, *areas]


def _tally(row: Row[*tuple[object, ...]]) -> Tally:
    return Tally(
        {level: int(getattr(row, level.value)) for level in Level},
        {area: int(getattr(row, area.value)) for area in DigCompArea},
    )
