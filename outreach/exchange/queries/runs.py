"""Imports as their pages show them."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from outreach.accounts.models import AccessGrant
from outreach.accounts.rules import Reach
from outreach.associations.models import Association
from outreach.connections.models import ConnectionReport, ReportingRound, ReportVersion
from outreach.connections.queries.grid import RowKey
from outreach.database.ordering import swedish_order
from outreach.exchange.models import ColumnMemory, ImportRow, ImportRun, ImportVersion
from outreach.exchange.rules import AT_WORK, CellFault, Column, Layout, RowOutcome, RunState, Tally
from outreach.files.values import Cell
from outreach.maturity.models import SurveyRound
from outreach.places.models import Village
from outreach.web.paging import Paging


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


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row of the sheet with what becomes of it."""

    number: int
    outcome: RowOutcome
    association: str | None
    village: str | None
    cells: tuple[Cell, ...]
    faults: tuple[CellFault, ...]


@dataclass(frozen=True, slots=True)
class TakenRows:
    """Rows of one association, and the version of its report that they were held against."""

    base_number: int
    texts: dict[RowKey, dict[str, str]]


@dataclass(frozen=True, slots=True)
class MadeVersion:
    """A report version that an import made."""

    version_id: int
    replaced_id: int | None
    association_id: int
    association: str
    receipt: str


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


def tally(session: Session, run_id: int) -> Tally:
    """How many rows became what."""
    rows = session.execute(
        select(ImportRow.outcome, func.count().label("rows"))
        .where(ImportRow.run_id == run_id)
        .group_by(ImportRow.outcome)
    )
    return Tally(**{row.outcome.value: row.rows for row in rows})


def rows_of(
    session: Session,
    run_id: int,
    *,
    outcome: RowOutcome | None = None,
    paging: Paging | None = None,
) -> list[RowShown]:
    """The rows in the sheet's order, one page of them or all."""
    query = (
        select(
            ImportRow.number,
            ImportRow.outcome,
            Association.name.label("association"),
            Village.name.label("village"),
            ImportRow.cells,
            ImportRow.faults,
        )
        .outerjoin(Association, Association.id == ImportRow.association_id)
        .outerjoin(Village, Village.id == ImportRow.village_id)
        .where(ImportRow.run_id == run_id)
        .order_by(ImportRow.number)
    )
    if outcome is not None:
        query = query.where(ImportRow.outcome == outcome)
    if paging is not None:
        query = query.offset(paging.offset).limit(paging.size)
    return [
        RowShown(
            row.number,
            row.outcome,
            row.association,
            row.village,
            tuple(json.loads(row.cells)),
            faults_from(row.faults),
        )
        for row in session.execute(query)
    ]


def taken_rows(session: Session, run_id: int) -> dict[int, TakenRows]:
    """What the good rows that change something say, by association."""
    rows = session.execute(
        select(
            ImportRow.association_id,
            ImportRow.village_id,
            ImportRow.dwelling_type,
            ImportRow.base_number,
            ImportRow.texts,
        )
        .where(
            ImportRow.run_id == run_id,
            ImportRow.outcome.in_([RowOutcome.NEW, RowOutcome.CHANGED]),
        )
        .order_by(ImportRow.association_id, ImportRow.number)
    )
    found: dict[int, TakenRows] = {}
    for association_id, village_id, kind, base_number, texts in rows:
        if association_id is not None and village_id is not None and kind is not None:
            taken = found.setdefault(association_id, TakenRows(base_number or 0, {}))
            taken.texts[village_id, kind] = json.loads(texts)
    return found


def taken_texts(session: Session, run_id: int) -> list[dict[str, str]]:
    """What the good rows of survey answers say."""
    rows = session.scalars(
        select(ImportRow.texts)
        .where(ImportRow.run_id == run_id, ImportRow.outcome == RowOutcome.NEW)
        .order_by(ImportRow.number)
    )
    return [json.loads(texts) for texts in rows]


def versions_of(session: Session, run_id: int) -> list[MadeVersion]:
    """The versions that an import made, by the association's name."""
    rows = session.execute(
        select(
            ImportVersion.version_id,
            ImportVersion.replaced_id,
            Association.id,
            Association.name,
            ReportVersion.receipt,
        )
        .join(ReportVersion, ReportVersion.id == ImportVersion.version_id)
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .join(Association, Association.id == ConnectionReport.association_id)
        .where(ImportVersion.run_id == run_id)
        .order_by(swedish_order(Association.name), Association.id)
    )
    return [MadeVersion(*row) for row in rows]


def kept_memory(session: Session, reach: Reach, *, is_survey: bool) -> dict[str, str | None]:
    """What has been told of columns before, by their names as compared; one statement.

    The person's own word goes first, then that of others who report for the same associations,
    then that of the staff of the county; of equals the latest.
    """
    of_county = or_(
        AccessGrant.county_code.in_(reach.counties),
        AccessGrant.county_code.in_(
            select(Association.county_code).where(Association.id.in_(reach.associations))
        ),
    )
    nearness = case(
        (ColumnMemory.user_id == reach.user_id, 0),
        (ColumnMemory.user_id.in_(_granted(AccessGrant.association_id.in_(reach.associations))), 1),
        (ColumnMemory.user_id.in_(_granted(of_county)), 2),
    )
    rows = session.execute(
        select(ColumnMemory.header, ColumnMemory.holds)
        .where(nearness.is_not(None), ColumnMemory.is_survey == is_survey)
        .order_by(nearness.desc(), ColumnMemory.id)
    )
    return {row.header: row.holds for row in rows}


def memory_of(session: Session, reach: Reach) -> dict[str, Column | None]:
    """What has been told of the columns of reports."""
    kept = kept_memory(session, reach, is_survey=False)
    return {header: None if holds is None else Column(holds) for header, holds in kept.items()}


def _granted(which: ColumnElement[bool]) -> Select[int]:
    return select(AccessGrant.user_id).where(which)


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


def faults_from(text: str) -> tuple[CellFault, ...]:
    """The faults of a row as they are kept."""
    return tuple(
        CellFault(message, Column(column) if column else None, *place)
        for column, message, *place in json.loads(text)
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
