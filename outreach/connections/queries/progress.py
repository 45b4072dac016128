"""How far a round has come: which expected pairs of association and village are reported.

Everything is counted in distinct pairs that are expected, so that no share passes 1.

- *Received*: a submitted or approved version answers for the village. A count of the
  association's own or "unchanged" is an answer, an empty row is not; nor is a returned version.
- *On time*: received, and first sent in by the end of the last day. A correction made later does
  not make a report late.
- *Approved*: an approved version answers for the village.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Integer, ScalarSelect, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import CTE, Subquery

from outreach.accounts.rules import Reach
from outreach.associations.models import Association
from outreach.associations.queries.conditions import staffed_by
from outreach.connections.models import (
    ConnectionCount,
    ConnectionReport,
    ExpectedPair,
    ReportDraft,
    ReportingRound,
    ReportVersion,
    RoundRefusal,
)
from outreach.connections.rules import DwellingsSource, ReportState
from outreach.database.ordering import swedish_order
from outreach.days import end_of_day
from outreach.places.models import Municipality, Village

COUNTED = (ReportState.SUBMITTED, ReportState.APPROVED)


class Standing(StrEnum):
    """Where an association stands in a round."""

    APPROVED = "approved"
    RECEIVED = "received"
    PARTLY = "partly"
    RETURNED = "returned"
    DRAFT = "draft"
    MISSING = "missing"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class AssociationProgress:
    """One association that is expected in the round; the counts are of its pairs.

    `is_returned` says that its newest version was sent back and waits for the association.
    """

    association_id: int
    name: str
    county_code: str
    municipality_codes: tuple[str, ...]
    expected: int
    received: int
    on_time: int
    approved: int
    is_returned: bool
    has_draft: bool
    is_refused: bool
    latest_submitted_at: datetime | None

    @property
    def standing(self) -> Standing:
        """Where it stands in one word: what somebody who follows the round has to know first."""
        if self.is_returned:
            return Standing.RETURNED
        if self.approved == self.expected:
            return Standing.APPROVED
        if self.is_complete:
            return Standing.RECEIVED
        if self.is_refused:
            return Standing.REFUSED
        if self.received:
            return Standing.PARTLY
        return Standing.DRAFT if self.has_draft else Standing.MISSING

    @property
    def is_complete(self) -> bool:
        """Whether every village that is expected of it has come in."""
        return self.received == self.expected

    @property
    def is_waited_for(self) -> bool:
        """Whether somebody should call: something is missing and it has not declined."""
        return not self.is_refused and (self.is_returned or not self.is_complete)


def association_progress(
    session: Session, round_id: int, *, reach: Reach, association_id: int | None = None
) -> list[AssociationProgress]:
    """The associations within reach that are expected in the round, by name; or one of them.

    Three statements, however many there are.
    """
    pairs = pair_progress(session, round_id, reach=reach)
    asked = _associations(pairs, round_id)
    if association_id is not None:
        asked = asked.where(Association.id == association_id)
    rows = session.execute(asked).all()
    codes = _municipality_codes(session, pairs)
    newest = _newest_versions(session, round_id)
    return [
        AssociationProgress(
            association_id=row.id,
            name=row.name,
            county_code=row.county_code,
            municipality_codes=codes[row.id],
            expected=row.expected,
            received=row.received,
            on_time=row.on_time,
            approved=row.approved,
            is_returned=newest.get(row.id, (None, None))[0] is ReportState.RETURNED,
            has_draft=row.drafts > 0,
            is_refused=row.refusals > 0,
            latest_submitted_at=newest.get(row.id, (None, None))[1],
        )
        for row in rows
    ]


def pair_progress(session: Session, round_id: int, *, reach: Reach) -> CTE:
    """The expected pairs within reach, each with 0 or 1 for received, on time and approved."""
    due_date = session.scalars(
        select(ReportingRound.due_date).where(ReportingRound.id == round_id)
    ).one()
    answers = _answers(round_id, deadline=end_of_day(due_date))
    received = func.coalesce(answers.c.received, 0, type_=Integer)
    in_time = func.coalesce(answers.c.in_time, 0, type_=Integer)
    return (
        select(
            ExpectedPair.association_id,
            ExpectedPair.village_id,
            Village.municipality_code,
            Municipality.county_code,
            received.label("received"),
            case((received * in_time > 0, 1), else_=0).label("on_time"),
            func.coalesce(answers.c.approved, 0, type_=Integer).label("approved"),
        )
        .join(Association, Association.id == ExpectedPair.association_id)
        .join(Village, Village.id == ExpectedPair.village_id)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .outerjoin(
            answers,
            and_(
                answers.c.association_id == ExpectedPair.association_id,
                answers.c.village_id == ExpectedPair.village_id,
            ),
        )
        .where(ExpectedPair.round_id == round_id, staffed_by(reach))
        .cte("pairs")
    )


def is_answer() -> ColumnElement[bool]:
    """The condition that a stored count says something: a count of one's own, or "unchanged"."""
    return or_(
        ConnectionCount.is_unchanged,
        ConnectionCount.homes_passed.is_not(None),
        ConnectionCount.connected.is_not(None),
        ConnectionCount.active.is_not(None),
        and_(
            ConnectionCount.dwellings.is_not(None),
            ConnectionCount.dwellings_source == DwellingsSource.REPORTER,
        ),
    )


