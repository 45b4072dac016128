"""Reports follow villages that pass to another association: whose count holds, who is expected."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.associations.listeners import Handed, VillagesGivenBack, VillagesHanded
from outreach.associations.models import HandedVillage
from outreach.connections.models import (
    ConnectionCount,
    ConnectionReport,
    ExpectedPair,
    ReportingRound,
    ReportVersion,
)
from outreach.connections.queries.figures import says_something
from outreach.connections.rules import ReportState, RoundState
from outreach.database.audit import record
from outreach.rules import RuleBroken

SENT_IN = (ReportState.SUBMITTED, ReportState.APPROVED)
STILL_OPEN = (RoundState.PLANNED, RoundState.OPEN)


def take_over(session: Session, change: VillagesHanded) -> None:
    """Let the receivers answer for the villages from their next reports on.

    What a receiver has already reported for a date after the take-over speaks of its own network
    alone, so that its reports answer for both only from the day after. Open rounds expect the
    receiver where the other has not reported yet.
    """
    for handed in change.villages:
        reported = _latest_date(session, handed, since=handed.takes_effect)
        part = session.get_one(HandedVillage, handed.id)
        part.counts_from = max(
            handed.takes_effect, reported + timedelta(days=1) if reported else date.min
        )
        _expect(
            session,
            handed,
            sides=(handed.from_association_id, handed.to_association_id),
            change=change,
        )
    session.flush()


def give_back(session: Session, change: VillagesGivenBack) -> None:
    """Let the former associations be expected again.

    Raises RuleBroken `reported_since` where a receiver has reported a village since it took over.
    """
    for handed in change.villages:
        part = session.get_one(HandedVillage, handed.id)
        if _latest_date(session, handed, since=part.counts_from) is not None:
            raise RuleBroken("succession", "reported_since")
        sides = (handed.to_association_id, handed.from_association_id)
        _expect(session, handed, sides=sides, change=change, is_shared=not part.is_new)
    session.flush()


def _latest_date(session: Session, handed: Handed, *, since: date) -> date | None:
    """The latest reference date for which the receiver has sent in a count of the village."""
    return session.scalar(
        select(func.max(ReportingRound.reference_date))
        .join(ConnectionReport, ConnectionReport.round_id == ReportingRound.id)
        .join(ReportVersion, ReportVersion.report_id == ConnectionReport.id)
        .join(ConnectionCount, ConnectionCount.version_id == ReportVersion.id)
        .where(
            ConnectionReport.association_id == handed.to_association_id,
            ConnectionCount.village_id == handed.village_id,
            ReportingRound.reference_date >= since,
            ReportVersion.state.in_(SENT_IN),
            says_something(),
        )
    )


def _expect(
    session: Session,
    handed: Handed,
    *,
    sides: tuple[int, int],
    change: VillagesHanded | VillagesGivenBack,
    is_shared: bool = False,
) -> None:
    """In open rounds of the days concerned, expect the second of two instead of the first.

    Where both serve the village, the second is expected beside the first.
    """
    one, other = sides
    for pair in _still_owed(session, handed, by=one):
        is_there = select(ExpectedPair.id).where(
            ExpectedPair.round_id == pair.round_id,
            ExpectedPair.association_id == other,
            ExpectedPair.village_id == handed.village_id,
        )
        if session.scalar(is_there) is None:
            session.add(
                ExpectedPair(
                    round_id=pair.round_id,
                    association_id=other,
                    village_id=handed.village_id,
                    added_by_id=change.user_id,
                    added_at=change.at,
                )
            )
        record(
            session,
            "expected_passed_on",
            of=("reporting_round", pair.round_id),
            user_id=change.user_id,
            at=change.at,
            before={"association_id": one, "village_id": handed.village_id},
            after={"association_id": other, "village_id": handed.village_id},
        )
        if not is_shared:
            session.delete(pair)


def _still_owed(session: Session, handed: Handed, *, by: int) -> Sequence[ExpectedPair]:
    """What an association is expected to report of the village, and has not sent in."""
    has_reported = (
        select(ConnectionCount.id)
        .join(ReportVersion, ReportVersion.id == ConnectionCount.version_id)
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .where(
            ConnectionReport.association_id == by,
            ConnectionReport.round_id == ExpectedPair.round_id,
            ConnectionCount.village_id == handed.village_id,
            ReportVersion.state.in_(SENT_IN),
        )
        .exists()
    )
    return session.scalars(
        select(ExpectedPair)
        .join(ReportingRound, ReportingRound.id == ExpectedPair.round_id)
        .where(
            ExpectedPair.association_id == by,
            ExpectedPair.village_id == handed.village_id,
            ReportingRound.reference_date >= handed.takes_effect,
            ReportingRound.state.in_(STILL_OPEN),
            ~has_reported,
        )
        .order_by(ExpectedPair.id)
    ).all()
