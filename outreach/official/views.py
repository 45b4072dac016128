"""Our figures beside the official ones: the page, its tables as files and its picture."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import get_locale, gettext
from werkzeug.exceptions import NotFound

from outreach.gap import alike_words
from outreach.gap import wording as gap_words
from outreach.gap.charts.specs import Format
from outreach.gap.drawing import draw
from outreach.gap.forms import NothingPublished, default_choice
from outreach.gap.passports import Together, official_together
from outreach.gap.rules import ALL_AREAS, Area
from outreach.gap.views.pictures import CONTENT_TYPES, inline, noted
from outreach.gap.views.reading import reading
from outreach.gap.views.tables import file_name, with_care
from outreach.official import series_words
from outreach.official.comparing import OURS, Comparison, compared
from outreach.official.files import TABLES, column
from outreach.official.picture import spec_of
from outreach.official.rules import SERIES, OfficialMeasure, day_of
from outreach.official.wording import CAUSES, COUNTED
from outreach.web import kept
from outreach.web.access import PUBLIC, open_to
from outreach.web.delimited import Cell
from outreach.web.kept_store import Built
from outreach.web.table_files import TableFile, built, kind_asked

blueprint = Blueprint("official", __name__)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an address asks for; what it has no sense for is left out."""

    area: str
    measure: OfficialMeasure
    series: str

    def found(self) -> tuple[Comparison, Sequence[Area]]:
        """The comparison, and the areas there are. Raises NothingPublished."""
        with reading() as look:
            usual = default_choice(look.options)
            areas = [area for area in look.options.areas if area.code != ALL_AREAS]
            area = next((area for area in areas if area.code == self.area), areas[0])
            choice = replace(usual, area=area, measure=OURS[self.measure])
            return compared(look, choice, self.measure, wanted=self.series), areas

    def name(self, *more: str) -> tuple[str, ...]:
        """What a page or file of it is kept under."""
        return (self.area, self.measure, self.series, str(get_locale()), *more)


@blueprint.get("/official")
@open_to(PUBLIC)
def show() -> Response:
    """The comparison for the area and measure that the address names."""
    asked = _asked()
    return kept.page(asked.name(), lambda: _page(asked))


@blueprint.get("/official/<name>.csv")
@open_to(PUBLIC)
def table(name: str) -> Response:
    """One of its tables, in the format that the address ends with."""
    if name not in TABLES:
        raise NotFound
    asked, kind = _asked(), kind_asked()

    def build() -> Built:
        found = _found_or_404(asked)
        made = TABLES[name](found)
        facts = [*_facts(found), *with_care(_warning(found))]
        file = TableFile(name, [column(one) for one in made.head], made.rows, facts)
        return built(file, kind, filename=_file_name(name, found))

    return kept.file(asked.name(name, kind), build)


@blueprint.get("/official/chart/series.<kind>")
@open_to(PUBLIC)
def chart(kind: str) -> Response:
    """Both series over time as SVG, PNG or PDF."""
    if kind not in set(Format):
        raise NotFound
    asked = _asked()

    def build() -> Built:
        found = _found_or_404(asked)
        spec = spec_of(found)
        if spec is None:
            raise NotFound
        body = draw(noted(spec, _warning(found)), kind=Format(kind))
        return Built(body, CONTENT_TYPES[Format(kind)], f"{_file_name('series', found)}.{kind}")

    return kept.file(asked.name(kind), build)


def _asked() -> _Asked:
    measure, series = (request.args.get(name, "") for name in ("measure", "series"))
    return _Asked(
        request.args.get("area", "")[:4],
        OfficialMeasure(measure)
        if measure in set(OfficialMeasure)
        else OfficialMeasure.CONNECTION_RATE,
        series if series in SERIES else "",
    )


def _found_or_404(asked: _Asked) -> Comparison:
    try:
        return asked.found()[0]
    except NothingPublished as error:
        raise NotFound from error


def _page(asked: _Asked) -> str:
    try:
        found, areas = asked.found()
    except NothingPublished:
        return render_template("gap/nothing.html")
    spec, area = spec_of(found), found.choice.area
    return render_template(
        "official/show.html",
        found=found,
        measure=asked.measure,
        measures=[(each, str(gap_words.MEASURES[OURS[each]])) for each in OfficialMeasure],
        offered=[(each, f"{each} ({SERIES[each].publisher})") for each in found.offered],
        publisher=SERIES[found.chosen].publisher if found.chosen else None,
        areas=areas,
        area=area,
        picture=None if spec is None else inline(spec),
        finding=series_words.finding(found),
        note=series_words.note,
        words=gap_words,
        counted=COUNTED,
        warning=_warning(found),
        causes=CAUSES,
        link=lambda endpoint, **path: url_for(
            endpoint, area=area.code, measure=asked.measure, series=found.chosen, **path
        ),
    )


def _warning(found: Comparison) -> str:
    return alike_words.warning(_together(found))


def _together(found: Comparison) -> Together | None:
    """Our figures and the official ones that stand beside them."""
    theirs = {
        (day_of(row.official.year), f"{gettext('official')}, {COUNTED[row.official.counted]}")
        for row in found.rows
        if row.official is not None
    }
    return official_together(found.choice, sorted(theirs))


def _facts(found: Comparison) -> list[tuple[str, Cell]]:
    """What holds for all of a file's figures."""
    return [
        (gettext("Area"), gap_words.area_name(found.choice.area)),
        (gettext("Measure"), gap_words.measure_name(found.choice)),
        (gettext("Official series"), found.chosen),
        (gettext("Source"), gettext("Reports from fibre associations; PTS and Kolada.")),
        (gettext("Definition"), gap_words.DEFINITION),
        (gettext("Address"), request.url),
    ]


def _file_name(name: str, found: Comparison) -> str:
    return file_name(f"official-{name}", found.choice)
