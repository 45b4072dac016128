"""What an import of villages stored."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.places.models import (
    Village,
    VillageClass,
    VillageDwellings,
    VillagePopulation,
)
from tests.files.making import feature, geojson, square

HEADER = "code,name,mun_code,pop,year,x_sweref99tm,y_sweref99tm\n"


MJALLBY = "1083TB105,Mjällby,1083,1365,2020,480608.8,6211422.7\n"


def stored_village(session: Session, code: str) -> Village:
    return session.scalars(select(Village).where(Village.code == code)).one()


def stored_classes(session: Session, code: str) -> list[tuple[int, date, str]]:
    rows = session.execute(
        select(
            VillageClass.delimitation_year, VillageClass.valid_from, VillageClass.settlement_class
        )
        .join(Village, Village.id == VillageClass.village_id)
        .where(Village.code == code)
        .order_by(VillageClass.delimitation_year)
    )
    return [(year, day, kind.value) for year, day, kind in rows]


def stored_inhabitants(session: Session, code: str) -> list[tuple[date, int, int | None]]:
    rows = session.execute(
        select(
            VillagePopulation.reference_date,
            VillagePopulation.inhabitants,
            VillagePopulation.area_hectares,
        )
        .join(Village, Village.id == VillagePopulation.village_id)
        .where(Village.code == code)
        .order_by(VillagePopulation.reference_date)
    )
    return [tuple(row) for row in rows]


def stored_dwellings(session: Session, code: str) -> list[tuple[date, str, int]]:
    rows = session.execute(
        select(
            VillageDwellings.reference_date,
            VillageDwellings.dwelling_type,
            VillageDwellings.dwellings,
        )
        .join(Village, Village.id == VillageDwellings.village_id)
        .where(Village.code == code)
        .order_by(VillageDwellings.reference_date, VillageDwellings.dwelling_type)
    )
    return [(day, kind.value, count) for day, kind, count in rows]


def polygon(**properties: str | float | None) -> bytes:
    given = {"tatortskod": "1083TB105", "tatort": "Mjällby", "kommun": "1083", "bef": 1365}
    area = square(480_000, 6_211_000)
    return geojson(
        [feature(area, **(given | {"area_ha": 100, "ar": "2023"} | properties))],
        crs="urn:ogc:def:crs:EPSG::3006",
    )
