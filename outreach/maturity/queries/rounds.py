"""Survey rounds with their links and how many have answered; never a single answer."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Row, Select, func, select, true
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.database.ordering import swedish_order
from outreach.maturity.models import SurveyAnswer, SurveyLink, SurveyRound, SurveyTally
from outreach.maturity.queries.sums import TALLY_LEVELS
from outreach.maturity.rules import SurveyState
from outreach.places.models import County, Municipality
from outreach.places.queries.names import MUNICIPALITY_NAME


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round with its county's name."""

    id: int
    county_code: str
    county: str
    reference_date: date
    questionnaire: int
    small_village: int
    state: SurveyState
    opened_at: datetime
    closed_at: datetime | None
    is_demonstration: bool

    @property
    def is_open(self) -> bool:
        """Whether answers are taken."""
        return self.state is SurveyState.OPEN


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link as staff see it: where it is used, never its secret."""

    id: int
    label: str
    is_kiosk: bool
    created_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link that lets somebody answer now."""

    id: int
    is_kiosk: bool
    round_id: int


@dataclass(frozen=True, slots=True)
class Answered:
    """How many have answered in a municipality."""

    code: str
    name: str
    persons: int


def rounds_within(session: Session, reach: Reach) -> list[RoundRow]:
    """The rounds of the person's counties, newest first."""
    query = _rounds().where(_in_reach(reach))
    return [_round(row) for row in session.execute(query)]


def round_within(session: Session, round_id: int, *, reach: Reach) -> RoundRow | None:
    """One round within reach; None for all others."""
    row = session.execute(
        _rounds().where(SurveyRound.id == round_id, _in_reach(reach))
    ).one_or_none()
    return None if row is None else _round(row)


def round_by_id(session: Session, round_id: int) -> RoundRow:
    """A round that is known to exist."""
    return _round(session.execute(_rounds().where(SurveyRound.id == round_id)).one())


def published_rounds(session: Session) -> list[RoundRow]:
    """The closed rounds of all counties, newest first: what the public reads."""
    query = _rounds().where(SurveyRound.state == SurveyState.CLOSED)
    return [_round(row) for row in session.execute(query)]


def counties_of(session: Session, reach: Reach) -> list[tuple[str, str]]:
    """Code and name of each county that the person may open rounds in."""
    query = select(County.code, County.name).order_by(swedish_order(County.name))
    if not reach.is_administrator:
        query = query.where(County.code.in_(sorted(reach.counties)))
    return [(row.code, row.name) for row in session.execute(query)]


def links_of(session: Session, round_id: int) -> list[LinkRow]:
    """The links of a round, the newest first."""
    rows = session.execute(
        select(
            SurveyLink.id,
            SurveyLink.label,
            SurveyLink.is_kiosk,
            SurveyLink.created_at,
            SurveyLink.ended_at,
        )
        .where(SurveyLink.round_id == round_id)
        .order_by(SurveyLink.id.desc())
    )
    return [LinkRow(*row) for row in rows]


def link_by_hash(session: Session, key_hash: str) -> OpenLink | None:
    """The link of a secret, if it lets anybody in."""
    return _open_link(session, SurveyLink.key_hash == key_hash)


def link_by_id(session: Session, link_id: int) -> OpenLink | None:
    """The link of a visit, if it still lets anybody in."""
    return _open_link(session, SurveyLink.id == link_id)


def answered(session: Session, of: RoundRow) -> list[Answered]:
    """How many have answered in each municipality of the round's county."""
    persons = sum(
        (getattr(SurveyTally, name) for name in TALLY_LEVELS[1:]), SurveyTally.above_basic
    )
    counts: dict[str, int] = defaultdict(int)
    for model, number in ((SurveyAnswer, func.count()), (SurveyTally, func.sum(persons))):
        found = session.execute(
            select(model.municipality_code, number)
            .where(model.round_id == of.id)
            .group_by(model.municipality_code)
        )
        for code, counted in found:
            counts[code] += int(counted)
    rows = session.execute(
        select(Municipality.code, MUNICIPALITY_NAME)
        .where(Municipality.county_code == of.county_code)
        .order_by(swedish_order(Municipality.name))
    )
    return [Answered(row.code, row.name, counts[row.code]) for row in rows]


def _open_link(session: Session, which: ColumnElement[bool]) -> OpenLink | None:
    row = session.execute(
        select(SurveyLink.id, SurveyLink.is_kiosk, SurveyLink.round_id)
        .join(SurveyRound, SurveyRound.id == SurveyLink.round_id)
        .where(which, SurveyLink.ended_at.is_(None), SurveyRound.state == SurveyState.OPEN)
    ).one_or_none()
    return None if row is None else OpenLink(*row)


def _rounds() -> Select[*tuple[object, ...]]:
    return (
        select(
            SurveyRound.id,
            SurveyRound.county_code,
            County.name.label("county"),
            SurveyRound.reference_date,
            SurveyRound.questionnaire,
            SurveyRound.small_village,
            SurveyRound.state,
            SurveyRound.opened_at,
            SurveyRound.closed_at,
            SurveyRound.is_demonstration,
        )
        .join(County, County.code == SurveyRound.county_code)
        .order_by(SurveyRound.reference_date.desc(), SurveyRound.county_code)
    )


def _round(row: Row[*tuple[object, ...]]) -> RoundRow:
    return RoundRow(**row._asdict())


def _in_reach(reach: Reach) -> ColumnElement[bool]:
    if reach.is_administrator:
        return true()
    return SurveyRound.county_code.in_(sorted(reach.counties))
