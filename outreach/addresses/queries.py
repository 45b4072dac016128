"""Countings as their pages show them, and the villages that addresses are counted into."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.addresses.kept import from_json
from outreach.addresses.models import AddressCount
from outreach.addresses.rules import AT_WORK, Counted, CountState, Village
from outreach.addresses.zones import Zone, zone
from outreach.associations.models import Association
from outreach.associations.queries.conditions import within
from outreach.connections.models import ReportingRound
from outreach.database.ordering import swedish_order
from outreach.database.spatial import loaded
from outreach.places.models import Municipality, VillagePopulation
from outreach.places.models import Village as Place
from outreach.places.queries.names import MUNICIPALITY_NAME


@dataclass(frozen=True, slots=True)
class Counting:
    """A counting with the sums as they are kept."""

    id: int
    user_id: int
    round_id: int
    reference_date: date
    association_id: int
    association: str
    locale: str
    file_name: str
    spool_name: str
    state: CountState
    message: str | None
    bytes_all: int
    bytes_done: int
    created_at: datetime
    import_run_id: int | None
    kept: str | None

    @property
    def counted(self) -> Counted | None:
        """The sums, None until there are any."""
        return None if self.kept is None else from_json(self.kept)

    @property
    def is_at_work(self) -> bool:
        """Whether the program has something to do with it."""
        return self.state in AT_WORK


def counting_of(session: Session, counting_id: int, *, user_id: int) -> Counting | None:
    """A person's own counting with its sums; None for all others."""
    is_own = AddressCount.user_id == user_id
    return next(iter(_countings(session, AddressCount.id == counting_id, is_own, most=1)), None)


def counting_by_id(session: Session, counting_id: int) -> Counting:
    """A counting for the worker."""
    return _countings(session, AddressCount.id == counting_id, most=1)[0]


def countings_of(session: Session, *, user_id: int, most: int = 20) -> list[Counting]:
    """A person's latest countings."""
    return _countings(session, AddressCount.user_id == user_id, most=most)


def association_choices(session: Session, *, reach: Reach) -> list[tuple[int, str]]:
    """The associations that the person reports for, by name."""
    rows = session.execute(
        select(Association.id, Association.name)
        .where(within(reach))
        .order_by(swedish_order(Association.name), Association.id)
    )
    return [(association_id, name) for association_id, name in rows]


def spooled(session: Session) -> set[str]:
    """The names of the files that are still needed."""
    query = select(AddressCount.spool_name).where(AddressCount.state.in_(AT_WORK))
    return set(session.scalars(query))


def zones_around(
    session: Session, village_ids: set[int], *, on: date
) -> tuple[list[Zone], list[Village]]:
    """All villages of the counties in which these lie, and those of these that can't be located.

    An address near a border is so counted where it lies, whoever reports for it. The area is of the
    newest population figure of that day or before.
    """
    counties = (
        select(Municipality.county_code)
        .join(Place, Place.municipality_code == Municipality.code)
        .where(Place.id.in_(village_ids))
    )
    newest = (
        select(VillagePopulation.area_hectares)
        .where(
            VillagePopulation.village_id == Place.id,
            VillagePopulation.reference_date <= on,
            VillagePopulation.area_hectares.is_not(None),
        )
        .order_by(VillagePopulation.reference_date.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Place.id, Place.code, Place.name, MUNICIPALITY_NAME, Place.point, Place.area, newest)
        .join(Municipality, Municipality.code == Place.municipality_code)
        .where(Municipality.county_code.in_(counties))
        .order_by(Place.code)
    )
    zones, unknown = [], []
    for village_id, code, name, municipality, point, area, hectares in rows:
        village = Village(code, name, municipality)
        found = zone(
            village,
            outline=None if area is None else loaded(area),
            point=None if point is None else loaded(point),
            hectares=hectares,
        )
        if found is not None:
            zones.append(found)
        elif village_id in village_ids:
            unknown.append(village)
    return zones, unknown


def _countings(session: Session, *conditions: ColumnElement[bool], most: int) -> list[Counting]:
    rows = session.execute(
        select(AddressCount, ReportingRound.reference_date, Association.name)
        .join(ReportingRound, ReportingRound.id == AddressCount.round_id)
        .join(Association, Association.id == AddressCount.association_id)
        .where(*conditions)
        .order_by(AddressCount.id.desc())
        .limit(most)
        .execution_options(populate_existing=True)
    )
    return [_counting(*row) for row in rows]


def _counting(row: AddressCount, reference_date: date, association: str) -> Counting:
    return Counting(
        id=row.id,
        user_id=row.user_id,
        round_id=row.round_id,
        reference_date=reference_date,
        association_id=row.association_id,
        association=association,
        locale=row.locale,
        file_name=row.file_name,
        spool_name=row.spool_name,
        state=row.state,
        message=row.message,
        bytes_all=row.bytes_all,
        bytes_done=row.bytes_done,
        created_at=row.created_at,
        import_run_id=row.import_run_id,
        kept=row.counted,
    )
