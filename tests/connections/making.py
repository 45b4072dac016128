"""Reports and versions for tests of connections, put straight into the tables."""

from dataclasses import dataclass
from datetime import datetime
from itertools import count

from sqlalchemy.orm import Session

from outreach.associations.models import Association
from outreach.connections.models import (
    ConnectionCount,
    ConnectionReport,
    ExpectedPair,
    ReportingRound,
    ReportVersion,
)
from outreach.connections.rules import DwellingsSource, ReportState
from outreach.measures.classes import DwellingType
from outreach.places.models import Village
from tests.factories import NOW

PERMANENT = DwellingType("permanent")
HOLIDAY = DwellingType("holiday")
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of one village in a report."""

    dwellings: int | None = None
    homes_passed: int | None = None
    connected: int | None = None
    active: int | None = None
    source: DwellingsSource = DwellingsSource.REPORTER
    dwelling_type: DwellingType = PERMANENT
    is_unchanged: bool = False


def expected(
    session: Session, of: Association, in_round: ReportingRound, *villages: Village
) -> None:
    """The association is expected to report the villages in the round."""
    for place in villages:
        session.add(
            ExpectedPair(
                round_id=in_round.id, association_id=of.id, village_id=place.id, added_at=NOW
            )
        )
    session.flush()


def report(session: Session, of: Association, in_round: ReportingRound) -> ConnectionReport:
    """The report of an association in a round, the same one when asked for again."""
    found = (
        session.query(ConnectionReport)
        .filter_by(association_id=of.id, round_id=in_round.id)
        .one_or_none()
    )
    if found is None:
        found = ConnectionReport(association_id=of.id, round_id=in_round.id, created_at=NOW)
        session.add(found)
        session.flush()
    return found


def version(
    session: Session,
    of: ConnectionReport,
    *,
    counts: list[tuple[Village, Counts]],
    state: ReportState = ReportState.APPROVED,
    number: int = 1,
    at: datetime = NOW,
) -> ReportVersion:
    """One version of a report with its counts, in the state given."""
    serial = next(_numbers)
    made = ReportVersion(
        report_id=of.id,
        number=number,
        receipt=f"TEST-{serial}",
        state=state,
        submitted_at=at,
        submission_key=f"key-{serial}",
        content_hash=f"hash-{serial}",
        warnings=0,
    )
    session.add(made)
    session.flush()
    for place, figures in counts:
        session.add(
            ConnectionCount(
                version_id=made.id,
                village_id=place.id,
                dwelling_type=figures.dwelling_type,
                dwellings=figures.dwellings,
                dwellings_source=figures.source,
                homes_passed=figures.homes_passed,
                connected=figures.connected,
                active=figures.active,
                is_unchanged=figures.is_unchanged,
            )
        )
    session.flush()
    return made


def approved(
    session: Session,
    of: Association,
    in_round: ReportingRound,
    *,
    counts: list[tuple[Village, Counts]],
) -> ReportVersion:
    """An approved first version of the association's report in the round."""
    return version(session, report(session, of, in_round), counts=counts)
