"""What became of programmes: the plan, what was held by half-year, and the self-checks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from outreach.measures.digcomp import DigCompArea
from outreach.training.rules import SessionForm, SessionState
from outreach.training.session_models import SessionCheck, TrainingSession


@dataclass(frozen=True, slots=True)
class HalfYear:
    """What was held in half a year: sessions, those that were counted, and the learners in them."""

    year: int
    half: int
    sessions: int
    counted: int
    learners: int | None

    def is_over(self, today: date) -> bool:
        """Whether no further session can belong to it."""
        return (self.year, self.half) < (today.year, _half(today))


@dataclass(frozen=True, slots=True)
class CheckTotal:
    """Over a programme's sessions: how many answered and how many manage an area, by moment.

    Summed over the sessions in which both moments were asked.
    """

    area: DigCompArea
    before_answered: int
    before: int
    after_answered: int
    after: int

    @property
    def before_share(self) -> float | None:
        """The share that managed the area before; None where nobody answered."""
        return self.before / self.before_answered if self.before_answered else None

    @property
    def after_share(self) -> float | None:
        """The share that managed it after."""
        return self.after / self.after_answered if self.after_answered else None

    @property
    def gain(self) -> float | None:
        """The difference in percentage points; None where either share is undefined."""
        if self.before_share is None or self.after_share is None:
            return None
        return (self.after_share - self.before_share) * 100


@dataclass(frozen=True, slots=True)
class PlanKept:
    """What became of all the sessions that were ever planned or logged in a programme.

    `unlogged` are past and still planned: whether they were held is not known.
    """

    held: int
    cancelled: int
    to_come: int
    unlogged: int

    @property
    def planned(self) -> int:
        """All of them."""
        return self.held + self.cancelled + self.to_come + self.unlogged


def plan_kept(session: Session, programme_id: int, *, today: date) -> PlanKept:
    """The plan of a programme against what became of it; without visits to homes."""
    is_past = TrainingSession.day < today
    form = TrainingSession.form
    rows = session.execute(
        select(TrainingSession.state, is_past.label("is_past"), func.count().label("number"))
        .where(
            TrainingSession.programme_id == programme_id,
            or_(form.is_(None), form != SessionForm.HOME_VISIT),
        )
        .group_by(TrainingSession.state, is_past)
    )
    found: dict[tuple[SessionState, bool], int] = {
        (row.state, bool(row.is_past)): row.number for row in rows
    }

    def of(state: SessionState) -> int:
        return found.get((state, False), 0) + found.get((state, True), 0)

    return PlanKept(
        held=of(SessionState.HELD),
        cancelled=of(SessionState.CANCELLED),
        to_come=found.get((SessionState.PLANNED, False), 0),
        unlogged=found.get((SessionState.PLANNED, True), 0),
    )


def half_years(session: Session, programme_id: int) -> list[HalfYear]:
    """What was held in a programme, by half-year, the first one first."""
    rows = session.execute(
        select(TrainingSession.day, TrainingSession.learners)
        .where(
            TrainingSession.programme_id == programme_id,
            TrainingSession.state == SessionState.HELD,
        )
        .order_by(TrainingSession.day, TrainingSession.id)
    )
    found: dict[tuple[int, int], list[int | None]] = {}
    for day, learners in rows:
        found.setdefault((day.year, _half(day)), []).append(learners)
    return [_half_year(key, counts) for key, counts in found.items()]


def check_totals(session: Session, programme_id: int) -> list[CheckTotal]:
    """The self-checks of a programme, area by area in their order."""
    rows = session.execute(
        select(
            SessionCheck.area,
            func.sum(TrainingSession.before_answered),
            func.sum(SessionCheck.before_managed),
            func.sum(TrainingSession.after_answered),
            func.sum(SessionCheck.after_managed),
        )
        .join(TrainingSession, TrainingSession.id == SessionCheck.session_id)
        .where(
            TrainingSession.programme_id == programme_id,
            SessionCheck.before_managed.is_not(None),
            SessionCheck.after_managed.is_not(None),
        )
        .group_by(SessionCheck.area)
    )
    by_area = {
        area: CheckTotal(area, before_answered or 0, before or 0, after_answered or 0, after or 0)
        for area, before_answered, before, after_answered, after in rows
    }
    return [by_area[area] for area in DigCompArea if area in by_area]


def _half(day: date) -> int:
    return 1 if day.month <= 6 else 2


def _half_year(key: tuple[int, int], counts: Sequence[int | None]) -> HalfYear:
    known = [count for count in counts if count is not None]
    return HalfYear(*key, len(counts), len(known), sum(known) if known else None)
