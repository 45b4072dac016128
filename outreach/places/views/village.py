"""One village's page: its register facts, their history, where it lies, and the panels."""

from collections.abc import Sequence
from datetime import date

from flask import Response, current_app, render_template
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from outreach.extensions import db
from outreach.measures.classes import DwellingType
from outreach.places import panels
from outreach.places.locator import DETAIL_METRES, LocatorMap, village_map
from outreach.places.queries.nearest import Nearest, nearest
from outreach.places.queries.outlines import VillageShape, municipality_outlines, village_shape
from outreach.places.queries.pages import (
    DwellingsRow,
    class_history,
    dwellings_history,
    newest_figures,
    population_history,
    village_place,
)
from outreach.places.rules import VillagePlace
from outreach.places.views.blueprint import blueprint
from outreach.places.views.headings import fixed_heads
from outreach.places.words import DWELLING_TYPES, position_in_words
from outreach.web.access import PUBLIC, open_to
from outreach.web.answers import page_of_today


@blueprint.get("/places/villages/<code>")
@open_to(PUBLIC)
def village(code: str) -> Response:
    """The village with this code."""
    return page_of_today(lambda day: _village(code, day))


def _village(code: str, day: date) -> str:
    session = db.session()
    place = village_place(session, code)
    if place is None:
        raise NotFound
    shape = village_shape(session, place.id)
    drawing = _drawing(place, shape)
    classes = class_history(session, place.id)
    populations = population_history(session, place.id)
    dwellings = dwellings_history(session, place.id)
    types = [kind for kind in DwellingType if _is_counted(kind, dwellings)]
    return render_template(
        "places/village.html",
        place=place,
        drawing=drawing,
        where=_where(drawing, place),
        classes=classes,
        present=next((row for row in classes if row.valid_from <= day), None),
        populations=populations,
        dwellings=dwellings,
        newest=newest_figures(populations, dwellings, on=day),
        dwelling_types=types,
        class_columns=fixed_heads(
            gettext("Delimitation"),
            gettext("Settlement class"),
            gettext("Source"),
        ),
        inhabitant_columns=fixed_heads(
            gettext("Day"),
            gettext("Inhabitants"),
            gettext("Hectares"),
            gettext("Source"),
            numbers=(1, 2),
        ),
        dwelling_columns=fixed_heads(
            gettext("Day"),
            *(str(DWELLING_TYPES[kind]) for kind in types),
            gettext("Source"),
            numbers=range(1, 1 + len(types)),
        ),
        nearest=_nearest(shape, day),
        nearest_columns=fixed_heads(
            gettext("Service"), gettext("Nearest"), gettext("Kilometres"), numbers=(2,)
        ),
        panels=panels.of_village(current_app, session, place=place),
    )


def _is_counted(kind: DwellingType, history: Sequence[DwellingsRow]) -> bool:
    """Permanent dwellings always stand there; the other types where any day has them."""
    return kind is DwellingType.permanent or any(kind in row.counts for row in history)


def _nearest(shape: VillageShape | None, day: date) -> list[Nearest]:
    middle = None if shape is None else shape.middle
    return [] if middle is None else nearest(db.session(), middle, on=day)


def _drawing(place: VillagePlace, shape: VillageShape | None) -> LocatorMap | None:
    session = db.session()
    outlines = municipality_outlines(session, county_code=place.county_code, metres=DETAIL_METRES)
    if shape is None:
        return None
    return village_map(outlines, municipality_code=place.municipality_code, village=shape)


def _where(drawing: LocatorMap | None, place: VillagePlace) -> str | None:
    if drawing is None or drawing.position is None:
        return None
    return position_in_words(drawing.position, place.municipality_name)
