"""The places that people of a county can say they live in."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.database.ordering import swedish_key, swedish_order
from outreach.maturity.rules import VillagePlace
from outreach.measures.classes import fine_class_of
from outreach.places.models import Municipality
from outreach.places.queries.figures import VillageFigures, villages_as_of
from outreach.places.queries.names import MUNICIPALITY_NAME


@dataclass(frozen=True, slots=True)
class MunicipalityVillages:
    """A municipality with its villages in Swedish order."""

    code: str
    name: str
    villages: tuple[VillageFigures, ...]


def municipalities(session: Session, county_code: str) -> list[tuple[str, str]]:
    """Code and name of a county's municipalities, in Swedish order."""
    rows = session.execute(
        select(Municipality.code, MUNICIPALITY_NAME)
        .where(Municipality.county_code == county_code)
        .order_by(swedish_order(Municipality.name))
    )
    return [(row.code, row.name) for row in rows]


def places_of(session: Session, county_code: str, *, on: date) -> list[MunicipalityVillages]:
    """The county's villages by municipality, as they are on a date."""
    villages = sorted(
        villages_as_of(session, county_code=county_code, on=on),
        key=lambda village: (swedish_key(village.name), village.code),
    )
    return [
        MunicipalityVillages(
            code, name, tuple(one for one in villages if one.municipality_code == code)
        )
        for code, name in municipalities(session, county_code)
    ]


def village_places(places: list[MunicipalityVillages]) -> list[VillagePlace]:
    """What decides about a village in an answer."""
    return [
        VillagePlace(
            one.id,
            one.municipality_code,
            fine_class_of(one.settlement_class, inhabitants=one.inhabitants).value,
            one.inhabitants,
        )
        for place in places
        for one in place.villages
    ]
