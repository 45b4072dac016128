"""Work on imports, in a request or the worker: read the file, judge its rows, import them.

Each bit is committed, so that the page shows how far it has come; the import itself is one
transaction. What a killed worker leaves behind is begun anew.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from typing import TypeAlias

from flask_babel import force_locale
from sqlalchemy.orm import Session

from outreach.accounts.queries import reach_of
from outreach.connections.commands.submit import WindowClosed
from outreach.connections.queries.report_head import ReportHead, report_head
from outreach.database import transaction
from outreach.database.transaction import reading, unhurried
from outreach.exchange import surveys
from outreach.exchange.checking import ExaminedRow, PlacedRow, examined, texts_of
from outreach.exchange.commands.importing import NotThisState, Outdated, import_rows
from outreach.exchange.commands.runs import add_rows, begin_rows, claim, finish, forget
from outreach.exchange.finding import found_layout, layout_at
from outreach.exchange.placing import Places, dwelling_type
from outreach.exchange.queries.memory import kept_memory, memory_of
from outreach.exchange.queries.places import reported_places
from outreach.exchange.queries.runs import Run, content_of, run_by_id
from outreach.exchange.rules import CellFault, Column, Layout, RowOutcome, RunState
from outreach.exchange.wording import OUTDATED, ROUND_CLOSED, file_sentence, row_sentence
from outreach.files import sheets
from outreach.files.budget import Budget
from outreach.files.faults import FileRefused
from outreach.files.limits import SHEET_WORK_SECONDS
from outreach.files.sheets import NumberedRow, Sheet
from outreach.files.values import Cell
from outreach.maturity.commands.rounds import RoundClosed
from outreach.maturity.importing import is_complete
from outreach.rules import RuleBroken

Clock: TypeAlias = Callable[[], datetime]
ROWS_A_TIME = 500
"""Rows that are examined before the page is told."""


def work_on_all(session: Session, *, clock: Clock) -> int:
    """Do all that waits; how many imports. What the worker does."""
    done = 0
    while work_on(session, clock=clock):
        done += 1
    return done


def work_on(
    session: Session,
    *,
    clock: Clock,
    run_id: int | None = None,
    seconds: float = SHEET_WORK_SECONDS,
) -> bool:
    """Examine or import the one that waits longest, or this one; whether there was one.

    `seconds` of processor time is what reading the file may take.
    """
    with transaction(session):
        claimed = claim(session, at=clock(), run_id=run_id)
    if claimed is None:
        return False
    with reading(session):
        run = run_by_id(session, claimed)
    with force_locale(run.locale):
        if run.state is RunState.EXAMINING:
            _examine(session, run, clock, seconds=seconds)
        else:
            _import(session, run, clock)
    return True


def _examine(
    session: Session, run: Run, clock: Clock, *, seconds: float = SHEET_WORK_SECONDS
) -> None:
    try:
        with reading(session):
            content = content_of(session, run.id)
        read = sheets.read(content, budget=Budget(seconds))
    except FileRefused as refused:
        with transaction(session):
            finish(session, run.id, RunState.UNREADABLE, message=file_sentence(refused))
        return
    with reading(session):
        layout = _layout(session, run, read)
    if not (is_complete(layout.meanings) if layout.meanings else layout.is_complete):
        with transaction(session):
            finish(session, run.id, RunState.NEEDS_COLUMNS, layout=layout)
        return
    rows = [row for row in read[layout.sheet].rows if row[0] > layout.header_row]
    with transaction(session):
        begin_rows(session, run.id, layout, rows_all=len(rows))
    done = 0
    parts = (
        surveys.examined(session, run, layout, rows)
        if run.survey_round_id is not None
        else _examined(session, run, layout, rows, clock)
    )
    while True:
        with reading(session):
            part = next(parts, None)
        if part is None:
            break
        done += len(part)
        with transaction(session):
            unhurried(session)
            add_rows(session, run.id, part, done=done, at=clock())
    with transaction(session):
        finish(session, run.id, RunState.EXAMINED)


def _layout(session: Session, run: Run, read: Sequence[Sheet]) -> Layout:
    """As told, as found where it was told, or as found."""
    if run.survey_round_id is not None:
        reach = reach_of(session, run.user_id)
        known = kept_memory(session, reach, is_survey=True)
        return surveys.layout_of(session, run, read, known)
    if run.layout is not None and not run.layout.is_told:
        return run.layout
    memory = memory_of(session, reach_of(session, run.user_id))
    return layout_at(read, run.layout, memory) if run.layout else found_layout(read, memory)


def _examined(
    session: Session, run: Run, layout: Layout, rows: Sequence[NumberedRow], clock: Clock
) -> Iterator[list[ExaminedRow]]:
    """The rows with what becomes of them, some at a time: those that fit nowhere first."""
    reach = reach_of(session, run.user_id)
    places = Places(
        reported_places(session, run.round_id or 0, reach=reach, association_id=run.association_id),
        only_one=run.association_id is not None,
    )
    placed: defaultdict[int, list[PlacedRow]] = defaultdict(list)
    seen: dict[tuple[int, object], int] = {}
    pending: list[ExaminedRow] = []
    for number, cells in rows:
        said = _said(layout, cells)
        try:
            place = places.found(said)
            key = (place.village_id, dwelling_type(said))
            first = seen.setdefault((place.association_id, key), number)
            if first != number:
                raise RuleBroken("", "row_twice", facts={"row": first})
            row = PlacedRow(number, cells, key, texts_of(key, said))
        except RuleBroken as broken:
            fault = CellFault(row_sentence(broken), Column(broken.field) if broken.field else None)
            pending.append(ExaminedRow(number, cells, RowOutcome.REFUSED, faults=(fault,)))
        else:
            placed[place.association_id].append(row)
        if len(pending) >= ROWS_A_TIME:
            yield pending
            pending = []
    for association_id, theirs in placed.items():
        head = report_head(
            session, association_id, reference_date=run.reference_date, reach=reach, at=clock()
        )
        pending += _of_association(session, head, theirs, columns=layout.positions.keys())
        if len(pending) >= ROWS_A_TIME:
            yield pending
            pending = []
    yield pending


def _of_association(
    session: Session,
    head: ReportHead | None,
    rows: Sequence[PlacedRow],
    *,
    columns: Collection[Column],
) -> list[ExaminedRow]:
    if head is None:
        fault = CellFault(row_sentence(RuleBroken("", "window_closed")))
        return [
            ExaminedRow(row.number, row.cells, RowOutcome.REFUSED, faults=(fault,)) for row in rows
        ]
    return examined(session, head, rows, columns=columns)


def _said(layout: Layout, cells: Sequence[Cell]) -> dict[Column, Cell]:
    return {
        column: cells[at] if at < len(cells) else None for column, at in layout.positions.items()
    }


def _import(session: Session, run: Run, clock: Clock) -> None:
    """Import all, or look at the rows anew where they are no longer what was agreed to."""
    with reading(session):
        reach = reach_of(session, run.user_id)
    try:
        with transaction(session):
            unhurried(session)
            if run.survey_round_id is not None:
                surveys.import_answers(session, run, at=clock())
            else:
                import_rows(session, run, reach=reach, at=clock())
    except RoundClosed:
        with transaction(session):
            forget(session, run.id)
            finish(session, run.id, RunState.CANCELLED, message=str(ROUND_CLOSED))
    except (Outdated, WindowClosed):
        with transaction(session):
            finish(session, run.id, RunState.EXAMINING)
        _examine(session, run, clock)
        with transaction(session):
            finish(session, run.id, RunState.EXAMINED, message=str(OUTDATED))
    except NotThisState:
        # Somebody else thought this worker lost, and has done it.
        return
