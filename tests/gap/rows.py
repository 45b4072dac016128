"""Published rows for tests of the gap: what an approval would have written."""

from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from outreach.connections.models import ReportingRound, VillageStatus
from outreach.connections.queries.status_sums import status_sums
from outreach.connections.rules import VillageState
from outreach.connections.sum_models import StatusSum
from outreach.measures.classes import DwellingType, SettlementClass
from outreach.measures.rates import Counts
from outreach.places.models import Village
from tests import factories
from tests.factories import At

DAY = date(2025, 10, 1)
MIDDLE = At()
TATORT, SMAORT, OUTSIDE = (
    SettlementClass.tatort,
    SettlementClass.smaort,
    SettlementClass.outside,
)


def place(
    session: Session,
    name: str = "Byn",
    *,
    settlement_class: SettlementClass = OUTSIDE,
    municipality_code: str = "1080",
    municipality: str = "Karlskrona",
    at: At = MIDDLE,
) -> Village:
    """A village with a class and a municipality of that name."""
    factories.municipality(session, municipality_code, name=municipality)
    return factories.village(
        session,
        name,
        municipality_code=municipality_code,
        settlement_class=settlement_class,
        at=at,
    )


def publish(
    session: Session,
    village: Village,
    counts: Counts | None,
    *,
    on: date = DAY,
    settlement_class: SettlementClass | None = OUTSIDE,
    inhabitants: int | None = 100,
    register: int | None = None,
    reported_on: date | None = None,
    is_expected: bool = True,
    dwellings: DwellingType = DwellingType.permanent,
) -> VillageStatus:
    """One published row; `counts` None is a village without a report."""
    if session.scalar(select(ReportingRound.id).where(ReportingRound.reference_date == on)) is None:
        factories.reporting_round(session, on)
    known = counts or Counts(None, None, None, None)
    if counts is None:
        state = VillageState.MISSING if is_expected else VillageState.NOT_EXPECTED
    else:
        is_old = reported_on is not None and reported_on < on
        state = VillageState.CARRIED_FORWARD if is_old else VillageState.REPORTED
    row = VillageStatus(
        reference_date=on,
        village_id=village.id,
        dwelling_type=dwellings,
        county_code=village.municipality_code[:2],
        municipality_code=village.municipality_code,
        settlement_class=settlement_class,
        inhabitants=inhabitants,
        register_dwellings=known.dwellings if register is None else register,
        state=state,
        associations=0 if counts is None else 1,
        reported_on=None if counts is None else reported_on or on,
        dwellings=known.dwellings,
        homes_passed=known.homes_passed,
        connected=known.connected,
        active=known.active,
        known_from=factories.NOW,
    )
    session.add(row)
    session.flush()
    sum_up(session)
    return row


def sum_up(session: Session) -> None:
    """The sums of all rows, as the rebuild keeps them."""
    session.execute(delete(StatusSum))
    columns, sums = status_sums([])
    session.execute(insert(StatusSum).from_select(columns, sums))


def town_and_country(session: Session, *, on: date = DAY) -> tuple[Village, Village]:
    """One urban village with 90 % passed and 60 % connected; one rural with 50 % and 40 %."""
    town = place(session, "Staden", settlement_class=TATORT)
    country = place(session, "Landet", at=At(510_000, 6_245_000))
    publish(
        session,
        town,
        Counts(1000, 900, 600, 500),
        on=on,
        settlement_class=TATORT,
        inhabitants=4000,
    )
    publish(session, country, Counts(200, 100, 80, 60), on=on)
    return town, country
