"""Why dates of a series have no figure: unknown is never 0, and never without its reason.

What is withheld and what is absent have one reason, as telling them apart would tell too much.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from flask_babel import gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from outreach.gap.passports import day_name
from outreach.gap.people_words import states_of
from outreach.gap.results import Findings
from outreach.gap.rules import Beside, Shown, VillageState
from outreach.gap.wording import NO_COUNTRYSIDE, NO_TOWN
from outreach.measures.rates import Share

NAMED = 4
"""So many dates are named; of the others only how many there are is told."""

NOT_REACHED = lazy_gettext(
    "Nobody logged sessions in the twelve months before, or place and inhabitants are not known"
)


class Sides(Protocol):
    """The shares of one date."""

    @property
    def day(self) -> date:
        """The date."""
        ...

    @property
    def rural(self) -> Share:
        """The countryside."""
        ...

    @property
    def urban(self) -> Share:
        """Towns."""
        ...

    @property
    def whole(self) -> Share:
        """Both, and the villages on neither side."""
        ...


def blank_of(share: Share) -> VillageState | None:
    """Why there is no rate; None where there is one."""
    if share.value is not None:
        return None
    return VillageState.UNDEFINED if share.known else VillageState.NOT_SHOWN


def blank_in(point: Sides) -> VillageState | None:
    """Why town, countryside or both have no figure on a date; None where both have."""
    found = [blank_of(share) for share in _shares(point)]
    return next((reason for reason in found if reason is not None), None)


def blank_dates(findings: Findings) -> str:
    """Where a series has no figure and why; empty where it has all."""
    sides, rows = findings.chosen.gap, [_shares(point) for point in findings.series]
    told = []
    for found, none in (
        ((sides.rural, [row[0] for row in rows]), NO_COUNTRYSIDE),
        ((sides.urban, [row[1] for row in rows]), NO_TOWN),
    ):
        group, shares = found
        if shares and not group.villages and all(share.value is None for share in shares):
            told.append(str(none))
    return " ".join(filter(None, [*told, blanks_among(findings.series, findings.choice.shown)]))


def blanks_among(points: Sequence[Sides], shown: Shown) -> str:
    """The dates without a figure of a side that has one on other dates, with their reasons."""
    columns = zip(*map(_shares, points), strict=True)
    is_drawn = [any(share.value is not None for share in column) for column in columns]
    of = sorted((one.day, _blank_among(one, is_drawn)) for one in points)
    reasons = _reasons(shown)
    return " ".join(
        _told([day for day, reason in of if reason == state], str(reasons[VillageState(state)]))
        for state in dict.fromkeys(reason for _, reason in of if reason)
    )


def _shares(one: Sides) -> tuple[Share, Share, Share]:
    return one.rural, one.urban, one.whole


def _blank_among(one: Sides, is_drawn: Sequence[bool]) -> str:
    found = [blank_of(share) for share, drawn in zip(_shares(one), is_drawn, strict=True) if drawn]
    return next((reason.value for reason in found if reason is not None), "")


def _reasons(shown: Shown) -> Mapping[VillageState, LazyString]:
    found = states_of(shown)
    return {**found, VillageState.NOT_SHOWN: NOT_REACHED} if shown is Beside.reach else found


def _told(days: Sequence[date], reason: str) -> str:
    names = ", ".join(map(day_name, days[:NAMED]))
    rest = len(days) - NAMED
    if rest > 0:
        more = ngettext("%(number)s more", "%(number)s more", rest, number=rest)
        names = str(gettext("%(names)s and %(more)s", names=names, more=more))
    return str(
        gettext(
            "Town, countryside or both have no figure on %(days)s. %(reason)s.",
            days=names,
            reason=reason,
        )
    )