def _answers(round_id: int, *, deadline: datetime) -> CTE:
    """What the round's versions say of each association's villages."""

    def ever(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.max(case((condition, 1), else_=0), type_=Integer)

    return (
        select(
            ConnectionReport.association_id,
            ConnectionCount.village_id,
            ever(ReportVersion.state.in_(COUNTED)).label("received"),
            ever(ReportVersion.submitted_at < deadline).label("in_time"),
            ever(ReportVersion.state == ReportState.APPROVED).label("approved"),
        )
        .join(ReportVersion, ReportVersion.report_id == ConnectionReport.id)
        .join(ConnectionCount, ConnectionCount.version_id == ReportVersion.id)
        .where(ConnectionReport.round_id == round_id, is_answer())
        .group_by(ConnectionReport.association_id, ConnectionCount.village_id)
        .cte("answers")
    )


def _associations(pairs: CTE, round_id: int) -> Select[int, str, str, int, int, int, int, int, int]:
    drafts = _own(ReportDraft, round_id)
    refusals = _own(RoundRefusal, round_id, RoundRefusal.withdrawn_at.is_(None))
    summed = (
        select(
            pairs.c.association_id,
            func.count().label("expected"),
            func.sum(pairs.c.received).label("received"),
            func.sum(pairs.c.on_time).label("on_time"),
            func.sum(pairs.c.approved).label("approved"),
        )
        .group_by(pairs.c.association_id)
        .subquery()
    )
    return (
        select(
            Association.id,
            Association.name,
            Association.county_code,
            summed.c.expected,
            summed.c.received,
            summed.c.on_time,
            summed.c.approved,
            drafts.label("drafts"),
            refusals.label("refusals"),
        )
        .join(summed, summed.c.association_id == Association.id)
        .order_by(swedish_order(Association.name), Association.id)
    )


def _own(
    model: type[ReportDraft] | type[RoundRefusal], round_id: int, *which: ColumnElement[bool]
) -> ScalarSelect[int]:
    """How many of a kind each association has in the round."""
    return (
        select(func.count(model.id))
        .where(model.association_id == Association.id, model.round_id == round_id, *which)
        .correlate(Association)
        .scalar_subquery()
    )


def _municipality_codes(session: Session, pairs: CTE) -> dict[int, tuple[str, ...]]:
    codes: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    rows = session.execute(
        select(pairs.c.association_id, pairs.c.municipality_code)
        .distinct()
        .order_by(pairs.c.association_id, pairs.c.municipality_code)
    )
    for association_id, code in rows:
        codes[association_id] += (code,)
    return codes


def _newest_versions(session: Session, round_id: int) -> dict[int, tuple[ReportState, datetime]]:
    """The state and time of each association's newest version in the round."""
    newest = newest_versions(round_id).c
    rows = session.execute(select(newest.association_id, newest.state, newest.submitted_at))
    return {row.association_id: (row.state, row.submitted_at) for row in rows}


def newest_versions(round_id: int) -> Subquery:
    """Each association's newest version in a round that was not withdrawn, whatever its state."""
    rank = func.row_number().over(
        partition_by=ConnectionReport.association_id, order_by=ReportVersion.number.desc()
    )
    ranked = (
        select(
            ConnectionReport.association_id,
            ReportVersion.id,
            ReportVersion.state,
            ReportVersion.submitted_at,
            ReportVersion.decided_at,
            rank.label("rank"),
        )
        .join(ReportVersion, ReportVersion.report_id == ConnectionReport.id)
        .where(ConnectionReport.round_id == round_id, ReportVersion.withdrawn_at.is_(None))
        .subquery()
    )
    return select(ranked).where(ranked.c.rank == 1).subquery()
