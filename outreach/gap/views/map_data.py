"""What the map page's script asks for: shapes, areas, and one village's history."""

import json

from flask import Response
from flask_babel import get_locale
from werkzeug.exceptions import NotFound

from outreach.gap import map_shapes
from outreach.gap.disclosed import Audience, Lens
from outreach.gap.forms import Asked
from outreach.gap.map_shapes import Detail
from outreach.gap.marks import Overlay
from outreach.gap.queries import outlines
from outreach.gap.queries.overlays import marks, served_areas
from outreach.gap.queries.villages import village_history
from outreach.gap.views.beside import history_of
from outreach.gap.views.blueprint import blueprint
from outreach.gap.views.data import answer
from outreach.gap.views.reading import Reading
from outreach.places.queries.pages import village_place
from outreach.web.access import PUBLIC, open_to
from outreach.web.kept_store import Built

JSON = "application/json"


@blueprint.get("/gap/map/shapes-<detail>.json")
@open_to(PUBLIC)
def map_shapes_json(detail: str) -> Response:
    """Outlines and places, for a look from afar or from near."""
    if detail not in set(Detail):
        raise NotFound

    def build(look: Reading, wanted: Asked, _audience: Audience) -> Built:
        area = wanted.choice.area
        body = map_shapes.shapes(
            outlines.villages(look.session, area),
            outlines.municipalities(look.session, area),
            Detail(detail),
        )
        return Built(body, JSON)

    return answer(build, name=detail)


@blueprint.get("/gap/map/associations.json")
@open_to(PUBLIC)
def map_associations() -> Response:
    """The areas that associations serve on the date."""

    def build(look: Reading, wanted: Asked, _audience: Audience) -> Built:
        choice = wanted.choice
        return Built(map_shapes.areas(served_areas(look.session, choice.area, on=choice.day)), JSON)

    return answer(build)


@blueprint.get("/gap/map/<layer>.json")
@open_to(PUBLIC)
def map_marks(layer: str) -> Response:
    """The service points open on the date, or the strategic nodes known on it."""
    if layer not in {Overlay.SERVICES, Overlay.NODES}:
        raise NotFound

    def build(look: Reading, wanted: Asked, _audience: Audience) -> Built:
        choice = wanted.choice
        found = marks(look.session, choice.area, {Overlay(layer)}, on=choice.day)
        return Built(map_shapes.marks(found), JSON)

    return answer(build, name=f"{layer} {get_locale()}")


@blueprint.get("/gap/map/villages/<code>.json")
@open_to(PUBLIC)
def map_village(code: str) -> Response:
    """One village's share of the chosen measure on every date, as far as it is shown."""

    def build(look: Reading, wanted: Asked, audience: Audience) -> Built:
        place = village_place(look.session, code)
        # The audience was settled for the chosen area, so the village must lie in it.
        if place is None or place.county_code not in wanted.choice.area.counties:
            raise NotFound
        area = next((one for one in look.options.areas if one.code == place.county_code), None)
        if area is None:
            raise NotFound
        choice = wanted.choice
        if choice.beside is not None:
            shares = history_of(look.session, place, choice, version=look.version)
            told = [[day.isoformat(), share.value, "reported"] for day, share in shares]
            return Built(json.dumps({"history": told}).encode(), JSON)
        disclosure = look.disclosure(area)
        history = [
            (day, Lens(audience, disclosure, day, choice.measure, choice.scheme).see(row))
            for day, row in village_history(look.session, place.id, look.published)
        ]
        points = [
            [day.isoformat(), figures.share.value, figures.state.value] for day, figures in history
        ]
        return Built(json.dumps({"history": points}).encode(), JSON)

    return answer(build, name=code)
