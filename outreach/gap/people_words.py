"""Maturity and training reach as measures of the gap, in words."""

from collections.abc import Mapping

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from outreach.gap.results import Direction, Findings
from outreach.gap.rules import Beside, Shown, VillageState
from outreach.gap.wording import MEANINGS, STATES
from outreach.web import filters

BESIDE_STATES: Mapping[Beside, Mapping[VillageState, LazyString]] = {
    Beside.maturity: {
        VillageState.REPORTED: lazy_gettext("Answered in the newest survey"),
        VillageState.ZERO: lazy_gettext("Nobody with at least basic skills"),
        VillageState.OVERDUE: lazy_gettext("Answered in an earlier survey"),
        VillageState.NOT_EXPECTED: lazy_gettext("No survey in the county by then"),
        VillageState.NOT_SHOWN: lazy_gettext("Not shown: no answers, or too few to show"),
    },
    Beside.reach: {
        VillageState.REPORTED: lazy_gettext("A session within the distance"),
        VillageState.ZERO: lazy_gettext("No session within the distance"),
        VillageState.NOT_EXPECTED: lazy_gettext("Nobody in the county logs sessions"),
        VillageState.NOT_SHOWN: lazy_gettext("Not shown: place or inhabitants not known"),
    },
}


_ADVICE: Mapping[Beside, Mapping[Direction, LazyString]] = {
    Beside.maturity: {
        Direction.BEHIND: lazy_gettext(
            "Fewer manage the basics in the countryside than in towns. Hold training there."
        ),
        Direction.AHEAD: lazy_gettext("More manage the basics in the countryside than in towns."),
        Direction.LEVEL: lazy_gettext("About as many manage the basics in town and countryside."),
        Direction.UNKNOWN: lazy_gettext(
            "How many manage the basics can't be compared here: too few have answered, or none."
        ),
    },
    Beside.reach: {
        Direction.BEHIND: lazy_gettext(
            "Fewer in the countryside than in towns have training near them. Hold sessions there."
        ),
        Direction.AHEAD: lazy_gettext(
            "More in the countryside than in towns have training near them."
        ),
        Direction.LEVEL: lazy_gettext(
            "About as many in town and countryside have training near them."
        ),
        Direction.UNKNOWN: lazy_gettext(
            "Whom training reaches can't be compared here: nobody logs sessions, or one side is "
            "empty."
        ),
    },
}


def states_of(shown: Shown) -> Mapping[VillageState, LazyString]:
    """The states of villages, in the words of the measure; one that never occurs is not in it."""
    if not isinstance(shown, Beside):
        return STATES
    undefined = {VillageState.UNDEFINED: STATES[VillageState.UNDEFINED]}
    return {**BESIDE_STATES[shown], **undefined}


def advice(findings: Findings) -> str:
    """What the gap of people calls for, or why nothing can be said."""
    chosen, beside = findings.chosen, findings.choice.beside
    return str(_ADVICE[beside or Beside.maturity][chosen.direction])


def people_standing(findings: Findings) -> str:
    """What figures of people stand on: which survey, or which twelve months."""
    basis = findings.basis
    if basis is None or basis.day is None:
        return str(gettext("Digital maturity has not been measured here by then."))
    if basis.kilometres is not None:
        return str(
            gettext(
                "Whether a session was held within %(kilometres)s km in the twelve months up to "
                "%(day)s, as the crow flies.",
                kilometres=basis.kilometres,
                day=filters.day(basis.day),
            )
        )
    told = gettext(
        "Those who chose to answer the survey of %(day)s: read with care.",
        day=filters.day(basis.day),
    )
    if not basis.is_demonstration:
        return str(told)
    return f"{told} {gettext('These answers are a demonstration: nobody has given them.')}"


def people_note(findings: Findings) -> str:
    """What stands under a table of people."""
    meaning = str(MEANINGS[findings.choice.shown])
    return f"{meaning[:1].upper()}{meaning[1:]}."
