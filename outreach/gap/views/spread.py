"""How unequal: the Lorenz curve, Theil's parts, and clusters of villages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask import Response
from flask_babel import gettext

from outreach.gap import spread_words
from outreach.gap.analysis_files import rounded, with_passport
from outreach.gap.charts.analysis_specs import ClusterDot, ClusterSpec, LorenzSpec
from outreach.gap.charts.specs import Ring
from outreach.gap.disclosed import Audience
from outreach.gap.files import Table
from outreach.gap.forms import Asked
from outreach.gap.picturing import levels, rings_of, tolerance_of
from outreach.gap.queries.points import village_points
from outreach.gap.queries.shapes import municipality_outlines
from outreach.gap.rules import Options
from outreach.gap.spread import Spread, spread
from outreach.gap.views.blueprint import blueprint
from outreach.gap.views.reading import Reading
from outreach.gap.views.rooms import ROOMS, Parameters, Room
from outreach.measures.inequality import Decomposition
from outreach.measures.spatial import Cluster
from outreach.web.access import PUBLIC, open_to
from outreach.web.delimited import Cell

K = TypeVar("K")
TENTHS = tuple(tenth / 10 for tenth in range(1, 11))
KINDS = (
    Cluster.none,
    Cluster.high,
    Cluster.low,
    Cluster.high_among_low,
    Cluster.low_among_high,
)
"""The order in which the map's signs stand."""
LISTED = 60


@dataclass(frozen=True, slots=True)
class Look:
    """What was found, and the outlines to draw it on."""

    found: Spread
    outlines: tuple[Ring, ...]


def _others(_options: Options) -> Parameters:
    return {}


def _find(look: Reading, wanted: Asked, audience: Audience) -> Look:
    area = wanted.choice.area
    findings = look.findings(wanted.choice, audience)
    outlines = municipality_outlines(look.session, area)
    return Look(
        spread(findings, village_points(look.session, area)),
        tuple(
            ring for shape in outlines.values() for ring in rings_of(shape, tolerance_of(outlines))
        ),
    )


def _curve(look: Look) -> LorenzSpec | None:
    found = look.found
    if found.curve is None:
        return None
    return LorenzSpec(
        label=spread_words.finding(found),
        points=found.curve.points,
        levels=levels(),
        across=gettext("part of the dwellings, villages furthest behind first"),
        upwards=gettext("part of all that is counted"),
        diagonal=gettext("if all were alike"),
        curve=gettext("as it is"),
        source="",
    )


def _map(look: Look) -> ClusterSpec | None:
    found = look.found
    if not found.clusters:
        return None
    return ClusterSpec(
        label=f"{spread_words.together(found)} {spread_words.clusters(found)}",
        outlines=look.outlines,
        dots=tuple(ClusterDot(one.point, KINDS.index(one.local.cluster)) for one in found.clusters),
        legend=tuple(str(spread_words.CLUSTERS[kind]) for kind in KINDS),
        source="",
    )


def _lorenz(look: Look) -> Table:
    curve = look.found.curve
    points = () if curve is None else curve.points
    rows = [(look.found.findings.choice.measure.value, rounded(x), rounded(y)) for x, y in points]
    return _table("lorenz", ("measure", "part_of_dwellings", "part_of_counted"), rows, look)


def _theil(look: Look) -> Table:
    found = look.found
    head = (
        "by",
        "group",
        "villages",
        "numerator",
        "denominator",
        "share",
        "theil",
        "between",
        "within",
    )
    municipalities = _parts("municipality", found.by_municipality, str)
    classes = _parts("class", found.by_class, lambda one: "" if one is None else str(one))
    return _table("theil", head, [*municipalities, *classes], look)


def _parts(
    by: str, found: Decomposition[K] | None, name: Callable[[K], str]
) -> list[tuple[Cell, ...]]:
    if found is None:
        return []
    rows: list[tuple[Cell, ...]] = [
        (
            by,
            name(part.key),
            part.villages,
            part.share.numerator,
            part.share.denominator,
            rounded(part.share.value),
            rounded(part.theil),
            rounded(part.between),
            rounded(part.within),
        )
        for part in found.groups
    ]
    whole = (rounded(found.theil), rounded(found.between), rounded(found.within))
    return [
        *rows,
        (by, "all", sum(part.villages for part in found.groups), None, None, None, *whole),
    ]


def _clusters(look: Look) -> Table:
    head = ("code", "name", "municipality", "share", "morans_i", "p", "adjusted_p", "cluster")
    rows = [
        (
            one.village.code,
            one.village.name,
            one.village.municipality_name,
            rounded(one.village.share.value),
            rounded(one.local.index),
            rounded(one.local.p),
            rounded(one.local.adjusted_p),
            one.local.cluster.value,
        )
        for one in look.found.clusters
    ]
    return _table("clusters", head, rows, look)


def _table(name: str, head: tuple[str, ...], rows: Sequence[Sequence[Cell]], look: Look) -> Table:
    findings = look.found.findings
    return with_passport(name, head, rows, choice=findings.choice, audience=findings.audience)


ROOM = Room(
    "spread",
    _find,
    _others,
    {"lorenz": _lorenz, "theil": _theil, "clusters": _clusters},
    {"lorenz": _curve, "clusters": _map},
)
ROOMS["spread"] = ROOM


@blueprint.get("/gap/spread", endpoint="spread")
@open_to(PUBLIC)
def spread_page() -> Response:
    """How unequal."""
    return ROOM.page(_page_parts)


def _page_parts(look: Look, _wanted: Asked, _options: Options) -> Mapping[str, object]:
    found = look.found
    return {
        "found": found,
        "findings": found.findings,
        "spread_words": spread_words,
        "tenths": [(part, found.curve.at(part)) for part in TENTHS] if found.curve else [],
        "named": found.named[:LISTED],
    }
