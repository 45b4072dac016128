"""The gap's words: names of what can be chosen, and the sentences that say what was found."""

from collections.abc import Mapping
from itertools import pairwise

from flask_babel import gettext, lazy_gettext, lazy_pgettext, ngettext
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from outreach.connections import wording as reports
from outreach.gap.disclosed import VillageFigures
from outreach.gap.results import (
    Advice,
    Direction,
    Findings,
    MeasureGap,
)
from outreach.gap.rules import Area, AreaKind, Beside, Choice, Shown, VillageState
from outreach.measures.classes import POLICY_LIMITS, DwellingType, Scheme
from outreach.measures.passport import DEFINITION_VERSION
from outreach.measures.rates import Measure
from outreach.places.words import CLASSES, DWELLING_TYPES, NO_CLASS
from outreach.web import filters

DEFINITION = DEFINITION_VERSION
"""The version of the definitions that every figure is counted by."""

CONNECTION = reports.MEASURES
MEASURES: Mapping[Shown, LazyString] = {
    **dict(CONNECTION.items()),
    Beside.maturity: lazy_gettext("Digital maturity"),
    Beside.reach: lazy_gettext("Training reach"),
}
SOURCES: Mapping[Beside | None, LazyString] = {
    None: lazy_gettext("Approved reports from fibre associations"),
    Beside.maturity: lazy_gettext("A survey that people choose to answer"),
    Beside.reach: lazy_gettext("Sessions logged by civil society"),
}
MADE_FROM: Mapping[Beside | None, LazyString] = {
    None: lazy_gettext("reports from fibre associations"),
    Beside.maturity: lazy_gettext("a survey that people choose to answer"),
    Beside.reach: lazy_gettext("sessions logged by civil society"),
}
MEANINGS: Mapping[Shown, LazyString] = {
    **dict(reports.MEANINGS.items()),
    Beside.maturity: lazy_gettext(
        "people with at least basic digital skills, of those who answered the survey"
    ),
    Beside.reach: lazy_gettext(
        "inhabitants with a training session near them in the past twelve months, of all "
        "inhabitants"
    ),
}
NUMERATORS: Mapping[Shown, LazyString] = {
    Measure.coverage: lazy_gettext("dwellings that can be connected"),
    Measure.connection_rate: lazy_gettext("connected dwellings"),
    Measure.take_up: lazy_gettext("connected dwellings"),
    Measure.activation: lazy_gettext("active subscriptions"),
    Beside.maturity: lazy_gettext("people with at least basic skills"),
    Beside.reach: lazy_gettext("inhabitants within reach of training"),
}
DENOMINATORS: Mapping[Shown, LazyString] = {
    Measure.coverage: lazy_gettext("dwellings"),
    Measure.connection_rate: lazy_gettext("dwellings"),
    Measure.take_up: lazy_gettext("dwellings that can be connected"),
    Measure.activation: lazy_gettext("connected dwellings"),
    Beside.maturity: lazy_gettext("answers"),
    Beside.reach: lazy_gettext("inhabitants"),
}
DWELLINGS = lazy_pgettext("of any kind", "Dwellings")
"""Permanent ones or holiday homes, whichever are chosen."""
HOLIDAY_NUMERATORS: Mapping[Shown, LazyString] = {
    Measure.coverage: lazy_gettext("holiday homes that can be connected"),
    Measure.connection_rate: lazy_gettext("connected holiday homes"),
    Measure.take_up: lazy_gettext("connected holiday homes"),
}
HOLIDAY_DENOMINATORS: Mapping[Shown, LazyString] = {
    Measure.coverage: lazy_gettext("holiday homes"),
    Measure.connection_rate: lazy_gettext("holiday homes"),
    Measure.take_up: lazy_gettext("holiday homes that can be connected"),
    Measure.activation: lazy_gettext("connected holiday homes"),
}
HOLIDAY_MEANINGS: Mapping[Shown, LazyString] = {
    Measure.coverage: lazy_gettext("holiday homes that can be connected, of all holiday homes"),
    Measure.connection_rate: lazy_gettext("connected holiday homes, of all holiday homes"),
    Measure.take_up: lazy_gettext("connected holiday homes, of those that can be connected"),
    Measure.activation: lazy_gettext("active subscriptions, of connected holiday homes"),
}
GAPS: Mapping[Shown, LazyString] = {
    Measure.coverage: lazy_gettext("Build-out gap"),
    Measure.connection_rate: lazy_gettext("Gap in connection rate"),
    Measure.take_up: lazy_gettext("Take-up gap"),
    Measure.activation: lazy_gettext("Gap in activation"),
    Beside.maturity: lazy_gettext("Gap in digital maturity"),
    Beside.reach: lazy_gettext("Gap in training reach"),
}
SCHEMES: Mapping[Scheme, LazyString] = {
    Scheme.pts: lazy_gettext("PTS: rural is outside localities and small localities"),
    Scheme.scb: lazy_gettext("SCB: rural is outside localities"),
    Scheme.large: lazy_gettext("Large localities: rural is all but localities of 3 000 or more"),
}
STATES: Mapping[VillageState, LazyString] = {
    VillageState.REPORTED: lazy_gettext("Reported"),
    VillageState.ZERO: lazy_gettext("Reported, and zero"),
    VillageState.OVERDUE: lazy_gettext("Last report is older"),
    VillageState.NOT_EXPECTED: lazy_gettext("Nobody is expected to report"),
    VillageState.UNDEFINED: lazy_gettext("Nothing to divide by"),
    VillageState.NOT_SHOWN: lazy_gettext("Not shown: no report, or too few to show"),
}
SHORT_STATES: Mapping[VillageState, LazyString] = {
    VillageState.NOT_EXPECTED: lazy_gettext("Not expected"),
    VillageState.NOT_SHOWN: lazy_gettext("Not shown"),
}
ADVICE: Mapping[Advice, LazyString] = {
    Advice.BUILD: lazy_gettext(
        "Build. The network is what is missing: where it has come, people in the countryside "
        "connect at least as often as in towns."
    ),
    Advice.TALK: lazy_gettext(
        "Talk to people. The network is there, but fewer in the countryside have said yes to it."
    ),
    Advice.BOTH: lazy_gettext(
        "Build, and talk to people. The countryside has less network, and fewer say yes where "
        "it has come."
    ),
    Advice.NEITHER: lazy_gettext(
        "No gap to close. The countryside has at least as much network, and people say yes to it "
        "at least as often."
    ),
    Advice.UNKNOWN: lazy_gettext(
        "It cannot be told yet. There are too few figures for one of the two gaps."
    ),
}
DIRECTIONS: Mapping[Measure, Mapping[Direction, LazyString]] = {
    Measure.coverage: {
        Direction.BEHIND: lazy_gettext("The network reaches fewer in the countryside"),
        Direction.AHEAD: lazy_gettext("The network reaches more in the countryside"),
    },
    Measure.take_up: {
        Direction.BEHIND: lazy_gettext("Fewer say yes in the countryside"),
        Direction.AHEAD: lazy_gettext("More say yes in the countryside"),
    },
}
NO_COUNTRYSIDE = lazy_gettext("By this division the countryside here has no village to measure.")
NO_TOWN = lazy_gettext("By this division there is no town here to measure against.")
COMMON_DIRECTIONS: Mapping[Direction, LazyString] = {
    Direction.BEHIND: lazy_gettext("The countryside is behind"),
    Direction.AHEAD: lazy_gettext("The countryside is ahead"),
    Direction.LEVEL: lazy_gettext("Town and countryside are level"),
    Direction.UNKNOWN: lazy_gettext("The gap cannot be told"),
}


