"""Digital maturity beside the connection: both sides, municipalities, and the four corners."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response

from outreach.gap import alike_words, skills_words
from outreach.gap.analysis_files import rounded, with_passport
from outreach.gap.disclosed import Audience
from outreach.gap.files import UNLIKE, Table
from outreach.gap.forms import Asked
from outreach.gap.passports import codes, day_name, rounds_together, scatter_together
from outreach.gap.rules import AreaKind, Choice, Options
from outreach.gap.skills import Corner, Dot, Sides, Skills, skills
from outreach.gap.views.blueprint import blueprint
from outreach.gap.views.reading import Reading
from outreach.gap.views.rooms import ROOMS, Parameters, Room
from outreach.maturity.latest import rounds_up_to
from outreach.maturity.results import Figure
from outreach.maturity.wording import CAVEAT
from outreach.measures.actions import CONNECTED_ENOUGH, LOW_MATURITY
from outreach.web.access import PUBLIC, open_to
from outreach.web.delimited import Cell

LEFT, RIGHT, TOP, BOTTOM = 48.0, 376.0, 24.0, 330.0
"""The frame of the scatter in its drawing of 400 × 384."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was found, and for whom."""

    skills: Skills
    audience: Audience


def _others(_options: Options) -> Parameters:
    return {}


def _find(look: Reading, wanted: Asked, audience: Audience) -> Look:
    return maturity_look(look, wanted.choice, audience)


def maturity_look(look: Reading, choice: Choice, audience: Audience) -> Look:
    """Digital maturity of a choice's area, on both sides and beside the connection."""
    area = choice.area
    if len(area.counties) != 1:
        return Look(skills(choice, None, [], [], []), audience)
    county = area.counties[0]
    areas = [
        one
        for one in look.options.areas
        if one.kind is AreaKind.MUNICIPALITY and one.counties == area.counties
    ]
    found = skills(
        choice,
        look.maturity(county, choice.day),
        rounds_up_to(look.session, county, choice.day, known_on=look.known_on),
        look.findings(choice, audience).villages,
        areas,
    )
    return Look(found, audience)


def _figure(figure: Figure) -> tuple[Cell, ...]:
    interval = figure.interval
    ends = (None, None) if interval is None else (rounded(interval.low), rounded(interval.high))
    share = figure.share
    return (share.numerator, share.denominator, rounded(share.value), *ends)


def sides_table(look: Look) -> Table:
    """Both sides of the area, its municipalities and earlier rounds, as a table for files."""
    parts = ("at_least_basic", "answers", "share", "low", "high")
    groups = ("rural", "urban", "all")
    head = ("code", "name", "round", *(f"{group}_{part}" for group in groups for part in parts),
            "gap_points", "gap_low", "gap_high", UNLIKE)  # fmt: skip
    found = look.skills
    unlike = codes(rounds_together(found))
    places = [*([found.here] if found.here else []), *found.municipalities, *found.rounds[1:]]
    rows = [_side_row(one, unlike.get(day_name(one.day)) or None) for one in places]
    return _table("sides", head, rows, look)


def _side_row(one: Sides, unlike: str | None) -> tuple[Cell, ...]:
    interval = one.interval
    return (
        one.code,
        one.name,
        one.day,
        *_figure(one.rural),
        *_figure(one.urban),
        *_figure(one.whole),
        rounded(one.points),
        None if interval is None else rounded(interval.low),
        None if interval is None else rounded(interval.high),
        unlike,
    )


def _corners(look: Look) -> Table:
    head = ("code", "name", "municipality", "group", "corner", "connection_rate", "maturity",
            "at_least_basic", "answers", "share", "low", "high", UNLIKE)  # fmt: skip
    unlike = next(iter(codes(scatter_together(look.skills)).values()), None)
    rows = [
        (
            one.code,
            one.name,
            one.municipality,
            None if one.group is None else one.group.value,
            one.corner.value,
            rounded(one.connected),
            rounded(one.maturity),
            *_figure(one.figure),
            unlike,
        )
        for one in look.skills.dots
    ]
    return _table("corners", head, rows, look)


def _warnings(found: Skills) -> str:
    """Why the rounds, and what stands in the four corners, are to be compared with care."""
    both = (rounds_together(found), scatter_together(found))
    return " ".join(told for told in map(alike_words.warning, both) if told)


def _table(name: str, head: tuple[str, ...], rows: Sequence[Sequence[Cell]], look: Look) -> Table:
    return with_passport(
        name, head, rows, choice=look.skills.choice, audience=look.audience, source="survey"
    )


ROOM = Room(
    "maturity",
    _find,
    _others,
    {"sides": sides_table, "corners": _corners},
    {},
    source=skills_words.source,
    warning=lambda look: _warnings(look.skills),
)
ROOMS["maturity"] = ROOM


@blueprint.get("/gap/maturity", endpoint="maturity")
@open_to(PUBLIC)
def maturity_page() -> Response:
    """Digital maturity in towns and countryside."""
    return ROOM.page(_page_parts)


def across(share: float) -> float:
    """Where a connection rate lies in the drawing."""
    return round(LEFT + (RIGHT - LEFT) * share, 1)


def upwards(share: float) -> float:
    """Where a maturity lies in the drawing."""
    return round(BOTTOM - (BOTTOM - TOP) * share, 1)


def _drawn(dot: Dot) -> tuple[Dot, float, float, bool]:
    """A village with its place, and whether its name stands to the left of it."""
    return dot, across(dot.connected), upwards(dot.maturity), dot.connected > 1 / 2


def _page_parts(look: Look, _wanted: Asked, _options: Options) -> Mapping[str, object]:
    found = look.skills
    marks = [(share, across(share), upwards(share)) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    return {
        "found": found,
        "skills_words": skills_words,
        "warning": alike_words.warning(scatter_together(found)),
        "rounds_warning": alike_words.warning(rounds_together(found)),
        "caveat": CAVEAT,
        "corners": [(corner, found.within(corner)) for corner in Corner],
        "dots": [_drawn(dot) for dot in found.dots],
        "marks": marks,
        "frame": (LEFT, RIGHT, TOP, BOTTOM),
        "limits": (across(CONNECTED_ENOUGH), upwards(LOW_MATURITY)),
    }
