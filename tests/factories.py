"""Rows for tests; each factory states only what matters and fills in the rest."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count

from shapely.geometry import Point
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.models import AccessGrant, Role, User
from outreach.accounts.rules import RoleName
from outreach.associations.models import Association, AssociationContact, ServedVillage
from outreach.associations.rules import AssociationStatus, LegalForm
from outreach.connections.models import ReportingRound
from outreach.database.spatial import stored
from outreach.measures.classes import DwellingType, SettlementClass
from outreach.places.models import (
    County,
    Municipality,
    Village,
    VillageClass,
    VillageDwellings,
    VillagePopulation,
)
from outreach.training.models import Organisation, OrganisationKind

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()
OUTSIDE = SettlementClass("outside")
COUNTIES = {"10": "Blekinge län", "07": "Kronobergs län"}
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class At:
    """Where a test village lies, in SWEREF 99 TM metres."""

    east: float = 500_000
    north: float = 6_240_000


def county(session: Session, code: str = "10", name: str | None = None) -> County:
    """A county, the same one when asked for again."""
    found = session.get(County, code)
    if found is None:
        found = County(code=code, name=name or COUNTIES.get(code, f"Län {code}"))
        session.add(found)
        session.flush()
    return found


def municipality(session: Session, code: str = "1080", *, name: str = "Karlskrona") -> Municipality:
    """A municipality in the county that its code starts with."""
    found = session.get(Municipality, code)
    if found is None:
        county(session, code[:2])
        found = Municipality(code=code, name=name, county_code=code[:2])
        session.add(found)
        session.flush()
    return found


def village(
    session: Session,
    name: str = "Byn",
    *,
    municipality_code: str = "1080",
    settlement_class: SettlementClass = OUTSIDE,
    dwellings: int | None = 100,
    inhabitants: int | None = 210,
    at: At = At(),
) -> Village:
    """A village with one delimitation (2015) and register figures of 2015-12-31."""
    municipality(session, municipality_code)
    made = Village(
        code=f"{municipality_code}-by-{next(_numbers)}",
        name=name,
        municipality_code=municipality_code,
        point=stored(Point(at.east, at.north)),
        source="test",
    )
    session.add(made)
    session.flush()
    start = date(2015, 12, 31)
    session.add(
        VillageClass(
            village_id=made.id,
            delimitation_year=2015,
            valid_from=start,
            settlement_class=settlement_class,
            source="test",
        )
    )
    if dwellings is not None:
        session.add(
            VillageDwellings(
                village_id=made.id,
                reference_date=start,
                dwelling_type=DwellingType("permanent"),
                dwellings=dwellings,
                source="test",
            )
        )
    if inhabitants is not None:
        session.add(
            VillagePopulation(
                village_id=made.id, reference_date=start, inhabitants=inhabitants, source="test"
            )
        )
    session.flush()
    return made


def association(
    session: Session,
    name: str = "Byns Fiber ek. för.",
    *,
    serving: list[Village] | None = None,
    county_code: str = "10",
    since: date = date(2015, 1, 1),
) -> Association:
    """An operating association that has served its villages from `since` on."""
    county(session, county_code)
    made = Association(
        name=name,
        legal_form=LegalForm.ECONOMIC_ASSOCIATION,
        status=AssociationStatus.OPERATING,
        county_code=county_code,
        is_demonstration=False,
        created_at=NOW,
    )
    session.add(made)
    session.flush()
    for place in serving or []:
        session.add(ServedVillage(association_id=made.id, village_id=place.id, valid_from=since))
    session.flush()
    return made


def contact(
    session: Session, of: Association, *, email: str | None = "anna@example.org"
) -> AssociationContact:
    """A present contact of an association."""
    made = AssociationContact(
        association_id=of.id, name="Anna Ask", email=email, valid_from=date(2015, 1, 1)
    )
    session.add(made)
    session.flush()
    return made


def organisation(session: Session, name: str = "Bygdens bibliotek") -> Organisation:
    """A civil society organisation in Blekinge."""
    county(session)
    made = Organisation(name=name, kind=OrganisationKind.LIBRARY, county_code="10", created_at=NOW)
    session.add(made)
    session.flush()
    return made


def reporting_round(
    session: Session, reference_date: date = date(2026, 10, 1), *, due: date | None = None
) -> ReportingRound:
    """A round that is due two months after its reference date."""
    made = ReportingRound(
        reference_date=reference_date,
        due_date=due or date(reference_date.year, 12, 1),
    )
    session.add(made)
    session.flush()
    return made


def user(
    session: Session,
    role: RoleName | None = None,
    *,
    counties: tuple[str, ...] = (),
    associations: tuple[int, ...] = (),
    organisations: tuple[int, ...] = (),
    email: str | None = None,
) -> User:
    """A user with one role and its scope, without a usable password."""
    number = next(_numbers)
    made = User(
        email=email or f"user{number}@example.org",
        name=f"User {number}",
        active=True,
        fs_uniquifier=f"uniquifier-{number}",
        locale="sv",
        created_at=NOW,
    )
    for code in counties:
        county(session, code)
    if role is not None:
        made.roles = [session.scalars(select(Role).where(Role.name == role.value)).one()]
        made.grants += [AccessGrant(role=role, county_code=code) for code in counties]
        made.grants += [AccessGrant(role=role, association_id=key) for key in associations]
        made.grants += [AccessGrant(role=role, organisation_id=key) for key in organisations]
    session.add(made)
    session.flush()
    return made