def advice_of(findings: Findings) -> str:
    """What the two gaps together call for; or why there is no gap where one side is empty."""
    gap = findings.build.gap
    if findings.advice is Advice.UNKNOWN and not gap.rural.villages:
        return str(NO_COUNTRYSIDE)
    if findings.advice is Advice.UNKNOWN and not gap.urban.villages:
        return str(NO_TOWN)
    return str(ADVICE[findings.advice])


def direction_of(found: MeasureGap) -> str:
    """Where the countryside stands, in the words of the measure."""
    own = DIRECTIONS.get(found.measure, {})
    return str(own.get(found.direction, COMMON_DIRECTIONS[found.direction]))


def area_name(area: Area) -> str:
    """An area's name; all counties together have none of their own."""
    return str(gettext("All counties")) if area.kind is AreaKind.ALL else area.name


def plain(number: str | Markup) -> str:
    """A number as plain text, for pictures and sentences; unknown is a dash."""
    return "–" if isinstance(number, Markup) and number.startswith("<") else str(number)


def share_text(share: float | None) -> str:
    """A share as plain text: 72,6 %."""
    return plain(filters.share(share))


def points_text(points: float | None) -> str:
    """Percentage points as plain text, with the sign: −12,5."""
    return plain(filters.points(points))


def size_text(points: float) -> str:
    """The size of a difference in percentage points, without a sign: 12,5."""
    return points_text(abs(points)).removeprefix("+")


