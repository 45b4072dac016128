"""One municipality's page: its villages by class, all of them on a map and in a table."""

from datetime import date
from urllib.parse import urlencode

from flask import Response, current_app, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from outreach.extensions import db
from outreach.places import panels
from outreach.places.locator import DETAIL_METRES, LocatorMap, municipality_map
from outreach.places.queries.lists import BY_NAME, VillageFilter, villages
from outreach.places.queries.outlines import municipality_outlines, village_points
from outreach.places.queries.pages import class_sums, municipality_place
from outreach.places.rules import MunicipalityPlace
from outreach.places.views.blueprint import blueprint
from outreach.places.views.headings import fixed_heads
from outreach.web.access import PUBLIC, open_to
from outreach.web.answers import page_of_today
from outreach.web.tables import Column, heads, sorting_from

KNOWN_ON = "as_known_on"
"""The day in the past that the figures on the page are of; what it means is the panels' affair."""


@blueprint.get("/places/municipalities/<code>")
@open_to(PUBLIC)
def municipality(code: str) -> Response:
    """The municipality with this code."""
    return page_of_today(lambda day: _municipality(code, day))


def _municipality(code: str, day: date) -> str:
    session = db.session()
    place = municipality_place(session, code)
    if place is None:
        raise NotFound
    columns = _columns()
    sorting = sorting_from(request.args.get("sort"), columns, default=BY_NAME)
    wanted = VillageFilter(municipality_code=code)
    rows = villages(session, wanted, on=day, sorting=sorting)
    return render_template(
        "places/municipality.html",
        place=place,
        drawing=_drawing(place),
        rows=rows,
        by_code={row.code: row for row in rows},
        sums=class_sums(session, code, on=day),
        sum_columns=fixed_heads(
            gettext("Settlement class"),
            gettext("Villages"),
            gettext("Inhabitants"),
            gettext("Permanent dwellings"),
            numbers=range(1, 4),
        ),
        columns=heads(columns, sorting, address=_sorted),
        csv=f"{url_for('places.index_csv')}?{urlencode({'municipality': code})}",
        panels=panels.of_municipality(current_app, session, place=place),
    )


def _drawing(place: MunicipalityPlace) -> LocatorMap | None:
    session = db.session()
    outlines = municipality_outlines(session, county_code=place.county_code, metres=DETAIL_METRES)
    points = village_points(session, municipality_code=place.code)
    return municipality_map(outlines, municipality_code=place.code, points=points)


def _sorted(sort: str) -> str:
    """The same page in another order, still of the day that its panels are of."""
    carried = {name: request.args[name] for name in (KNOWN_ON,) if name in request.args}
    return f"?{urlencode({'sort': sort} | carried)}"


def _columns() -> list[Column]:
    return [
        Column("name", gettext("Village")),
        Column("class", gettext("Settlement class")),
        Column("inhabitants", gettext("Inhabitants"), is_number=True),
        Column("dwellings", gettext("Permanent dwellings"), is_number=True),
    ]
