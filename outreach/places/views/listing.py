"""The list of villages: searched, filtered, sorted, a page at a time, and as a file."""

from datetime import date

from flask import Response, render_template, request, url_for
from flask_babel import gettext

from outreach.days import today
from outreach.extensions import db
from outreach.places.forms import Asked, asked
from outreach.places.queries.lists import (
    VillageFilter,
    all_villages,
    count_villages,
    municipality_choices,
    villages,
)
from outreach.places.views.blueprint import blueprint
from outreach.places.words import CLASSES, NO_CLASS
from outreach.web.access import PUBLIC, open_to
from outreach.web.answers import page_of_today
from outreach.web.csv_files import csv_response
from outreach.web.paging import Paging, page_number
from outreach.web.tables import Column, heads


@blueprint.get("/places")
@open_to(PUBLIC)
def index() -> Response:
    """The villages that the address asks for."""
    return page_of_today(_index)


def _index(day: date) -> str:
    session, columns = db.session(), _columns()
    question = asked(request.args, columns)
    total = count_villages(session, question.wanted, on=day)
    paging = Paging(page_number(request.args.get("page")), total)
    rows = villages(session, question.wanted, on=day, sorting=question.sorting, paging=paging)
    return render_template(
        "places/index.html",
        rows=rows,
        paging=paging,
        wanted=question.wanted,
        is_filtered=question.wanted != VillageFilter(),
        columns=heads(columns, question.sorting, address=lambda sort: _here(question, sort=sort)),
        page_href=lambda number: _here(question, page=number),
        csv=f"{url_for('places.index_csv')}?{question.query()}".rstrip("?"),
        municipalities=municipality_choices(session),
        classes=CLASSES,
    )


@blueprint.get("/places.csv")
@open_to(PUBLIC)
def index_csv() -> Response:
    """All villages that the address asks for, as a file."""
    question = asked(request.args, _columns())
    rows = all_villages(db.session(), question.wanted, on=today(), sorting=question.sorting)
    header = [
        gettext("Code"),
        gettext("Village"),
        gettext("Municipality code"),
        gettext("Municipality"),
        gettext("Settlement class"),
        gettext("Delimitation"),
        gettext("Inhabitants"),
        gettext("Inhabitants on"),
        gettext("Permanent dwellings"),
        gettext("Dwellings on"),
    ]
    return csv_response(
        "places.csv",
        header,
        (
            (
                row.code,
                row.name,
                row.municipality_code,
                row.municipality_name,
                str(CLASSES[row.settlement_class] if row.settlement_class else NO_CLASS),
                row.delimitation_year,
                row.inhabitants,
                row.inhabitants_on,
                row.dwellings,
                row.dwellings_on,
            )
            for row in rows
        ),
    )


def _here(question: Asked, **changes: str | int) -> str:
    query = question.query(**changes)
    return f"{url_for('places.index')}?{query}".rstrip("?")


def _columns() -> list[Column]:
    return [
        Column("name", gettext("Village")),
        Column("municipality", gettext("Municipality")),
        Column("class", gettext("Settlement class")),
        Column("inhabitants", gettext("Inhabitants"), is_number=True),
        Column("dwellings", gettext("Permanent dwellings"), is_number=True),
    ]
