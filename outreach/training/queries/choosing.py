"""What the form of a session offers to choose from, and what a choice stands for."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.database.ordering import swedish_order
from outreach.places.models import Municipality, Village
from outreach.places.queries.names import MUNICIPALITY_NAME
from outreach.training.models import Organisation, Programme, Venue
from outreach.training.queries.reaching import in_reach
from outreach.training.session_models import TrainingSession

LATEST_PLACES = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session is held; None for what isn't stated."""

    village_id: int | None = None
    venue_id: int | None = None


@dataclass(frozen=True, slots=True)
class OfferedPlace:
    """A village, or a venue in it, as the form offers it. `value` is what the form sends."""

    value: str
    label: str
    municipality: str


@dataclass(frozen=True, slots=True)
class Offered:
    """Everything that a person may choose in the form of a session."""

    organisations: list[tuple[int, str]]
    programmes: list[tuple[int, str]]
    places: list[OfferedPlace]
    latest: list[OfferedPlace]


def offered(session: Session, reach: Reach, *, today: date) -> Offered:
    """The organisations within reach, and the programmes, villages and venues of their counties.

    Programmes that ended more than a year ago are left out. `latest` are the places that the
    person used last.
    """
    rows = session.execute(
        select(Organisation.id, Organisation.name, Organisation.county_code)
        .where(in_reach(reach))
        .order_by(swedish_order(Organisation.name), Organisation.id)
    ).all()
    counties = sorted({row.county_code for row in rows})
    places = _places(session, counties)
    by_value = {place.value: place for place in places}
    latest = [by_value[value] for value in _latest(session, reach) if value in by_value]
    return Offered(
        organisations=[(row.id, row.name) for row in rows],
        programmes=_programmes(session, counties, today=today),
        places=places,
        latest=latest,
    )


def place_of(session: Session, *, village_code: str | None, venue_id: int | None) -> Place | None:
    """The place that a choice stands for; None where there is no such village or venue.

    A venue says which village it is in, whatever village is named beside it.
    """
    if venue_id is not None:
        village_id = session.scalar(select(Venue.village_id).where(Venue.id == venue_id))
        return None if village_id is None else Place(village_id, venue_id)
    if village_code is None:
        return Place()
    village_id = session.scalar(select(Village.id).where(Village.code == village_code))
    return None if village_id is None else Place(village_id)


def programme_fits(session: Session, programme_id: int, *, county_code: str) -> bool:
    """Whether there is such a programme in the county."""
    found = select(Programme.id).where(
        Programme.id == programme_id, Programme.county_code == county_code
    )
    return session.scalar(found) is not None


def counties_of(session: Session, reach: Reach) -> list[str]:
    """The codes of the counties in which the organisations within reach work."""
    return list(
        session.scalars(
            select(Organisation.county_code)
            .where(in_reach(reach))
            .distinct()
            .order_by(Organisation.county_code)
        )
    )


def village_in(session: Session, code: str, *, counties: list[str]) -> int | None:
    """The id of a village by its code, if it lies in one of the counties."""
    return session.scalar(
        select(Village.id)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(Village.code == code, Municipality.county_code.in_(counties))
    )


def village_names(session: Session, *, counties: list[str]) -> dict[str, list[tuple[str, str]]]:
    """Codes and names of the counties' villages, by municipality."""
    found: dict[str, list[tuple[str, str]]] = {}
    for place in _places(session, counties):
        if place.value.startswith("village:"):
            code = place.value.removeprefix("village:")
            found.setdefault(place.municipality, []).append((code, place.label))
    return found


def _programmes(session: Session, counties: list[str], *, today: date) -> list[tuple[int, str]]:
    a_year_ago = date(today.year - 1, today.month, min(today.day, 28))
    rows = session.execute(
        select(Programme.id, Programme.name)
        .where(
            Programme.county_code.in_(counties),
            func.coalesce(Programme.ends_on, today) >= a_year_ago,
        )
        .order_by(swedish_order(Programme.name), Programme.id)
    )
    return [(row.id, row.name) for row in rows]


def _places(session: Session, counties: list[str]) -> list[OfferedPlace]:
    villages = session.execute(
        select(Village.id, Village.code, Village.name, MUNICIPALITY_NAME.label("municipality"))
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(Municipality.county_code.in_(counties))
        .order_by(swedish_order(Municipality.name), swedish_order(Village.name), Village.id)
    ).all()
    venues: dict[int, list[tuple[int, str]]] = {}
    for row in session.execute(
        select(Venue.id, Venue.village_id, Venue.name)
        .join(Village, Village.id == Venue.village_id)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(Municipality.county_code.in_(counties))
        .order_by(swedish_order(Venue.name), Venue.id)
    ):
        venues.setdefault(row.village_id, []).append((row.id, row.name))
    found = []
    for place in villages:
        found.append(OfferedPlace(f"village:{place.code}", place.name, place.municipality))
        found += [
            OfferedPlace(f"venue:{key}", f"{place.name}, {name}", place.municipality)
            for key, name in venues.get(place.id, [])
        ]
    return found


def _latest(session: Session, reach: Reach) -> list[str]:
    """The places of the sessions that the person stored last, each once."""
    newest = func.max(TrainingSession.created_at)
    rows = session.execute(
        select(Village.code, TrainingSession.venue_id)
        .join(Village, Village.id == TrainingSession.village_id)
        .where(TrainingSession.created_by_id == reach.user_id)
        .group_by(Village.code, TrainingSession.venue_id)
        .order_by(newest.desc(), Village.code)
        .limit(LATEST_PLACES)
    )
    return [f"venue:{row.venue_id}" if row.venue_id else f"village:{row.code}" for row in rows]
