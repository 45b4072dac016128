"""One municipality's page: its villages by class, all of them on a map and in a table."""

from dataclasses import replace
from datetime import date

from flask import Response, current_app, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from outreach.extensions import db
from outreach.places import panels
from outreach.places.forms import Asked, asked
from outreach.places.locator import DETAIL_METRES, LocatorMap, municipality_map
from outreach.places.queries.lists import VillageFilter, count_villages, villages
from outreach.places.queries.outlines import municipality_outlines, village_dots
from outreach.places.queries.pages import class_sums, municipality_place
from outreach.places.rules import MunicipalityPlace
from outreach.places.views.blueprint import blueprint
from outreach.places.views.headings import fixed_heads
from outreach.places.words import CLASSES
from outreach.web.access import PUBLIC, open_to
from outreach.web.answers import page_of_today
from outreach.web.paging import Paging, page_number
from outreach.web.tables import Column, heads

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
    question = asked(request.args, columns)
    question = replace(question, wanted=replace(question.wanted, municipality_code=code))
    total = count_villages(session, question.wanted, on=day)
    paging = Paging(page_number(request.args.get("page")), total)
    return render_template(
        "places/municipality.html",
        place=place,
        drawing=_drawing(place, day),
        rows=villages(session, question.wanted, on=day, sorting=question.sorting, paging=paging),
        paging=paging,
        wanted=question.wanted,
        is_filtered=question.wanted != VillageFilter(municipality_code=code),
        classes=CLASSES,
        sums=class_sums(session, code, on=day),
        sum_columns=fixed_heads(
            gettext("Settlement class"),
            gettext("Villages"),
            gettext("Inhabitants"),
            gettext("Permanent dwellings"),
            numbers=range(1, 4),
        ),
        columns=heads(columns, question.sorting, address=lambda sort: _here(question, sort=sort)),
        page_href=lambda number: _here(question, page=number),
        csv=f"{url_for('places.index_csv')}?{question.query()}",
        panels=panels.of_municipality(current_app, session, place=place),
    )


def _drawing(place: MunicipalityPlace, day: date) -> LocatorMap | None:
    session = db.session()
    outlines = municipality_outlines(session, county_code=place.county_code, metres=DETAIL_METRES)
    dots = village_dots(session, municipality_code=place.code, on=day)
    return municipality_map(outlines, municipality_code=place.code, villages=dots)


def _here(question: Asked, **changes: str | int) -> str:
    """The same list with changes, on a page that is still of the day that its panels are of."""
    carried = {name: request.args[name] for name in (KNOWN_ON,) if name in request.args}
    return f"?{question.query(municipality='', **changes, **carried)}#all-villages"


def _columns() -> list[Column]:
    return [
        Column("name", gettext("Village")),
        Column("class", gettext("Settlement class")),
        Column("inhabitants", gettext("Inhabitants"), is_number=True),
        Column("dwellings", gettext("Permanent dwellings"), is_number=True),
    ]
