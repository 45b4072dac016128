"""The gap for maps and programs: shapes, values and everything, as GeoJSON and JSON."""

from collections.abc import Callable, Mapping

from flask import Response, current_app, request

from outreach.gap import geojson
from outreach.gap.disclosed import Audience
from outreach.gap.forms import Allowed, Asked, Field, dwellings_asked
from outreach.gap.queries.shapes import municipality_shapes, village_shapes
from outreach.gap.rules import Options
from outreach.gap.views.beside import beside_stamp
from outreach.gap.views.blueprint import blueprint
from outreach.gap.views.knowing import known_asked
from outreach.gap.views.reading import ONLY_INTERNAL, Reading, asked, file_audience, reading
from outreach.web import kept
from outreach.web.access import PUBLIC, open_to
from outreach.web.kept_store import Built

Later = Callable[[], Built]
Builder = Callable[[Reading, Asked, Audience], Built | Later]
"""What is made of a look: the file, or how it is made where that needs no more data but time."""
Others = Callable[[Options], Mapping[Field, Allowed]]


@blueprint.get("/gap/shapes.geojson")
@open_to(PUBLIC)
def shapes() -> Response:
    """Outlines and places; no figures, so they stay while date and measure change."""
    return answer(_shapes)


@blueprint.get("/gap/values.json")
@open_to(PUBLIC)
def values() -> Response:
    """One measure on one date by village code."""
    return answer(
        lambda look, wanted, audience: Built(
            geojson.values(look.findings(wanted.choice, audience)), "application/json"
        )
    )


@blueprint.get("/gap/villages.geojson")
@open_to(PUBLIC)
def villages() -> Response:
    """The published villages with counts, rates and passports."""
    return answer(_villages)


def _shapes(look: Reading, wanted: Asked, _audience: Audience) -> Built:
    area = wanted.choice.area
    body = geojson.shapes(
        village_shapes(look.session, area), municipality_shapes(look.session, area)
    )
    return Built(body, geojson.CONTENT_TYPE)


def _villages(look: Reading, wanted: Asked, audience: Audience) -> Built:
    findings = look.findings(wanted.choice, audience)
    body = geojson.villages(findings, village_shapes(look.session, wanted.choice.area))
    return Built(body, geojson.CONTENT_TYPE)


def answer(
    build: Builder,
    *,
    name: str = "",
    others: Others | None = None,
    takes_beside: bool = True,
) -> Response:
    """A file: from kept bytes for everybody, made for staff who ask for the internal view.

    `name` is what the file depends on besides its address, such as the language; `others` gives
    the further parameters it takes. Only the analysis of connection is never of people
    (`takes_beside`).
    """

    def built() -> Built:
        with reading(known_asked(), dwellings=dwellings_asked(request.args)) as look:
            more = others(look.options) if others else {}
            wanted = asked(look, {**ONLY_INTERNAL, **more}, takes_beside=takes_beside)
            made = build(look, wanted, file_audience(wanted.choice.area))
        return made if isinstance(made, Built) else made()

    if {Field.VIEW, Field.KNOWN} & set(request.args):
        made = built()
        response = current_app.make_response(made.body)
        response.content_type = made.content_type
        if made.filename:
            response.headers["Content-Disposition"] = f'attachment; filename="{made.filename}"'
        response.headers["Cache-Control"] = kept.PRIVATE
        return response
    return kept.file((request.query_string, name, beside_stamp()), built)
