"""Import what was examined, all of it in one transaction, and undo it as long as that is right."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.connections.commands.review import Reviewer
from outreach.connections.commands.submit import BaseOutdated, Submission, hash_of, submit
from outreach.connections.commands.withdraw import withdraw
from outreach.connections.forms.report import ReportForm
from outreach.connections.models import ReportVersion
from outreach.connections.queries.grid import RowKey, grid_rows
from outreach.connections.queries.report_head import ReportHead, report_head
from outreach.connections.rules import ReportState
from outreach.database.audit import record
from outreach.exchange.checking import overlaid_texts
from outreach.exchange.models import ImportRun, ImportVersion
from outreach.exchange.queries.rows import taken_rows, versions_of
from outreach.exchange.queries.runs import Run
from outreach.exchange.rules import RunState


class Outdated(Exception):
    """What was examined no longer holds: somebody has reported, or the rules say otherwise now."""


class NotThisState(Exception):
    """The import is not where this can be done; somebody was faster, or pressed twice."""


def queue(session: Session, run_id: int) -> None:
    """Have the good rows imported. Raises NotThisState."""
    move(session, run_id, RunState.EXAMINED, RunState.QUEUED)


def drop(session: Session, run_id: int, *, user_id: int, at: datetime) -> None:
    """Import nothing of it. Raises NotThisState."""
    try:
        move(session, run_id, RunState.EXAMINED, RunState.CANCELLED)
    except NotThisState:
        move(session, run_id, RunState.NEEDS_COLUMNS, RunState.CANCELLED)
    record(session, "import_dropped", of=("import_run", run_id), user_id=user_id, at=at)


def import_rows(session: Session, run: Run, *, reach: Reach, at: datetime) -> int:
    """Submit a version for each association that the good rows change something of; how many.

    All or nothing: the caller's transaction holds every one of them. The keys of the submissions
    belong to the import, so that it can't be done twice. Raises Outdated and WindowClosed.
    """
    by_association = taken_rows(session, run.id)
    for association_id, rows in by_association.items():
        head = report_head(
            session, association_id, reference_date=run.reference_date, reach=reach, at=at
        )
        if head is None or head.base_number != rows.base_number:
            raise Outdated
        _submit(session, run, head, rows.texts, at=at)
    move(session, run.id, RunState.IMPORTING, RunState.IMPORTED, imported_at=at, message=None)
    record(
        session,
        "imported",
        of=("import_run", run.id),
        user_id=run.user_id,
        at=at,
        after={
            "file_name": run.file_name,
            "reference_date": run.reference_date.isoformat(),
            "reports": len(by_association),
            "rows": sum(len(rows.texts) for rows in by_association.values()),
        },
    )
    return len(by_association)


def undo(session: Session, run: Run, *, by: Reviewer) -> None:
    """Take back every version that the import made, or none.

    What waited for review before it waits again. Raises AlreadyDecided where somebody has
    submitted or decided since, and NotThisState.
    """
    move(session, run.id, RunState.IMPORTED, RunState.UNDONE, undone_at=by.at)
    for made in versions_of(session, run.id):
        withdraw(session, made.version_id, by=by, restoring=made.replaced_id)
    record(session, "import_undone", of=("import_run", run.id), user_id=run.user_id, at=by.at)


def _submit(
    session: Session,
    run: Run,
    head: ReportHead,
    rows: dict[RowKey, dict[str, str]],
    *,
    at: datetime,
) -> None:
    typed = overlaid_texts(session, head, rows)
    entry = ReportForm(grid_rows(session, head), typed).check()
    if entry is None:
        raise Outdated
    waiting = session.scalar(
        select(ReportVersion.id).where(
            ReportVersion.report_id == head.report_id, ReportVersion.state == ReportState.SUBMITTED
        )
    )
    submission = Submission(
        key=f"import-{run.id}-{head.association_id}",
        content_hash=hash_of(head, typed.texts),
        base_number=head.base_number,
        user_id=run.user_id,
        at=at,
        is_import=True,
    )
    try:
        stored = submit(session, head, entry, submission=submission)
    except BaseOutdated as error:
        raise Outdated from error
    session.add(ImportVersion(run_id=run.id, version_id=stored.version_id, replaced_id=waiting))
    session.flush()


def move(
    session: Session, run_id: int, before: RunState, after: RunState, **values: object
) -> None:
    """Change the state if, and only if, it still is `before`: one of several wins.

    Raises NotThisState.
    """
    moved = session.scalars(
        update(ImportRun)
        .where(ImportRun.id == run_id, ImportRun.state == before)
        .values(state=after, **values)
        .returning(ImportRun.id),
        execution_options={"synchronize_session": False},
    ).all()
    if not moved:
        raise NotThisState(run_id)
