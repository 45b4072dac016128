"""What to do next, in words."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from outreach.gap.results import Direction, direction
from outreach.gap.steps import NextSteps, Training
from outreach.gap.wording import area_name, plain, points_text
from outreach.measures.actions import MOVES, ActingFor, Reason, Sides
from outreach.measures.rates import Measure
from outreach.web import filters

AUDIENCES: Mapping[ActingFor, LazyString] = {
    ActingFor.associations: lazy_gettext("Associations: talk to people"),
    ActingFor.funders: lazy_gettext("Funders: build"),
    ActingFor.civil_society: lazy_gettext("Civil society: hold training"),
}
LEFT: Mapping[ActingFor, LazyString] = {
    ActingFor.associations: lazy_gettext("Passed, not connected"),
    ActingFor.funders: lazy_gettext("Not passed"),
}
RESTS_ON: Mapping[ActingFor, LazyString] = {
    ActingFor.associations: lazy_gettext(
        "The ranking rests on one number: dwellings that the network passes and that are not "
        "connected. The gaps afterwards are those if every one of them connects. Who has asked, "
        "and what it costs, is not known here."
    ),
    ActingFor.funders: lazy_gettext(
        "The ranking rests on one number: dwellings that no network passes. The gaps afterwards "
        "are those if all of them are passed and none has connected yet, so the take-up falls "
        "until people have been talked to. The ground and the cost of digging are not known here."
    ),
    ActingFor.civil_society: lazy_gettext(
        "Villages where at least three dwellings of five are connected, and where either fewer "
        "than three people of five have at least basic digital skills, or no session was held "
        "within 10 km in the past twelve months. First come those with both reasons, then those "
        "with most inhabitants. The skills are those of people who chose to answer, drawn "
        "towards their municipality where answers are few; a village that is not measured, or "
        "not shown, is not called weak."
    ),
}
REASONS: Mapping[Reason, LazyString] = {
    Reason.low_maturity: lazy_gettext("Few have basic skills"),
    Reason.out_of_reach: lazy_gettext("No session nearby"),
}
GAP_IN_SENTENCE: Mapping[Measure, LazyString] = {
    Measure.coverage: lazy_gettext("the build-out gap"),
    Measure.take_up: lazy_gettext("the take-up gap"),
}


def gap_text(sides: Sides, measure: Measure) -> str:
    """A gap in points."""
    return points_text(sides.points(measure))


def finding(found: NextSteps) -> str:
    """The plain sentence: how many dwellings, where most, and what halves the gap."""
    area = area_name(found.findings.choice.area)
    if found.training is not None:
        return training_finding(found.training, area)
    if not any(village.share.known for village in found.findings.villages):
        return str(gettext("No village of %(area)s has figures that can be shown.", area=area))
    if not found.ranked:
        return str(
            gettext("There is nothing left to do in the villages shown of %(area)s.", area=area)
        )
    first = found.ranked[0]
    words = {
        "area": area,
        "dwellings": _at_least(found),
        "village": first.village.name,
        "most": plain(filters.count(first.action.dwellings)),
    }
    if found.audience is ActingFor.associations:
        told = ngettext(
            "%(dwellings)s dwelling in %(area)s can be connected and is not, in %(village)s.",
            "%(dwellings)s dwellings in %(area)s can be connected and are not, most of them in "
            "%(village)s (%(most)s).",
            found.dwellings,
            **words,
        )
    else:
        told = ngettext(
            "%(dwellings)s dwelling in %(area)s has no network within reach, in %(village)s.",
            "%(dwellings)s dwellings in %(area)s have no network within reach, most of them in "
            "%(village)s (%(most)s).",
            found.dwellings,
            **words,
        )
    return f"{told} {half_sentence(found)}"


def _at_least(found: NextSteps) -> str:
    number = plain(filters.count(found.dwellings))
    return str(gettext("At least %(number)s", number=number)) if found.is_least else number


def training_finding(found: Sequence[Training], area: str) -> str:
    """The plain sentence for civil society: in how many villages, for how many, where first."""
    if not found:
        return str(
            gettext("No connected village shown of %(area)s is known to lack training.", area=area)
        )
    return str(
        ngettext(
            "%(villages)s village in %(area)s is connected and lacks skills or training nearby: "
            "%(village)s (%(most)s inhabitants).",
            "%(villages)s villages in %(area)s are connected and lack skills or training nearby. "
            "Begin in %(village)s (%(most)s inhabitants).",
            len(found),
            villages=plain(filters.count(len(found))),
            area=area,
            village=found[0].village.name,
            most=plain(filters.count(found[0].action.people)),
        )
    )


def half_sentence(found: NextSteps) -> str:
    """What it takes to close half of the gap."""
    measure = MOVES[found.audience]
    gap = str(GAP_IN_SENTENCE[measure])
    points = found.before.points(measure)
    if points is None:
        return str(gettext("Half of %(gap)s cannot be worked out: it is not known.", gap=gap))
    if points >= 0:
        return str(
            gettext(
                "The countryside is not behind: there is no %(gap)s to halve.", gap=_bare(measure)
            )
        )
    if direction(points) is Direction.LEVEL:
        return str(
            gettext(
                "Town and countryside are level, less than a percentage point apart: there is no "
                "%(gap)s to halve.",
                gap=_bare(measure),
            )
        )
    if found.half is None:
        return str(
            gettext(
                "Not even all rural villages shown together would close half of %(gap)s.", gap=gap
            )
        )
    number = len(found.half.codes)
    return str(
        ngettext(
            "%(villages)s village is enough to close half of %(gap)s: %(dwellings)s dwellings.",
            "%(villages)s villages are enough to close half of %(gap)s: %(dwellings)s dwellings.",
            number,
            villages=plain(filters.count(number)),
            gap=gap,
            dwellings=plain(filters.count(found.half.dwellings)),
        )
    )


def _bare(measure: Measure) -> str:
    return str(gettext("build-out gap") if measure is Measure.coverage else gettext("take-up gap"))


def half_method(found: NextSteps) -> str:
    """How the set was found, and how sure it is to be the cheapest."""
    if found.half is None:
        return ""
    needed = plain(filters.count(found.half.needed))
    if found.half.is_exact:
        return str(
            gettext(
                "At least %(needed)s dwellings are needed. Of all sets of rural villages that "
                "reach it, this one has the fewest dwellings, and then the fewest villages (solved "
                "exactly).",
                needed=needed,
            )
        )
    return str(
        gettext(
            "At least %(needed)s dwellings are needed. There are too many villages to try all "
            "sets: the largest were taken first, which gives the fewest villages there can be, and "
            "%(over)s dwellings more than needed.",
            needed=needed,
            over=plain(filters.count(found.half.dwellings - found.half.needed)),
        )
    )


def tried_sentence(found: NextSteps) -> str:
    """What the ticked villages would do to both gaps."""
    if found.tried is None:
        return ""
    tried = found.tried
    return str(
        ngettext(
            "With the %(villages)s village you ticked (%(dwellings)s dwellings), the build-out "
            "gap goes from %(build)s to %(built)s and the take-up gap from %(take)s to %(taken)s "
            "percentage points.",
            "With the %(villages)s villages you ticked (%(dwellings)s dwellings), the build-out "
            "gap goes from %(build)s to %(built)s and the take-up gap from %(take)s to %(taken)s "
            "percentage points.",
            tried.villages,
            villages=plain(filters.count(tried.villages)),
            dwellings=plain(filters.count(tried.dwellings)),
            build=gap_text(found.before, Measure.coverage),
            built=gap_text(tried.after, Measure.coverage),
            take=gap_text(found.before, Measure.take_up),
            taken=gap_text(tried.after, Measure.take_up),
        )
    )
