"""Take in a file, and keep how far the import of it has come."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from outreach.database import claiming
from outreach.database.audit import record
from outreach.database.claiming import Work
from outreach.exchange.checking import ExaminedRow
from outreach.exchange.models import ColumnMemory, ImportRow, ImportRun
from outreach.exchange.rules import (
    AT_WORK,
    FILE_NAME_MAXIMUM,
    RECHECKED,
    Layout,
    RunState,
)
from outreach.files.faults import printable
from outreach.files.text import header

ANSWERS_WAIT = timedelta(days=1)
WORK = Work(
    ImportRun.id,
    ImportRun.state,
    ImportRun.claimed_at,
    {RunState.WAITING: RunState.EXAMINING, RunState.QUEUED: RunState.IMPORTING},
    lost_after=timedelta(minutes=2),
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent, and what it is about."""

    file_name: str
    content: bytes
    round_id: int | None
    association_id: int | None
    locale: str
    survey_round_id: int | None = None


def receive(session: Session, upload: Upload, *, user_id: int, at: datetime) -> int:
    """Keep a file to be examined; the import's id."""
    run = ImportRun(
        user_id=user_id,
        round_id=upload.round_id,
        survey_round_id=upload.survey_round_id,
        association_id=upload.association_id,
        locale=upload.locale,
        file_name=printable(upload.file_name)[-FILE_NAME_MAXIMUM:] or "?",
        content=upload.content,
        state=RunState.WAITING,
        rows_done=0,
        created_at=at,
    )
    session.add(run)
    session.flush()
    record(
        session,
        "import_received",
        of=("import_run", run.id),
        user_id=user_id,
        at=at,
        after={"file_name": run.file_name, "bytes": len(upload.content)},
    )
    return run.id


def claim(session: Session, *, at: datetime, run_id: int | None = None) -> int | None:
    """Take an import that waits, or whose worker was lost; None where there is none.

    With `run_id` only that one. One of several takers gets it.
    """
    only = None if run_id is None else ImportRun.id == run_id
    return claiming.claim(session, WORK, at=at, only=only)


def begin_rows(session: Session, run_id: int, layout: Layout, *, rows_all: int) -> None:
    """Forget what was found out about the rows, to find it out anew."""
    session.execute(delete(ImportRow).where(ImportRow.run_id == run_id))
    _set(session, run_id, layout=_layout_json(layout), rows_all=rows_all, rows_done=0, message=None)


def add_rows(
    session: Session, run_id: int, rows: Iterable[ExaminedRow], *, done: int, at: datetime
) -> None:
    """Keep some examined rows, and how many are done with them."""
    values = [
        {
            "run_id": run_id,
            "number": row.number,
            "outcome": row.outcome,
            "association_id": row.association_id,
            "village_id": row.key[0] if row.key else None,
            "dwelling_type": row.key[1] if row.key else None,
            "base_number": row.base_number,
            "cells": json.dumps(row.cells, ensure_ascii=False),
            "texts": json.dumps(dict(row.texts), ensure_ascii=False),
            "faults": json.dumps(
                [(fault.column, fault.message, fault.place) for fault in row.faults],
                ensure_ascii=False,
            ),
        }
        for row in rows
    ]
    if values:
        session.execute(insert(ImportRow), values)
    _set(session, run_id, rows_done=done, claimed_at=at)


def finish(
    session: Session,
    run_id: int,
    state: RunState,
    *,
    message: str | None = None,
    layout: Layout | None = None,
) -> None:
    """Say where the import has come to."""
    kept = {} if layout is None else {"layout": _layout_json(layout)}
    _set(session, run_id, state=state, message=message, **kept)


def tell_columns(
    session: Session,
    run_id: int,
    *,
    user_id: int,
    layout: Layout,
    told: Mapping[str, str | None],
) -> None:
    """Have the rows examined anew with the columns as told, and remember them for next time."""
    is_survey = bool(layout.meanings)
    for name, holds in told.items():
        kept = header(name)[:FILE_NAME_MAXIMUM]
        session.execute(
            delete(ColumnMemory).where(
                ColumnMemory.user_id == user_id,
                ColumnMemory.header == kept,
                ColumnMemory.is_survey == is_survey,
            )
        )
        session.add(ColumnMemory(user_id=user_id, header=kept, holds=holds, is_survey=is_survey))
        session.flush()
    _set(session, run_id, state=RunState.WAITING, layout=_layout_json(layout))


def tell_header(session: Session, run_id: int, *, sheet: int, header_row: int) -> None:
    """Have the file examined anew from this sheet and header row; 0 where it has no header."""
    layout = Layout(sheet, header_row, (), {}, is_told=True)
    _set(session, run_id, state=RunState.WAITING, layout=_layout_json(layout))


def empty_files(session: Session, *, before: datetime, at: datetime) -> int:
    """Remove the files and rows of imports sent before a moment, and drop what was not imported.

    A file of single answers that nobody has decided about waits a day and no longer.

    What the imports were of, who sent them and which versions they made stays. How many.
    """
    old = list(
        session.scalars(
            select(ImportRun.id).where(
                or_(
                    ImportRun.created_at < before,
                    ImportRun.survey_round_id.is_not(None)
                    & ImportRun.state.in_([RunState.UNREADABLE, *RECHECKED])
                    & (ImportRun.created_at < at - ANSWERS_WAIT),
                ),
                ImportRun.emptied_at.is_(None),
                ImportRun.state.not_in(AT_WORK),
            )
        )
    )
    session.execute(delete(ImportRow).where(ImportRow.run_id.in_(old)))
    session.execute(
        update(ImportRun)
        .where(ImportRun.id.in_(old), ImportRun.state.in_(RECHECKED))
        .values(state=RunState.CANCELLED),
        execution_options={"synchronize_session": False},
    )
    session.execute(
        update(ImportRun)
        .where(ImportRun.id.in_(old))
        .values(content=b"", layout=None, emptied_at=at),
        execution_options={"synchronize_session": False},
    )
    return len(old)


def forget(session: Session, run_id: int) -> None:
    """Keep nothing of what a file said, but what became of each of its rows."""
    session.execute(
        update(ImportRow).where(ImportRow.run_id == run_id).values(cells="[]", texts="{}"),
        execution_options={"synchronize_session": False},
    )
    _set(session, run_id, content=b"")


def _set(session: Session, run_id: int, **values: object) -> None:
    session.execute(
        update(ImportRun).where(ImportRun.id == run_id).values(**values),
        execution_options={"synchronize_session": False},
    )


def _layout_json(layout: Layout) -> str:
    return json.dumps(
        {
            "sheet": layout.sheet,
            "header_row": layout.header_row,
            "header": layout.header,
            "positions": {column.value: at for column, at in layout.positions.items()},
            "sheets": layout.sheets,
            "meanings": layout.meanings,
            "is_told": layout.is_told,
        },
        ensure_ascii=False,
    )
