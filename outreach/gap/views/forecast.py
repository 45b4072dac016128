"""Where it heads: a forecast as a range, and the day a goal is reached."""

from collections.abc import Mapping
from datetime import date

from flask import Response, request
from flask_babel import gettext

from outreach.gap import outlook_words, why_words
from outreach.gap.analysis_files import rounded, with_passport
from outreach.gap.charts.analysis_specs import FanBand, FanSpec
from outreach.gap.disclosed import Audience
from outreach.gap.files import Table
from outreach.gap.forms import Asked, Field
from outreach.gap.outlook import (
    DEFAULT_GOALS,
    GOAL_YEAR,
    GOALS,
    LAST_SHOWN,
    Looking,
    Outlook,
)
from outreach.gap.picturing import levels
from outreach.gap.queries.progress import progress
from outreach.gap.rules import Options
from outreach.gap.views.blueprint import blueprint
from outreach.gap.views.reading import Reading
from outreach.gap.views.rooms import ROOMS, Parameters, Room
from outreach.gap.why import Of
from outreach.web.access import PUBLIC, open_to
from outreach.web.delimited import Cell

GROUPS = (Of.all, Of.rural, Of.urban)
TICK_YEARS = 4


def _others(_options: Options) -> Parameters:
    return {
        Field.GROUP: [of.value for of in GROUPS],
        Field.GOAL: [_percent(goal) for goal in GOALS],
    }


def _percent(goal: float) -> str:
    return str(round(goal * 100))


def _find(look: Reading, wanted: Asked, audience: Audience) -> Outlook:
    choice = wanted.choice
    of = Of(request.args.get(Field.GROUP, Of.all.value))
    asked = request.args.get(Field.GOAL)
    goal = DEFAULT_GOALS[choice.measure] if asked is None else int(asked) / 100
    sums = progress(
        look.session, choice.area.counties, measure=choice.measure, published=look.published
    )
    return Looking(choice, of, audience, look.disclosure(choice.area)).outlook(sums, goal)


def _fan(found: Outlook) -> FanSpec | None:
    if found.found is None:
        return None
    bands = found.found.bands
    first, last = found.seen[0].day.year, bands[-1].day.year
    return FanSpec(
        label=outlook_words.finding(found),
        seen=tuple((one.day, one.share.value or 0.0) for one in found.found.seen),
        bands=tuple(FanBand(one.day, one.low, one.middle, one.high) for one in bands),
        goal=found.goal,
        goal_day=date(GOAL_YEAR, 12, 31),
        goal_text=gettext(
            "Goal %(goal)s by %(year)s", goal=outlook_words.whole(found.goal), year=GOAL_YEAR
        ),
        ticks=tuple(
            (found.seen[0].day.replace(year=year, day=1), str(year))
            for year in range(first, last + 1)
            if (year - GOAL_YEAR) % TICK_YEARS == 0
        ),
        levels=levels(),
        names=(
            gettext("at most %(share)s", share=outlook_words.whole(bands[-1].high)),
            gettext("likely %(share)s", share=outlook_words.whole(bands[-1].middle)),
            gettext("at least %(share)s", share=outlook_words.whole(bands[-1].low)),
        ),
        source="",
    )


def _forecast(found: Outlook) -> Table:
    head = ("area", "of", "measure", "date", "kind", "share", "low", "high", "level", "goal")
    base = (found.choice.area.code, found.of.value, found.choice.measure.value)
    rows: list[tuple[Cell, ...]] = [
        (*base, one.day, "counted", rounded(one.share.value), None, None, None, found.goal)
        for one in found.seen
    ]
    rows += [
        (
            *base,
            b.day,
            "forecast",
            rounded(b.middle),
            rounded(b.low),
            rounded(b.high),
            0.8,
            found.goal,
        )
        for b in (found.found.bands if found.found else ())
    ]
    return with_passport("forecast", head, rows, choice=found.choice, audience=found.audience)


ROOM = Room("forecast", _find, _others, {"forecast": _forecast}, {"fan": _fan})
ROOMS["forecast"] = ROOM


@blueprint.get("/gap/forecast")
@open_to(PUBLIC)
def forecast() -> Response:
    """Where it heads."""
    return ROOM.page(_parts)


def _parts(found: Outlook, _wanted: Asked, _options: Options) -> Mapping[str, object]:
    return {
        "found": found,
        "outlook_words": outlook_words,
        "groups": {of: why_words.OF[of] for of in GROUPS},
        "goals": {_percent(goal): outlook_words.whole(goal) for goal in GOALS},
        "goal": _percent(found.goal),
        "last_year": LAST_SHOWN,
    }
