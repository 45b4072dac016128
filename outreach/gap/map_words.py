"""The map page's words: its modes, classes and the sentences around it."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from outreach.gap.comparing import VillageChange
from outreach.gap.map_view import Limits, Mode
from outreach.gap.marks import Mark, Overlay, Sign
from outreach.gap.people_words import people_standing
from outreach.gap.results import Findings
from outreach.gap.wording import share_text, size_text
from outreach.measures.classes import DIFFERENCE_LIMITS
from outreach.measures.rates import UNKNOWN_SHARE, Share
from outreach.places.words import SERVICE_KINDS

MODES: Mapping[Mode, LazyString] = {
    Mode.ONE: lazy_gettext("One date"),
    Mode.BESIDE: lazy_gettext("Two dates side by side"),
    Mode.CHANGE: lazy_gettext("The difference between two dates"),
}
LIMITS: Mapping[Limits, LazyString] = {
    Limits.FIXED: lazy_gettext("The same always"),
    Limits.QUANTILE: lazy_gettext("Equally many villages in each"),
}
OVERLAYS: Mapping[Overlay, LazyString] = {
    Overlay.MUNICIPALITIES: lazy_gettext("Municipalities"),
    Overlay.ASSOCIATIONS: lazy_gettext("Areas of fibre associations"),
    Overlay.SERVICES: lazy_gettext("Service points"),
    Overlay.NODES: lazy_gettext("Strategic nodes"),
}
SIGNS: Mapping[Sign, LazyString] = {
    Sign.SERVED: lazy_gettext("Area of a fibre association"),
    Sign.SERVICE: lazy_gettext("Service point"),
    Sign.NODE: lazy_gettext("Strategic node"),
    Sign.FULL_NODE: lazy_gettext("Strategic node with a full range of services"),
}
SIGNS_OF_LAYER: Mapping[Overlay, Sequence[Sign]] = {
    Overlay.MUNICIPALITIES: (),
    Overlay.ASSOCIATIONS: (Sign.SERVED,),
    Overlay.SERVICES: (Sign.SERVICE,),
    Overlay.NODES: (Sign.NODE, Sign.FULL_NODE),
}


def mark_text(mark: Mark) -> str:
    """A service point or a node in a line: its name, and what it offers."""
    if mark.sign is Sign.SERVICE:
        return f"{mark.name}: {', '.join(str(SERVICE_KINDS[kind]) for kind in mark.kinds)}"
    return f"{SIGNS[mark.sign]}: {mark.name}"


def covered(findings: Findings) -> str:
    """How much of the area stands behind the map."""
    if findings.choice.beside is not None:
        return people_standing(findings).removesuffix(".")
    return covered_share(findings.reporting.completeness)


def covered_on(findings: Findings, day: date) -> str | None:
    """The same of another date, as a sentence; None where the map's own still holds."""
    if findings.choice.beside is not None:
        return None
    of_day = (point.completeness for point in findings.series if point.day == day)
    return f"{covered_share(next(of_day, UNKNOWN_SHARE))}."


def covered_share(completeness: Share) -> str:
    """How much of the dwellings reports cover."""
    share = completeness.value
    if share is None:
        return str(gettext("It is not known how many dwellings the reports cover"))
    return str(gettext("Reports cover %(share)s of the dwellings", share=share_text(share)))


def limit_labels(limits: Sequence[float]) -> list[str]:
    """The classes of shares in words: under 40 %, 40–60 %, …"""
    texts = [f"{limit * 100:.1f}".removesuffix(".0").replace(".", ",") for limit in limits]
    if not texts:
        return [str(gettext("all"))]
    return [
        str(gettext("under %(limit)s %%", limit=texts[0])),
        *(f"{low}–{high}\N{NO-BREAK SPACE}%" for low, high in pairwise(texts)),
        str(gettext("%(limit)s %% or more", limit=texts[-1])),
    ]


def change_labels() -> list[str]:
    """The classes of differences in words, from the largest decline to the largest growth."""
    small, middle, large = (f"{limit * 100:.0f}" for limit in DIFFERENCE_LIMITS[3:])
    return [
        str(gettext("%(points)s points down or more", points=large)),
        str(gettext("%(low)s–%(high)s points down", low=middle, high=large)),
        str(gettext("%(low)s–%(high)s points down", low=small, high=middle)),
        str(gettext("about the same: under %(points)s points", points=small)),
        str(gettext("%(low)s–%(high)s points up", low=small, high=middle)),
        str(gettext("%(low)s–%(high)s points up", low=middle, high=large)),
        str(gettext("%(points)s points up or more", points=large)),
    ]


def change_finding(rows: Sequence[VillageChange]) -> str:
    """What the difference map shows, in a sentence of numbers of villages."""
    known = [row.points for row in rows if row.points is not None]
    if not known:
        return str(gettext("No village has figures to show on both dates."))
    limit = DIFFERENCE_LIMITS[3] * 100
    return str(
        gettext(
            "Of %(known)s villages with figures on both dates, %(up)s have gone up by %(limit)s "
            "percentage points or more, and %(down)s down.",
            known=len(known),
            up=sum(points >= limit for points in known),
            down=sum(points < -limit for points in known),
            limit=size_text(limit),
        )
    )
