"""Venues with their villages."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from outreach.database.ordering import swedish_order
from outreach.places.models import Municipality, Village
from outreach.places.queries.names import MUNICIPALITY_NAME
from outreach.training.models import Venue


@dataclass(frozen=True, slots=True)
class VenueRow:
    """A venue with its village; None is "not known"."""

    id: int
    version: int
    name: str
    address: str | None
    is_accessible: bool | None
    has_network: bool | None
    loan_computers: int | None
    village_code: str
    village: str
    municipality_code: str
    municipality: str


def venues(session: Session, *, venue_id: int | None = None) -> list[VenueRow]:
    """All venues by municipality and village, or the one named."""
    rows = session.execute(
        select(
            Venue.id,
            Venue.version,
            Venue.name,
            Venue.address,
            Venue.is_accessible,
            Venue.has_network,
            Venue.loan_computers,
            Village.code.label("village_code"),
            Village.name.label("village"),
            Municipality.code.label("municipality_code"),
            MUNICIPALITY_NAME.label("municipality"),
        )
        .join(Village, Village.id == Venue.village_id)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(true() if venue_id is None else Venue.id == venue_id)
        .order_by(
            swedish_order(Municipality.name),
            swedish_order(Village.name),
            swedish_order(Venue.name),
            Venue.id,
        )
    )
    return [VenueRow(**row._asdict()) for row in rows]


def reachable_venue(session: Session, venue_id: int, *, counties: Sequence[str]) -> Venue | None:
    """A venue in one of the counties, read again."""
    query = (
        select(Venue)
        .join(Village, Village.id == Venue.village_id)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(Venue.id == venue_id, Municipality.county_code.in_(counties))
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).one_or_none()
