"""The map page: one date, two side by side or their difference; its picture, table and files."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from flask import Response, render_template, request, url_for
from flask_babel import get_locale, gettext
from werkzeug.exceptions import NotFound

from outreach.days import today
from outreach.gap import alike_words, map_words, people_words, wording
from outreach.gap.charts.specs import Format
from outreach.gap.comparing import VillageChange
from outreach.gap.disclosed import Audience
from outreach.gap.drawing import draw
from outreach.gap.file_words import field
from outreach.gap.files import UNLIKE
from outreach.gap.forms import (
    Allowed,
    Asked,
    Field,
    NothingPublished,
    default_choice,
    dwellings_asked,
    fields_of,
    spelled,
)
from outreach.gap.map_pictures import Ground, Looked, map_legend, picture_of
from outreach.gap.map_view import (
    USUAL,
    Mode,
    fields_of_view,
    further,
    layers_in_address,
    map_view,
)
from outreach.gap.marks import Overlay
from outreach.gap.passports import codes, dates_together
from outreach.gap.queries.overlays import marks, served_areas
from outreach.gap.queries.shapes import municipality_outlines, village_outlines
from outreach.gap.views.beside import beside_stamp
from outreach.gap.views.blueprint import blueprint
from outreach.gap.views.data import Later, answer
from outreach.gap.views.knowing import known_asked
from outreach.gap.views.map_settings import page_settings
from outreach.gap.views.page import audience_of_page
from outreach.gap.views.pictures import CONTENT_TYPES, noted
from outreach.gap.views.reading import Reading, asked, reading
from outreach.gap.views.tables import facts, file_name, with_care
from outreach.measures.rates import Measure
from outreach.web import kept
from outreach.web.access import PUBLIC, open_to
from outreach.web.delimited import Cell
from outreach.web.headers import let_be_framed
from outreach.web.kept_store import Built
from outreach.web.navigation import href_of
from outreach.web.paging import Paging, page_number
from outreach.web.table_files import Field as Heading
from outreach.web.table_files import TableFile, built, kind_asked

PAGE_SIZE: Final = 100
PAGES_MOST: Final = 500
HTML = "text/html; charset=utf-8"


@blueprint.get("/gap/map")
@open_to(PUBLIC)
def map_page() -> Response:
    """The map as the address asks for it."""
    return kept.page((request.query_string, str(get_locale()), today(), beside_stamp()), _page)


@blueprint.get("/gap/map/embed")
@open_to(PUBLIC)
def map_embed() -> Response:
    """The map alone, to stand on somebody else's page; it sets and reads no cookie."""
    let_be_framed()

    def build() -> Built:
        with reading(dwellings=dwellings_asked(request.args)) as look:
            looked, wanted = _looked(look, Audience.PUBLIC)
            body = render_template("gap/map_embed.html", **_parts(look, looked, wanted))
        return Built(body.encode(), HTML)

    name = (request.query_string, str(get_locale()), request.host, today(), beside_stamp())
    return kept.file(name, build)


@blueprint.get("/gap/map/picture.<kind>")
@open_to(PUBLIC)
def map_picture(kind: str) -> Response:
    """Exactly what is on the screen, as PNG, SVG or PDF."""
    if kind not in set(Format):
        raise NotFound

    def build(look: Reading, wanted: Asked, audience: Audience) -> Later:
        looked = _compared(look, wanted, audience)
        spec = noted(picture_of(looked, _ground(look, looked)), _warning(looked))
        name = file_name("map", wanted.choice)
        made = Format(kind)
        # Drawn once the look is over, as that takes long.
        return lambda: Built(draw(spec, kind=made), CONTENT_TYPES[made], f"{name}.{kind}")

    return answer(build, name=f"{kind} {get_locale()}", others=further)


@blueprint.get("/gap/map/changes.csv")
@open_to(PUBLIC)
def map_changes() -> Response:
    """The difference map as a table."""
    kind = kind_asked()

    def build(look: Reading, wanted: Asked, audience: Audience) -> Built:
        looked = _compared(look, wanted, audience)
        if looked.view.before is None:
            raise NotFound
        named = file_name(f"changes-{looked.view.before}", wanted.choice)
        return built(_changes_file(looked), kind, filename=named)

    return answer(build, name=f"changes{kind} {get_locale()}", others=further)


def _page() -> str:
    with reading(known_asked(), dwellings=dwellings_asked(request.args)) as look:
        try:
            default_choice(look.options)
        except NothingPublished:
            return render_template("gap/nothing.html")
        looked, wanted = _looked(look, None)
        return render_template("gap/map.html", **_parts(look, looked, wanted))


def _looked(look: Reading, audience: Audience | None) -> tuple[Looked, Asked]:
    pages = [str(number) for number in range(2, PAGES_MOST)]
    others: Mapping[Field, Allowed] = {
        Field.VIEW: [Audience.PUBLIC.value],
        Field.PAGE: pages,
        **further(look.options),
    }
    wanted = asked(look, others, takes_beside=True)
    return _compared(look, wanted, audience or audience_of_page(wanted)), wanted


