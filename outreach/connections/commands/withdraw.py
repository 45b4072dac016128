"""Take back a submitted version that nobody has decided about or built upon."""

from sqlalchemy import ScalarSelect, func, select, update
from sqlalchemy.orm import Session

from outreach.connections.commands.review import AlreadyDecided, Reviewer
from outreach.connections.models import ReportVersion
from outreach.connections.rules import ReportState
from outreach.database.audit import record


def withdraw(
    session: Session, version_id: int, *, by: Reviewer, restoring: int | None = None
) -> None:
    """Let the version count for nothing any more, and wait for review again what waited before it.

    The version stays in the history with the time it was taken back. Raises AlreadyDecided where
    it no longer waits, or a newer one has come.
    """
    taken = session.scalars(
        update(ReportVersion)
        .where(
            ReportVersion.id == version_id,
            ReportVersion.state == ReportState.SUBMITTED,
            ReportVersion.number == _newest_beside(version_id),
        )
        .values(state=ReportState.SUPERSEDED, withdrawn_at=by.at)
        .returning(ReportVersion.id),
        execution_options={"synchronize_session": False},
    ).all()
    if not taken:
        raise AlreadyDecided(version_id)
    if restoring is not None:
        _restore(session, restoring)
    session.expire_all()
    record(
        session,
        "withdrawn",
        of=("report_version", version_id),
        user_id=by.reach.user_id,
        at=by.at,
        before={"state": ReportState.SUBMITTED.value},
        after={"state": ReportState.SUPERSEDED.value, "restored": restoring},
    )


def _newest_beside(version_id: int) -> ScalarSelect[int]:
    """The number of the newest version of the same report."""
    report = select(ReportVersion.report_id).where(ReportVersion.id == version_id)
    return (
        select(func.max(ReportVersion.number))
        .where(ReportVersion.report_id == report.scalar_subquery())
        .scalar_subquery()
    )


def _restore(session: Session, version_id: int) -> None:
    session.execute(
        update(ReportVersion)
        .where(
            ReportVersion.id == version_id,
            ReportVersion.state == ReportState.SUPERSEDED,
            ReportVersion.decided_at.is_(None),
        )
        .values(state=ReportState.SUBMITTED),
        execution_options={"synchronize_session": False},
    )
