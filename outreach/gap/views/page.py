"""The gap page: both gaps, the map, the charts and the tables of one choice."""

from dataclasses import dataclass, replace
from typing import TypedDict

from flask import Response, render_template, request, url_for
from flask_babel import get_locale
from markupsafe import Markup

from outreach.days import today
from outreach.gap import alike_words, chart_words, people_words, tables, wording
from outreach.gap.blank_words import blank_dates
from outreach.gap.charts.specs import LegendEntry
from outreach.gap.disclosed import Audience, VillageFigures
from outreach.gap.drawing import soon
from outreach.gap.forms import (
    Asked,
    Field,
    NothingPublished,
    default_choice,
    dwellings_asked,
    fields_of,
    spelled,
)
from outreach.gap.passports import ranking_together, series_together
from outreach.gap.picturing import legend, rank_spec, series_spec
from outreach.gap.reach_words import distances
from outreach.gap.results import Findings, MunicipalityFigures
from outreach.gap.rules import Beside
from outreach.gap.views.beside import beside_stamp
from outreach.gap.views.blueprint import blueprint
from outreach.gap.views.knowing import known_asked, may_see_internal
from outreach.gap.views.map_settings import map_settings
from outreach.gap.views.pictures import inline
from outreach.gap.views.reading import asked, reading
from outreach.measures.rates import Measure
from outreach.questions.queries.figures import questioned_on
from outreach.web import kept
from outreach.web.access import PUBLIC, open_to
from outreach.web.navigation import href_of
from outreach.web.paging import Paging, page_number
from outreach.web.tables import Column, Head, Sorting, heads, sorting_from

WHOLE_MOST = 200
"""Up to so many villages stand in one table that the browser sorts itself."""
PAGE_SIZE = 100
PAGES_MOST = 500


@dataclass(frozen=True, slots=True)
class VillageTable:
    """The villages on this page of the table, and where the others are."""

    heads: list[Head]
    rows: list[VillageFigures]
    measures: list[Measure]
    paging: Paging
    is_whole: bool


@dataclass(frozen=True, slots=True)
class MunicipalityTable:
    """The municipalities, all of them."""

    heads: list[Head]
    rows: list[MunicipalityFigures]


@dataclass(frozen=True, slots=True)
class Pictures:
    """The charts as drawings, with what each of them shows in a sentence."""

    series: Markup
    series_finding: str
    series_warning: str
    series_blanks: str
    rank: Markup
    rank_finding: str
    rank_warning: str


class Parts(TypedDict):
    """What the template prints."""

    asked: Asked
    findings: Findings
    villages: VillageTable
    municipalities: MunicipalityTable
    pictures: Pictures
    legend: tuple[LegendEntry, ...]
    is_internal: bool


@blueprint.get("/gap")
@open_to(PUBLIC)
def show() -> Response:
    """The gap as the address asks for it."""
    return kept.page((request.query_string, str(get_locale()), today(), beside_stamp()), _page)


def _page() -> str:
    with reading(known_asked(), dwellings=dwellings_asked(request.args), meanwhile=soon) as look:
        try:
            default_choice(look.options)
        except NothingPublished:
            return render_template("gap/nothing.html")
        wanted = asked(look, _others(), takes_beside=True)
        audience = audience_of_page(wanted)
        findings = look.findings(wanted.choice, audience)
        is_past = wanted.choice.known_on is not None
        questioned = frozenset() if is_past else questioned_on(look.session, wanted.choice.day)
    # Drawing takes longest and needs no more data: the transaction is over by then.
    return render_template(
        "gap/show.html",
        **_parts(wanted, findings),
        options=look.options,
        words=wording,
        people_words=people_words,
        distances=distances(),
        questioned=questioned,
        today=today(),
        map_settings=map_settings(findings),
        link=lambda endpoint, **path: _link(endpoint, findings, **path),
        elsewhere=_elsewhere(wanted),
        table_link=lambda **more: _table_link(wanted, **more),
        page_href=lambda number: _page_link(wanted, number),
    )


def _parts(wanted: Asked, findings: Findings) -> Parts:
    return {
        "asked": wanted,
        "findings": findings,
        "villages": _villages(wanted, findings),
        "municipalities": _municipalities(wanted, findings),
        "pictures": _pictures(findings),
        "legend": legend(findings),
        "is_internal": findings.audience is Audience.INTERNAL,
    }


