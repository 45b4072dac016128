"""Stores the demonstration's counties, municipalities, villages and their dated figures."""

from datetime import datetime
from pathlib import Path

from shapely import MultiPolygon, Point, Polygon, union_all
from shapely.geometry.base import BaseGeometry
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from outreach.database.spatial import stored
from outreach.demo.entries import DemoRegion
from outreach.demo.facts import Facts, Municipality
from outreach.demo.generator import DEMONSTRATION, SCB
from outreach.measures.classes import DwellingType
from outreach.places.imports import Source, import_file
from outreach.places.models import County as CountyRow
from outreach.places.models import Municipality as MunicipalityRow
from outreach.places.models import (
    Village,
    VillageClass,
    VillageDwellings,
    VillagePopulation,
)
from outreach.places.rules import ImportKind
from outreach.places.shapes import Options

FACTS = Path(__file__).parent / "facts"


def store_places(session: Session, facts: Facts, *, region: DemoRegion) -> dict[str, int]:
    """Insert the places; a county or municipality that is there already stays as it is.

    Gives the id of every village by its code.
    """
    _store_areas(session, facts)
    session.execute(
        insert(Village),
        [
            {
                "code": place.code,
                "name": place.name,
                "municipality_code": place.municipality,
                "point": stored(Point(place.east, place.north)),
                "source": SCB if place.area_hectares is not None else DEMONSTRATION,
            }
            for place in facts.places
        ],
    )
    ids = dict(session.execute(select(Village.code, Village.id)).all())
    _store_dated(session, region, ids)
    return ids


def store_services(session: Session, *, at: datetime) -> None:
    """The service points and nodes, as the importer takes them from their files."""
    for kind, name in ((ImportKind.SERVICE_POINTS, "services"), (ImportKind.NODES, "nodes")):
        source = Source(FACTS / f"{name}.csv", kind, DEMONSTRATION)
        import_file(session, source, options=Options(), at=at)


def _store_areas(session: Session, facts: Facts) -> None:
    shapes = {place.code: _shape(place) for place in facts.municipalities}
    if session.get(CountyRow, facts.county_code) is None:
        county = CountyRow(
            code=facts.county_code,
            name=facts.county_name,
            area=stored(_multi(union_all(list(shapes.values())))),
        )
        session.add(county)
    for place in facts.municipalities:
        if session.get(MunicipalityRow, place.code) is None:
            row = MunicipalityRow(
                code=place.code,
                name=place.name,
                county_code=facts.county_code,
                area=stored(shapes[place.code]),
            )
            session.add(row)
    session.flush()


def _store_dated(session: Session, region: DemoRegion, ids: dict[str, int]) -> None:
    session.execute(
        insert(VillageClass),
        [
            {
                "village_id": ids[entry.village],
                "delimitation_year": entry.delimitation_year,
                "valid_from": entry.valid_from,
                "settlement_class": entry.settlement_class,
                "source": entry.source,
            }
            for entry in region.classes
        ],
    )
    session.execute(
        insert(VillagePopulation),
        [
            {
                "village_id": ids[entry.village],
                "reference_date": entry.reference_date,
                "inhabitants": entry.inhabitants,
                "area_hectares": entry.area_hectares,
                "source": entry.source,
            }
            for entry in region.populations
        ],
    )
    session.execute(
        insert(VillageDwellings),
        [
            {
                "village_id": ids[entry.village],
                "reference_date": entry.reference_date,
                "dwelling_type": DwellingType.permanent,
                "dwellings": entry.dwellings,
                "source": entry.source,
            }
            for entry in region.dwellings
        ],
    )


def _shape(place: Municipality) -> MultiPolygon:
    return MultiPolygon([Polygon(ring) for ring in place.outline])


def _multi(shape: BaseGeometry) -> MultiPolygon:
    return shape if isinstance(shape, MultiPolygon) else MultiPolygon([shape])