def standing(findings: Findings) -> str:
    """What the figures stand on: who has reported for the date, and how old the rest are."""
    made = findings.reporting
    words = {
        "reported": plain(filters.count(made.reported)),
        "expected": plain(filters.count(made.expected)),
        "day": plain(filters.day(findings.choice.day)),
    }
    if not made.expected:
        return str(gettext("Nobody is expected to report here."))
    if made.reported == made.expected:
        return str(
            ngettext(
                "The only village that is to report has done so for %(day)s.",
                "All %(expected)s villages have reported for %(day)s.",
                made.expected,
                **words,
            )
        )
    if made.oldest is None or made.oldest >= findings.choice.day:
        return str(
            gettext("%(reported)s of %(expected)s villages have reported for %(day)s.", **words)
        )
    return str(
        gettext(
            "%(reported)s of %(expected)s villages have reported for %(day)s. The others count "
            "with their last report, the oldest from %(oldest)s.",
            oldest=filters.day(made.oldest),
            **words,
        )
    )


def state_in_table(village: VillageFigures) -> str:
    """The date of a village's figures, or why there are none to see."""
    if village.reported_on is not None:
        return str(filters.day(village.reported_on))
    return str(SHORT_STATES[village.state])


def class_labels() -> list[str]:
    """The map's classes in words: under 40 %, 40–60 %, … 90 % or more."""
    limits = [round(limit * 100) for limit in POLICY_LIMITS]
    return [
        str(gettext("under %(limit)s %%", limit=limits[0])),
        *(f"{low}–{high}\N{NO-BREAK SPACE}%" for low, high in pairwise(limits)),
        str(gettext("%(limit)s %% or more", limit=limits[-1])),
    ]


def class_name(village: VillageFigures) -> str:
    """A village's settlement class in words."""
    known = village.settlement_class
    return str(NO_CLASS if known is None else CLASSES[known.value])


def numerator_name(choice: Choice, shown: Shown | None = None) -> str:
    """What a share counts, in the words of the dwellings chosen; of what is shown by default."""
    return _of_dwellings(choice, shown, HOLIDAY_NUMERATORS, NUMERATORS)


def denominator_name(choice: Choice, shown: Shown | None = None) -> str:
    """What a share is divided by, in the same words."""
    return _of_dwellings(choice, shown, HOLIDAY_DENOMINATORS, DENOMINATORS)


def meaning_of(choice: Choice, shown: Shown | None = None) -> str:
    """Both in one, in the same words."""
    return _of_dwellings(choice, shown, HOLIDAY_MEANINGS, MEANINGS)


def _of_dwellings(
    choice: Choice,
    shown: Shown | None,
    of_holiday_homes: Mapping[Shown, LazyString],
    words: Mapping[Shown, LazyString],
) -> str:
    named = shown or choice.shown
    is_theirs = choice.dwellings is DwellingType.holiday and named in of_holiday_homes
    return str((of_holiday_homes if is_theirs else words)[named])


def measure_name(choice: Choice) -> str:
    """What is shown, with the kind of dwellings where it isn't the usual one."""
    name = str(MEASURES[choice.shown])
    if choice.dwellings is DwellingType.permanent:
        return name
    return f"{name} ({str(DWELLING_TYPES[choice.dwellings]).lower()})"