def _others() -> dict[Field, list[str]]:
    """Further parameters of this page with the values they may have."""
    every = (*Measure, *Beside)
    columns = [column for shown in every for column in tables.village_columns(shown)]
    columns += [column for shown in every for column in tables.municipality_columns(shown)]
    keys = {column.key for column in columns}
    return {
        Field.VIEW: [Audience.PUBLIC.value],
        Field.SORT: [*keys, *(f"-{key}" for key in keys)],
        Field.PAGE: [str(number) for number in range(2, PAGES_MOST)],
        Field.ADJUSTED: [],
    }


def audience_of_page(wanted: Asked) -> Audience:
    """For whom a page is made: the region's staff see their own view, unless they ask otherwise.

    Of what was known earlier there is no other view than theirs.
    """
    if wanted.choice.known_on is not None:
        return Audience.INTERNAL
    if kept.is_visitor() or request.args.get(Field.VIEW) == Audience.PUBLIC:
        return Audience.PUBLIC
    return Audience.INTERNAL if may_see_internal(wanted.choice.area) else Audience.PUBLIC


def _villages(wanted: Asked, findings: Findings) -> VillageTable:
    columns = tables.village_columns(wanted.choice.shown)
    sorting = sorting_from(request.args.get(Field.SORT), columns, default=tables.BY_VILLAGE)
    rows = tables.sorted_villages(findings.villages, sorting)
    is_whole = len(rows) <= WHOLE_MOST
    size = WHOLE_MOST if is_whole else PAGE_SIZE
    paging = Paging(page_number(request.args.get(Field.PAGE)), len(rows), size)
    return VillageTable(
        heads=_heads(columns, sorting, wanted),
        rows=rows[paging.offset : paging.offset + size],
        measures=[measure for measure in Measure if measure.value in {c.key for c in columns}],
        paging=paging,
        is_whole=is_whole,
    )


def _municipalities(wanted: Asked, findings: Findings) -> MunicipalityTable:
    columns = tables.municipality_columns(wanted.choice.shown)
    sorting = sorting_from(request.args.get(Field.SORT), columns, default=tables.BY_GAP)
    rows = tables.sorted_municipalities(findings.municipalities, sorting)
    return MunicipalityTable(_heads(columns, sorting, wanted), rows)


def _heads(columns: list[Column], sorting: Sorting, wanted: Asked) -> list[Head]:
    return heads(columns, sorting, address=lambda sort: _table_link(wanted, sort=sort))


def _pictures(findings: Findings) -> Pictures:
    return Pictures(
        series=inline(series_spec(findings)),
        series_finding=chart_words.series_finding(findings.series),
        series_warning=alike_words.warning(series_together(findings)),
        series_blanks=blank_dates(findings),
        rank=inline(rank_spec(findings)),
        rank_finding=chart_words.rank_finding(findings.municipalities),
        rank_warning=alike_words.warning(ranking_together(findings)),
    )


def _table_link(wanted: Asked, **more: str) -> str:
    """This page with another order, page or view, or without what is given empty.

    A new order begins on the first page.
    """
    changed = {Field(name): value for name, value in more.items()}
    same = {} if Field.SORT in changed else _present(Field.SORT)
    fields = fields_of(wanted.choice) | _present(Field.VIEW) | same | changed
    return f"{url_for('gap.show')}?{spelled({k: v for k, v in fields.items() if v})}"


def _elsewhere(wanted: Asked) -> str:
    """The choice for the pages that are about connection only."""
    if wanted.choice.beside is None:
        return wanted.query
    return spelled(fields_of(replace(wanted.choice, beside=None)))


def _page_link(wanted: Asked, number: int) -> str:
    return _table_link(wanted, page=str(number)) if number > 1 else _table_link(wanted)


def _present(field: Field) -> dict[Field, str]:
    return {field: request.args[field]} if field in request.args else {}


def _link(endpoint: str, findings: Findings, **path: str) -> str:
    """A file about the same choice, for the same audience."""
    fields = fields_of(findings.choice)
    if findings.audience is Audience.INTERNAL:
        fields[Field.VIEW] = Audience.INTERNAL.value
    return f"{href_of(endpoint, **path)}?{spelled(fields)}"
