"""What is said of both series over time: their breaks, and why a figure is not there."""

from collections.abc import Mapping

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from outreach.gap.rules import VillageState
from outreach.gap.wording import STATES, share_text
from outreach.official.comparing import Blank, Comparison, OfficialPoint
from outreach.official.rules import break_span, counted_in
from outreach.official.wording import COUNTED
from outreach.web import filters

BLANKS: Mapping[Blank, LazyString] = {
    Blank.NO_ROUND: lazy_gettext("no reporting round on this day"),
    Blank.NOT_SHOWN: STATES[VillageState.NOT_SHOWN],
    Blank.UNDEFINED: STATES[VillageState.UNDEFINED],
    Blank.NOT_IMPORTED: lazy_gettext("no figure of this year in the files that were imported"),
    Blank.OTHER_DAY: lazy_gettext("official figures are of 1 October only"),
}
COLUMNS: Mapping[str, LazyString] = {
    "series": lazy_gettext("the official series' code at its publisher"),
    "blank": lazy_gettext(
        "why our share is not there: no_round (no reporting round on the day), not_shown (no "
        "report, or too few to show), undefined (nothing to divide by); empty where it is"
    ),
    "official_year": lazy_gettext("the year that the official figure is of, on 1 October"),
    "official_counted": lazy_gettext("what the official share is of: population or households"),
    "official_share": lazy_gettext("the official share as published, from 0 to 1"),
    "official_blank": lazy_gettext(
        "why the official share is not there: not_imported (no figure of the year in the files "
        "that were imported), other_day (not 1 October); empty where it is"
    ),
    "series_break": lazy_gettext(
        "the series' breaks between this official figure and the one before it: what is counted "
        "changed there, and the two are not compared"
    ),
    "difference_points": lazy_gettext("ours minus the official figure, in percentage points"),
    "since_points": lazy_gettext("the part of it by which ours has changed since that date"),
    "same_date_points": lazy_gettext("the part of it that was there on the same date"),
    "cause": lazy_gettext(
        "what the difference on the same date can come from: level (none to explain), uncovered "
        "(dwellings without a report), other, unknown"
    ),
}


def break_name(year: int) -> str:
    """A break's short name, by the first year that is counted in the new way."""
    return str(gettext("series break %(years)s", years=break_span(year)))


def finding(found: Comparison) -> str:
    """The newest date that both series have, in a sentence."""
    both = [p for p in found.series if p.ours is not None and p.official is not None]
    if not both:
        return str(gettext("No date has both our figure and an official one."))
    last = both[-1]
    return str(
        gettext(
            "On %(day)s our figure is %(ours)s and the official one %(official)s.",
            day=filters.day(last.day),
            ours=share_text(last.ours),
            official=share_text(last.official),
        )
    )


def note(point: OfficialPoint) -> str:
    """What is to be said of a date: the breaks before its figure, and why a figure isn't there."""
    counted = str(COUNTED[counted_in(point.day.year)])
    told = [
        str(gettext("%(break_name)s: from here on %(counted)s", break_name=name, counted=counted))
        for name in map(break_name, point.breaks)
    ]
    for whose, blank in (
        (gettext("ours"), point.ours_blank),
        (gettext("official"), point.official_blank),
    ):
        if blank is not None:
            words = str(BLANKS[blank])
            told.append(f"{whose}: {words[0].lower()}{words[1:]}")
    return "; ".join(told)
