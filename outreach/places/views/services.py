"""The lists of service points and of strategic nodes: filtered, a page at a time, and as files.

A file has the columns that the importer reads: what is taken out can be put in again.
"""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from flask import Response, render_template, request, url_for
from flask_babel import gettext

from outreach.days import today
from outreach.extensions import db
from outreach.places.forms import municipality_asked, text_asked
from outreach.places.queries.services import (
    NodeRow,
    ServiceFilter,
    ServicePointRow,
    count_nodes,
    count_service_points,
    municipalities_served,
    nodes,
    service_points,
)
from outreach.places.service_rules import NodeProperty, ServiceKind
from outreach.places.views.blueprint import blueprint
from outreach.places.views.headings import fixed_heads
from outreach.places.words import ANSWERS, NODE_PROPERTIES, SERVICE_KINDS
from outreach.web.access import PUBLIC, open_to
from outreach.web.answers import page_of_today
from outreach.web.paging import Paging, page_number
from outreach.web.table_files import Field, table_response

YES_OR_NO = {True: "yes", False: "no", None: None}
"""As the importer reads it; blank where it isn't known."""


@blueprint.get("/places/services")
@open_to(PUBLIC)
def services() -> Response:
    """The service points that the address asks for."""
    return page_of_today(_services)


@blueprint.get("/places/services.csv")
@open_to(PUBLIC)
def services_csv() -> Response:
    """All service points that the address asks for, as a file."""
    rows = service_points(db.session(), _wanted())
    columns = [
        *_place_fields(),
        Field("kind", ", ".join(f"{kind}: {word}" for kind, word in SERVICE_KINDS.items())),
        Field("opened", gettext("blank where it is not known")),
        Field("closed", gettext("blank while it is open")),
        *_position_fields(),
    ]
    return table_response(
        "service-points.csv",
        columns,
        [(*_place(row), row.kind.value, row.opened, row.closed, *_position(row)) for row in rows],
    )


@blueprint.get("/places/nodes")
@open_to(PUBLIC)
def strategic_nodes() -> Response:
    """The strategic nodes that the address asks for."""
    return page_of_today(_nodes)


@blueprint.get("/places/nodes.csv")
@open_to(PUBLIC)
def strategic_nodes_csv() -> Response:
    """All strategic nodes that the address asks for, as a file."""
    rows = nodes(db.session(), _wanted(), on=today())
    columns = [
        *_place_fields(),
        Field("assessed_on"),
        *(Field(one, str(word)) for one, word in NODE_PROPERTIES.items()),
        Field("full_range", gettext("yes: at least four of the six; blank where that isn't known")),
        *_position_fields(),
    ]
    return table_response(
        "strategic-nodes.csv",
        columns,
        [
            (
                *_place(row),
                row.assessed_on,
                *(YES_OR_NO[one] for one in row.properties),
                YES_OR_NO[row.has_full_range],
                *_position(row),
            )
            for row in rows
        ],
    )


def _services(_day: date) -> str:
    session, wanted = db.session(), _wanted()
    paging = Paging(page_number(request.args.get("page")), count_service_points(session, wanted))
    return render_template(
        "places/services.html",
        rows=service_points(session, wanted, paging=paging),
        columns=fixed_heads(
            gettext("Service point"),
            gettext("Offers"),
            gettext("Municipality"),
            gettext("Opened"),
            gettext("Closed"),
            gettext("Source"),
        ),
        kinds=SERVICE_KINDS,
        **_around(wanted, paging, "places.services"),
    )


def _nodes(day: date) -> str:
    session, wanted = db.session(), _wanted()
    paging = Paging(page_number(request.args.get("page")), count_nodes(session, wanted, on=day))
    return render_template(
        "places/nodes.html",
        rows=nodes(session, wanted, on=day, paging=paging),
        columns=fixed_heads(
            gettext("Strategic node"),
            gettext("Municipality"),
            gettext("Full range"),
            *(str(NODE_PROPERTIES[one]) for one in NodeProperty),
            gettext("Assessed on"),
            gettext("Source"),
        ),
        answers=ANSWERS,
        **_around(wanted, paging, "places.strategic_nodes"),
    )


def _around(wanted: ServiceFilter, paging: Paging, endpoint: str) -> dict[str, object]:
    """What both pages print around their table."""
    asked: Mapping[str, str] = {
        "q": wanted.text,
        "municipality": wanted.municipality_code,
        "kind": wanted.kind or "",
    }

    def query(**more: str | int) -> str:
        return urlencode({name: value for name, value in {**asked, **more}.items() if value})

    def address(number: int) -> str:
        return f"{url_for(endpoint)}?{query(page=number)}"

    return {
        "paging": paging,
        "wanted": wanted,
        "is_filtered": wanted != ServiceFilter(),
        "municipalities": municipalities_served(db.session()),
        "page_href": address,
        "csv": f"{url_for(f'{endpoint}_csv')}?{query()}".rstrip("?"),
    }


def _wanted() -> ServiceFilter:
    kind = request.args.get("kind", "")
    return ServiceFilter(
        text=text_asked(request.args),
        municipality_code=municipality_asked(request.args),
        kind=ServiceKind(kind) if kind in set(ServiceKind) else None,
    )


def _place_fields() -> list[Field]:
    return [
        Field("code", gettext("what the importer knows it by")),
        Field("name"),
        Field("municipality", gettext("the code; text, as it may begin with 0")),
        Field("municipality_name"),
    ]


def _position_fields() -> list[Field]:
    return [
        Field("east", gettext("metres, SWEREF 99 TM (EPSG:3006)")),
        Field("north", gettext("metres, SWEREF 99 TM (EPSG:3006)")),
        Field("source"),
    ]


def _place(row: ServicePointRow | NodeRow) -> tuple[str, ...]:
    return row.code, row.name, row.municipality_code, row.municipality_name


def _position(row: ServicePointRow | NodeRow) -> tuple[float, float, str]:
    return row.east, row.north, row.source
