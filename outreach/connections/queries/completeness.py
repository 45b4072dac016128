"""How complete a round is, by municipality and county: counts of distinct expected pairs."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Integer, case, func, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.connections.models import ConnectionReport, ReportVersion, RoundRefusal
from outreach.connections.queries.progress import pair_progress
from outreach.connections.rounds import whole_percent
from outreach.connections.rules import ReportState
from outreach.database.ordering import swedish_order
from outreach.places.models import County, Municipality
from outreach.places.queries.names import MUNICIPALITY_NAME


@dataclass(frozen=True, slots=True)
class Completeness:
    """Expected pairs of association and village, and what has become of them.

    `returned` are those of associations whose newest version was sent back, `refused` those that
    are missing because the association was asked and will not answer.
    """

    expected: int = 0
    received: int = 0
    on_time: int = 0
    returned: int = 0
    approved: int = 0
    refused: int = 0

    def __add__(self, other: "Completeness") -> "Completeness":
        return Completeness(
            self.expected + other.expected,
            self.received + other.received,
            self.on_time + other.on_time,
            self.returned + other.returned,
            self.approved + other.approved,
            self.refused + other.refused,
        )

    @property
    def waited_for(self) -> int:
        """Pairs that may still come in."""
        return self.expected - self.received - self.refused

    @property
    def received_share(self) -> float | None:
        """The reporting rate; None where nothing is expected."""
        return self.received / self.expected if self.expected else None

    @property
    def on_time_share(self) -> float | None:
        """The on-time rate; None where nothing is expected."""
        return self.on_time / self.expected if self.expected else None

    @property
    def received_shown(self) -> float | None:
        """The reporting rate to print, rounded down to whole percent."""
        return whole_percent(self.received, self.expected)

    @property
    def on_time_shown(self) -> float | None:
        """The on-time rate to print, rounded down to whole percent."""
        return whole_percent(self.on_time, self.expected)

    @property
    def approved_shown(self) -> float | None:
        """The share that is approved, to print, rounded down to whole percent."""
        return whole_percent(self.approved, self.expected)


@dataclass(frozen=True, slots=True)
class AreaProgress:
    """A municipality, or a county with all of its municipalities."""

    code: str
    name: str
    county_code: str
    counts: Completeness


def municipality_progress(session: Session, round_id: int, *, reach: Reach) -> list[AreaProgress]:
    """The municipalities in which something is expected, by county and name. Two statements.

    The pairs are those of associations within reach, counted where the village lies.
    """
    pairs = pair_progress(session, round_id, reach=reach)
    newest = (
        select(ReportVersion.report_id, func.max(ReportVersion.number).label("number"))
        .group_by(ReportVersion.report_id)
        .subquery()
    )
    returned = (
        select(ConnectionReport.association_id)
        .join(ReportVersion, ReportVersion.report_id == ConnectionReport.id)
        .join(
            newest,
            (newest.c.report_id == ReportVersion.report_id)
            & (newest.c.number == ReportVersion.number),
        )
        .where(ConnectionReport.round_id == round_id, ReportVersion.state == ReportState.RETURNED)
    )
    refused = select(RoundRefusal.association_id).where(
        RoundRefusal.round_id == round_id, RoundRefusal.withdrawn_at.is_(None)
    )
    is_returned = pairs.c.association_id.in_(returned)
    is_refused = pairs.c.association_id.in_(refused) & (pairs.c.received == 0)
    rows = session.execute(
        select(
            Municipality.code,
            MUNICIPALITY_NAME,
            Municipality.county_code,
            func.count(),
            func.sum(pairs.c.received, type_=Integer),
            func.sum(pairs.c.on_time, type_=Integer),
            func.sum(case((is_returned, 1), else_=0), type_=Integer),
            func.sum(pairs.c.approved, type_=Integer),
            func.sum(case((is_refused, 1), else_=0), type_=Integer),
        )
        .select_from(pairs)
        .join(Municipality, Municipality.code == pairs.c.municipality_code)
        .group_by(Municipality.code, Municipality.name, Municipality.county_code)
        .order_by(Municipality.county_code, swedish_order(Municipality.name))
    )
    return [AreaProgress(row[0], row[1], row[2], Completeness(*row[3:])) for row in rows]


def county_progress(session: Session, municipalities: Iterable[AreaProgress]) -> list[AreaProgress]:
    """The same summed by county, in the order of their codes."""
    sums: dict[str, Completeness] = {}
    for area in municipalities:
        sums[area.county_code] = sums.get(area.county_code, Completeness()) + area.counts
    names = dict(session.execute(select(County.code, County.name)).all())
    return [AreaProgress(code, names[code], code, counts) for code, counts in sorted(sums.items())]


def total(areas: Iterable[AreaProgress]) -> Completeness:
    """Everything together."""
    return sum((area.counts for area in areas), Completeness())
