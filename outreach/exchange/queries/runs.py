"""Imports as their pages show them."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from outreach.associations.models import Association
from outreach.connections.models import ReportingRound
from outreach.exchange.models import ImportRun
from outreach.exchange.rules import AT_WORK, Column, Layout, RunState
from outreach.maturity.models import SurveyRound


@dataclass(frozen=True, slots=True)
class Run:
    """An import without its content."""

    id: int
    user_id: int
    round_id: int | None
    survey_round_id: int | None
    reference_date: date
    association_id: int | None
    association: str | None
    locale: str
    file_name: str
    state: RunState
    layout: Layout | None
    message: str | None
    rows_all: int | None
    rows_done: int
    created_at: datetime
    claimed_at: datetime | None
    imported_at: datetime | None
    undone_at: datetime | None
    emptied_at: datetime | None

    @property
    def is_at_work(self) -> bool:
        """Whether the program has something to do with it."""
        return self.state in AT_WORK


def run_of(session: Session, run_id: int, *, user_id: int) -> Run | None:
    """One import of this person; nobody else has it."""
    return next(
        iter(_runs(session, ImportRun.id == run_id, ImportRun.user_id == user_id, most=1)), None
    )


def runs_of(session: Session, *, user_id: int, most: int = 20) -> list[Run]:
    """The person's newest imports."""
    return _runs(session, ImportRun.user_id == user_id, most=most)


def run_by_id(session: Session, run_id: int) -> Run:
    """One import, for the worker."""
    return _runs(session, ImportRun.id == run_id, most=1)[0]


def content_of(session: Session, run_id: int) -> bytes:
    """The file as it was sent."""
    return session.scalars(select(ImportRun.content).where(ImportRun.id == run_id)).one()


def is_small(session: Session, run_id: int, *, most: int) -> bool:
    """Whether the file has at most so many bytes."""
    size = session.scalar(select(func.length(ImportRun.content)).where(ImportRun.id == run_id))
    return size is not None and size <= most


def layout_from(text: str | None) -> Layout | None:
    """A layout as it is kept."""
    if text is None:
        return None
    kept = json.loads(text)
    positions = {Column(name): at for name, at in kept["positions"].items()}
    return Layout(
        kept["sheet"],
        kept["header_row"],
        tuple(kept["header"]),
        positions,
        tuple(kept.get("sheets", ())),
        tuple(kept.get("meanings", ())),
        kept.get("is_told", False),
    )


def _runs(session: Session, *conditions: ColumnElement[bool], most: int) -> list[Run]:
    query = (
        select(
            ImportRun.id,
            ImportRun.user_id,
            ImportRun.round_id,
            ImportRun.survey_round_id,
            func.coalesce(ReportingRound.reference_date, SurveyRound.reference_date).label(
                "reference_date"
            ),
            ImportRun.association_id,
            Association.name.label("association"),
            ImportRun.locale,
            ImportRun.file_name,
            ImportRun.state,
            ImportRun.layout,
            ImportRun.message,
            ImportRun.rows_all,
            ImportRun.rows_done,
            ImportRun.created_at,
            ImportRun.claimed_at,
            ImportRun.imported_at,
            ImportRun.undone_at,
            ImportRun.emptied_at,
        )
        .outerjoin(ReportingRound, ReportingRound.id == ImportRun.round_id)
        .outerjoin(SurveyRound, SurveyRound.id == ImportRun.survey_round_id)
        .outerjoin(Association, Association.id == ImportRun.association_id)
        .where(*conditions)
        .order_by(ImportRun.id.desc())
        .limit(most)
    )
    return [
        Run(**(row._asdict() | {"layout": layout_from(row.layout)}))
        for row in session.execute(query)
    ]
