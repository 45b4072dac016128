"""What an approval costs: the derived rows worked out anew, beside rewriting the same rows."""

from collections.abc import Callable, Iterator
from functools import partial

from sqlalchemy import Engine, TextClause, text
from sqlalchemy.orm import Session

from bench.figures import Figure
from bench.load import turns
from bench.plan import Plan
from bench.seed import CARRY_FORWARD_MONTHS, NOW
from outreach.accounts.rules import NOBODY
from outreach.connections.commands.publish import rebuild
from outreach.connections.commands.review import Reviewer, approve
from outreach.database.transaction import unhurried

REWRITTEN = "delete and insert"


def published(engine: Engine, plan: Plan) -> Iterator[Figure]:
    """An approval of the newest report, of a correction to the oldest, and everything anew.

    Each is rolled back, so that every run does the same work; the commit is not in it.
    """
    with Session(engine) as session:
        unhurried(session)
        for name, statement in (("newest", NEWEST), ("oldest", OLDEST)):
            version = _submitted_again(session, statement)
            approval = partial(_approve, session, version)
            yield _beside(session, plan, f"approving the {name} report", approval)
        _keep_rows(session, "SELECT * FROM village_status")
        yield _beside(session, plan, "publishing everything anew", partial(_rebuild, session))
        session.rollback()


def _beside(session: Session, plan: Plan, what: str, call: Callable[[], None]) -> Figure:
    calls = {
        what: partial(_undone, session, call),
        REWRITTEN: partial(_undone, session, partial(_rewrite, session)),
    }
    seconds = turns(calls, runs=plan.runs)
    return Figure(what, "s", seconds[what], REWRITTEN, seconds[REWRITTEN])


def _submitted_again(session: Session, statement: TextClause) -> int:
    """A correction of a report that waits for approval; the rows it concerns are kept aside."""
    report_id, since = session.execute(statement).one()
    version = session.execute(CORRECTION, {"report": report_id}).scalar_one()
    _keep_rows(session, CONCERNED, report=report_id, since=since)
    return int(version)


def _keep_rows(session: Session, query: str, **parameters: object) -> None:
    session.execute(text("DROP TABLE IF EXISTS same_rows"))
    session.execute(text(f"CREATE TEMPORARY TABLE same_rows AS {query}"), parameters)


def _undone(session: Session, call: Callable[[], None]) -> None:
    savepoint = session.begin_nested()
    call()
    session.flush()
    savepoint.rollback()


def _approve(session: Session, version: int) -> None:
    by = Reviewer(NOBODY, NOW)
    approve(session, version, by=by, carry_forward_months=CARRY_FORWARD_MONTHS)


def _rebuild(session: Session) -> None:
    rebuild(session, carry_forward_months=CARRY_FORWARD_MONTHS, at=NOW)


def _rewrite(session: Session) -> None:
    session.execute(DELETED)
    session.execute(INSERTED)


_REPORT = """
    SELECT r.id, o.reference_date
    FROM connection_report r JOIN reporting_round o ON o.id = r.round_id
"""
NEWEST = text(f"{_REPORT} ORDER BY o.reference_date DESC, r.id LIMIT 1")
OLDEST = text(f"{_REPORT} ORDER BY o.reference_date, r.id LIMIT 1")
# The same report with one home connected less in each village.
CORRECTION = text(
    """
    WITH version AS (
        INSERT INTO report_version (report_id, number, receipt, state, submitted_at,
                                    submission_key, content_hash, warnings)
        SELECT id, 2, 'C' || id, 'submitted', now(), 'again-' || id, 'hash', 0
        FROM connection_report WHERE id = :report
        RETURNING id
    ), fewer AS (
        SELECT c.*, greatest(c.connected - 1, 0) AS fewer_connected
        FROM connection_count c
        JOIN report_version v ON v.id = c.version_id
        WHERE v.report_id = :report
    ), counts AS (
        INSERT INTO connection_count (version_id, village_id, dwelling_type, dwellings,
            dwellings_source, homes_passed, connected, active, is_unchanged)
        SELECT version.id, village_id, dwelling_type, dwellings, dwellings_source, homes_passed,
               fewer_connected, least(active, fewer_connected), false
        FROM version, fewer
    )
    SELECT id FROM version
    """
)
CONCERNED = """
    SELECT * FROM village_status
    WHERE reference_date >= :since AND village_id IN (
        SELECT c.village_id FROM connection_count c
        JOIN report_version v ON v.id = c.version_id WHERE v.report_id = :report)
"""
DELETED = text(
    """
    DELETE FROM village_status s USING same_rows r
    WHERE s.village_id = r.village_id AND s.reference_date = r.reference_date
      AND s.dwelling_type = r.dwelling_type
    """
)
INSERTED = text("INSERT INTO village_status SELECT * FROM same_rows")