def _compared(look: Reading, wanted: Asked, audience: Audience) -> Looked:
    view = map_view(request.args, wanted.choice, look.options)
    before = None
    if view.before is not None:
        before = look.findings(replace(wanted.choice, day=view.before), audience)
    return Looked(view, look.findings(wanted.choice, audience), before)


def _ground(look: Reading, looked: Looked) -> Ground:
    area, overlays = looked.findings.choice.area, looked.view.overlays
    is_over = Overlay.ASSOCIATIONS in overlays
    hulls = served_areas(look.session, area, on=looked.findings.choice.day) if is_over else []
    outlines = municipality_outlines(look.session, area)
    return Ground(
        villages=village_outlines(look.session, area),
        municipalities=outlines if Overlay.MUNICIPALITIES in overlays else {},
        hulls=tuple(tuple(ring) for one in hulls for ring in one.rings),
        marks=marks(look.session, area, overlays, on=looked.findings.choice.day),
    )


def _parts(look: Reading, looked: Looked, wanted: Asked) -> dict[str, object]:
    """What both templates print."""
    fields = fields_of(wanted.choice) | fields_of_view(looked.view)
    rows: list[VillageChange] = looked.changes if looked.view.mode is Mode.CHANGE else []
    paging = Paging(page_number(request.args.get(Field.PAGE)), len(rows), PAGE_SIZE)
    internal = looked.findings.audience is Audience.INTERNAL
    file_fields = fields | ({Field.VIEW: Audience.INTERNAL.value} if internal else {})

    def here(endpoint: str = "gap.map_page", **changed: str) -> str:
        changes = {Field(name): value for name, value in changed.items()}
        same = {name: value for name, value in fields.items() if changes.get(name) != ""}
        return _address(endpoint, same | {k: v for k, v in changes.items() if v})

    def file(endpoint: str, **path: str) -> str:
        return f"{href_of(endpoint, **path)}?{spelled(file_fields)}"

    return {
        "looked": looked,
        "view": looked.view,
        "findings": looked.findings,
        "choice": wanted.choice,
        "asked": wanted,
        "options": look.options,
        "words": wording,
        "map_words": map_words,
        "people_words": people_words,
        "covered_on": lambda day: map_words.covered_on(looked.findings, day),
        "legend": map_legend(looked),
        "rows": rows[paging.offset : paging.offset + PAGE_SIZE],
        "paging": paging,
        "warning": _warning(looked),
        "change_finding": map_words.change_finding(rows),
        "is_internal": internal,
        "here": here,
        "file": file,
        "page_href": lambda number: here(page=str(number)) if number > 1 else here(),
        "map_settings": page_settings(looked, map_legend(looked), fields=file_fields),
        "measures": list(Measure),
        "layers": [
            (one, one in looked.view.overlays, _toggled(looked.view.overlays, one))
            for one in Overlay
        ],
    }


def _toggled(overlays: frozenset[Overlay], one: Overlay) -> str:
    """What the address says of the layers once one more, or one less, is shown."""
    then = overlays ^ {one}
    return "" if then == USUAL else layers_in_address(then)


def _warning(looked: Looked) -> str:
    """Why two dates on the map are to be compared with care."""
    return alike_words.warning(dates_together(looked.before, looked.findings))


def _address(endpoint: str, fields: Mapping[Field, str]) -> str:
    return f"{url_for(endpoint)}?{spelled(fields)}"


def _changes_file(looked: Looked) -> TableFile:
    columns = [
        Heading("code", gettext("the place's code; text, as it may begin with 0")),
        Heading("name", gettext("the place's name")),
        Heading("municipality"),
        Heading("share_before", gettext("the share on the earlier date, from 0 to 1")),
        Heading("share_after", gettext("the share on the later date, from 0 to 1")),
        Heading("change_points", gettext("later share minus earlier, in percentage points")),
        Heading("state", gettext("of the figure that says less; a difference needs both")),
        Heading("reported_before", gettext("the date of the report behind the earlier figure")),
        Heading("reported_on", gettext("the date of the report behind the later figure")),
        field(UNLIKE),
    ]
    unlike = next(iter(codes(dates_together(looked.before, looked.findings)).values()), None)
    rows: list[tuple[Cell, ...]] = [
        (
            row.code,
            row.name,
            row.municipality_name,
            row.before.value,
            row.after.value,
            row.points,
            row.state.value,
            row.reported_before,
            row.reported_on,
            unlike,
        )
        for row in looked.changes
    ]
    earlier = (gettext("Earlier date"), looked.view.before)
    passport = (*facts(looked.findings), earlier, *with_care(_warning(looked)))
    return TableFile(gettext("Changes"), columns, rows, passport)
