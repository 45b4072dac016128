"""Why dates of a series have no figure: unknown is never 0, and never without its reason.

What is withheld and what is absent have one reason, as telling them apart would tell too much.
"""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext, ngettext

from outreach.gap.passports import day_name
from outreach.gap.people_words import states_of
from outreach.gap.results import Findings, SeriesPoint
from outreach.gap.rules import VillageState
from outreach.measures.rates import Share

NAMED = 4
"""So many dates are named; of the others only how many there are is told."""


def blank_of(share: Share) -> VillageState | None:
    """Why there is no rate; None where there is one."""
    if share.value is not None:
        return None
    return VillageState.UNDEFINED if share.known else VillageState.NOT_SHOWN


def blank_in(point: SeriesPoint) -> VillageState | None:
    """Why town, countryside or both have no figure on a date; None where both have."""
    found = [blank_of(share) for share in (point.rural, point.urban, point.whole)]
    return next((reason for reason in found if reason is not None), None)


def blank_dates(findings: Findings) -> str:
    """The dates without a figure with their reasons; empty where there are none."""
    of = [(blank_in(point), point.day) for point in findings.series]
    reasons = states_of(findings.choice.shown)
    return " ".join(
        _told([day for reason, day in of if reason is state], str(reasons[state]))
        for state in dict.fromkeys(reason for reason, _ in of if reason is not None)
    )


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
