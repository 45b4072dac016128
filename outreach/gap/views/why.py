"""Why it changed: a rate's or a gap's change between two dates by its causes."""

from collections.abc import Mapping
from datetime import date

from flask import Response, request
from flask_babel import gettext

from outreach.gap import alike_words, why_words
from outreach.gap.analysis_files import rounded, with_passport
from outreach.gap.charts.analysis_specs import Step, WaterfallSpec
from outreach.gap.disclosed import Audience
from outreach.gap.files import UNLIKE, Table
from outreach.gap.forms import Asked, Field
from outreach.gap.passports import Together, change_together, codes
from outreach.gap.queries.changes import change_sums
from outreach.gap.queries.sums import sums_on
from outreach.gap.rules import Choice, Options
from outreach.gap.summing import reporting
from outreach.gap.views.blueprint import blueprint
from outreach.gap.views.reading import Reading
from outreach.gap.views.rooms import ROOMS, Parameters, Room
from outreach.gap.why import (
    Bridge,
    Explaining,
    MunicipalityBridge,
    Of,
    Why,
    default_start,
    municipality_of,
)
from outreach.measures.change import Cause
from outreach.web import filters
from outreach.web.access import PUBLIC, open_to
from outreach.web.delimited import Cell


def _others(options: Options) -> Parameters:
    return {
        Field.FROM: [day.isoformat() for day in options.days],
        Field.GROUP: [of.value for of in Of],
    }


def _find(look: Reading, wanted: Asked, audience: Audience) -> Why:
    of = Of(request.args.get(Field.GROUP, Of.all.value))
    return why_of(look, wanted.choice, audience, start=_start(wanted, look.options), of=of)


def why_of(look: Reading, choice: Choice, audience: Audience, *, start: date, of: Of) -> Why:
    """The causes of a choice's change since an earlier date."""
    days = (start, choice.day)
    explaining = Explaining(choice, start, audience, look.disclosure(choice.area))
    sums = change_sums(
        look.session,
        choice.area.counties,
        measure=choice.measure,
        days=days,
        hidden=explaining.hidden_villages(),
        published=look.published,
    )
    before, after = (
        sums_on(look.session, choice.area, day=day, published=look.published) for day in days
    )
    names = {one.municipality_code: one.municipality_name for one in [*before, *after]}
    return Why(
        choice=choice,
        start=start,
        of=of,
        audience=audience,
        bridge=explaining.bridge(sums, of, municipality_of(choice.area)),
        municipalities=tuple(
            MunicipalityBridge(
                code,
                name,
                explaining.bridge(sums, of, code),
                reporting([one for one in before if one.municipality_code == code]),
                reporting([one for one in after if one.municipality_code == code]),
            )
            for code, name in names.items()
        ),
        before=reporting(before),
        after=reporting(after),
    )


def _start(wanted: Asked, options: Options) -> date:
    end = wanted.choice.day
    asked = request.args.get(Field.FROM)
    earlier = [day for day in options.days if day < end]
    return next(
        (day for day in earlier if day.isoformat() == asked), default_start(end, options.days)
    )


def waterfall(found: Why) -> WaterfallSpec | None:
    """The change as a picture; None where it can't be told."""
    bridge = found.bridge
    if bridge is None:
        return None
    measure = found.choice.measure
    return WaterfallSpec(
        label=why_words.finding(found),
        start=Step(
            str(filters.day(found.start)),
            bridge.start,
            why_words.value_text(bridge.start, found.of),
        ),
        steps=tuple(
            Step(
                why_words.cause_name(cause, measure),
                bridge.parts[cause],
                why_words.part_text(cause, bridge, found),
            )
            for cause in Cause
        ),
        end=Step(
            str(filters.day(found.choice.day)),
            bridge.end,
            why_words.value_text(bridge.end, found.of),
        ),
        source=gettext("Source: reports from fibre associations."),
    )


def causes_table(found: Why) -> Table:
    """The area's change by causes, as a table for files."""
    head = ("area", "of", "measure", "from_date", *_BRIDGE, UNLIKE)
    area = found.choice.area
    row = (
        area.code,
        found.of.value,
        found.choice.measure.value,
        found.start,
        *_cells(found.bridge, found),
        _unlike(change_together(found)),
    )
    return with_passport("causes", head, [row], choice=found.choice, audience=found.audience)


def _municipalities(found: Why) -> Table:
    head = ("code", "name", "of", "measure", "from_date", *_BRIDGE, UNLIKE)
    rows = [
        (
            one.code,
            one.name,
            found.of.value,
            found.choice.measure.value,
            found.start,
            *_cells(one.bridge, found),
            _unlike(change_together(found, one)),
        )
        for one in found.municipalities
    ]
    return with_passport("municipalities", head, rows, choice=found.choice, audience=found.audience)


_BRIDGE = (
    "start_percent",
    *(f"{cause}_points" for cause in Cause),
    "end_percent",
    "change_points",
    "added_numerator",
    "added_denominator",
)


def _cells(bridge: Bridge | None, found: Why) -> list[Cell]:
    if bridge is None:
        return [None] * len(_BRIDGE)
    unmoved = {Cause.definition} if why_words.one_definition(found) else set()
    return [
        rounded(bridge.start),
        *(None if cause in unmoved else rounded(bridge.parts[cause]) for cause in Cause),
        rounded(bridge.end),
        rounded(bridge.change),
        bridge.added_numerator,
        bridge.added_denominator,
    ]


def _unlike(together: Together) -> str | None:
    """What the two dates do not have in common, for programs."""
    return next(iter(codes(together).values()), "") or None


def warning(found: Why) -> str:
    """Why the two dates are to be compared with care."""
    return alike_words.warning(change_together(found))


ROOM = Room(
    "why",
    _find,
    _others,
    {"causes": causes_table, "municipalities": _municipalities},
    {"waterfall": waterfall},
    warning=warning,
)
ROOMS["why"] = ROOM


@blueprint.get("/gap/why")
@open_to(PUBLIC)
def why() -> Response:
    """Why it changed."""
    return ROOM.page(_parts)


def _parts(found: Why, _wanted: Asked, options: Options) -> Mapping[str, object]:
    return {
        "found": found,
        "why_words": why_words,
        "warning": warning(found),
        "causes": list(Cause),
        "starts": [day for day in options.days if day < found.choice.day],
    }
