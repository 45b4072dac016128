"""Why it changed, in words: one plain sentence and the names of the causes."""

from collections.abc import Mapping

from flask_babel import gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from outreach.gap.passports import change_together
from outreach.gap.why import Bridge, Of, Why
from outreach.gap.wording import GAPS, area_name, numerator_name, plain, points_text, share_text
from outreach.measures.alike import Unlike
from outreach.measures.change import Cause
from outreach.measures.rates import Measure
from outreach.web import filters

OF: Mapping[Of, LazyString] = {
    Of.all: lazy_gettext("All dwellings"),
    Of.rural: lazy_gettext("Rural"),
    Of.urban: lazy_gettext("Urban"),
    Of.gap: lazy_gettext("The gap itself"),
}
OF_IN_SENTENCE: Mapping[Of, LazyString] = {
    Of.all: lazy_gettext("all villages"),
    Of.rural: lazy_gettext("the countryside"),
    Of.urban: lazy_gettext("towns"),
}
CAUSES: Mapping[Cause, LazyString] = {
    Cause.numerator: lazy_gettext("New connections"),
    Cause.denominator: lazy_gettext("Number of dwellings"),
    Cause.reclassified: lazy_gettext("Villages that changed side"),
    Cause.reporting: lazy_gettext("Villages that came or went"),
    Cause.definition: lazy_gettext("Definition"),
}
THE: Mapping[Measure, LazyString] = {
    Measure.coverage: lazy_gettext("The coverage"),
    Measure.connection_rate: lazy_gettext("The connection rate"),
    Measure.take_up: lazy_gettext("The take-up"),
    Measure.activation: lazy_gettext("The activation"),
}
NUMERATOR_CAUSES: Mapping[Measure, LazyString] = {
    Measure.coverage: lazy_gettext("More dwellings passed"),
    Measure.connection_rate: lazy_gettext("New connections"),
    Measure.take_up: lazy_gettext("New connections"),
    Measure.activation: lazy_gettext("New subscriptions"),
}
DENOMINATOR_CAUSES: Mapping[Measure, LazyString] = {
    Measure.coverage: lazy_gettext("Number of dwellings"),
    Measure.connection_rate: lazy_gettext("Number of dwellings"),
    Measure.take_up: lazy_gettext("Dwellings passed"),
    Measure.activation: lazy_gettext("Connected dwellings"),
}
IN_SENTENCE: Mapping[Measure, tuple[LazyString, LazyString]] = {
    Measure.coverage: (
        lazy_gettext("more dwellings passed"),
        lazy_gettext("the number of dwellings"),
    ),
    Measure.connection_rate: (
        lazy_gettext("new connections"),
        lazy_gettext("the number of dwellings"),
    ),
    Measure.take_up: (
        lazy_gettext("new connections"),
        lazy_gettext("the number of dwellings that can be connected"),
    ),
    Measure.activation: (
        lazy_gettext("new subscriptions"),
        lazy_gettext("the number of connected dwellings"),
    ),
}
OTHERS_IN_SENTENCE: Mapping[Cause, LazyString] = {
    Cause.reclassified: lazy_gettext("villages that changed between town and countryside"),
    Cause.reporting: lazy_gettext("villages that came to the figures or left them"),
    Cause.definition: lazy_gettext("a new definition"),
}


def cause_name(cause: Cause, measure: Measure) -> str:
    """A cause in the words of the measure."""
    if cause is Cause.numerator:
        return str(NUMERATOR_CAUSES[measure])
    if cause is Cause.denominator:
        return str(DENOMINATOR_CAUSES[measure])
    return str(CAUSES[cause])


def _in_sentence(cause: Cause, measure: Measure) -> str:
    if cause is Cause.numerator:
        return str(IN_SENTENCE[measure][0])
    if cause is Cause.denominator:
        return str(IN_SENTENCE[measure][1])
    return str(OTHERS_IN_SENTENCE[cause])


def value_text(points: float, of: Of) -> str:
    """A start or an end: a share in per cent, or a gap in points."""
    return points_text(points) if of is Of.gap else share_text(points / 100)


def what(found: Why) -> str:
    """The measure or the gap, by name."""
    measure = found.choice.measure
    return str(GAPS[measure] if found.of is Of.gap else THE[measure])


def finding(found: Why) -> str:
    """The whole story in plain sentences."""
    bridge = found.bridge
    if found.start == found.choice.day:
        day = plain(filters.day(found.start))
        return str(gettext("There is no date before %(day)s: a change needs two.", day=day))
    if bridge is None:
        return str(gettext("The change cannot be told: there are too few figures for these dates."))
    words = {
        "what": what(found),
        "area": area_name(found.choice.area),
        "before": value_text(bridge.start, found.of),
        "after": value_text(bridge.end, found.of),
        "start": plain(filters.day(found.start)),
        "end": plain(filters.day(found.choice.day)),
        "change": points_text(bridge.change),
    }
    if found.of is Of.gap:
        told = gettext(
            "%(what)s in %(area)s went from %(before)s to %(after)s percentage points between "
            "%(start)s and %(end)s.",
            **words,
        )
    else:
        told = gettext(
            "%(what)s in %(area)s, %(group)s, went from %(before)s on %(start)s to %(after)s on "
            "%(end)s: %(change)s percentage points.",
            group=str(OF_IN_SENTENCE[found.of]),
            **words,
        )
    one = gettext("No figure here has more than one definition.") if one_definition(found) else ""
    return " ".join(filter(None, [told, _because(found, bridge), _added(found, bridge), one]))


def one_definition(found: Why) -> bool:
    """Whether both dates are counted by one version of the definitions: then it has no part."""
    dates = change_together(found)
    return all(Unlike.DEFINITION not in dates.differences(one) for one in dates.others)


def part_text(cause: Cause, bridge: Bridge, found: Why, decimals: int = 1) -> str:
    """A cause's part in points; that there was nothing to change is no 0, it is said."""
    if cause is Cause.definition and one_definition(found):
        return str(gettext("one definition"))
    return plain(filters.points(bridge.parts[cause], decimals))


def _because(found: Why, bridge: Bridge) -> str:
    """The cause that did most, and the one after it."""
    measure = found.choice.measure
    ranked = sorted(Cause, key=lambda cause: -abs(bridge.parts[cause]))
    first, second = ranked[0], ranked[1]
    if abs(bridge.parts[first]) < 0.05:
        return str(gettext("Nothing moved it by as much as a tenth of a percentage point."))
    words = {
        "first": _in_sentence(first, measure),
        "one": points_text(bridge.parts[first]),
    }
    if abs(bridge.parts[second]) < 0.05:
        return str(gettext("All of it comes from %(first)s (%(one)s).", **words))
    return str(
        gettext(
            "Most comes from %(first)s (%(one)s), then from %(second)s (%(two)s).",
            second=_in_sentence(second, measure),
            two=points_text(bridge.parts[second]),
            **words,
        )
    )


def _added(found: Why, bridge: Bridge) -> str:
    """How many were added; that none was is said in words."""
    added = bridge.added_numerator
    if added is None:
        return ""
    if not added:
        return {
            Measure.coverage: str(gettext("No dwelling has been passed since.")),
            Measure.activation: str(gettext("No subscription has been added since.")),
        }.get(found.choice.measure, str(gettext("No new dwelling has been connected.")))
    words = {
        "number": plain(filters.count(abs(added))),
        "what": numerator_name(found.choice),
    }
    if added < 0:
        return str(gettext("There are %(number)s fewer %(what)s.", **words))
    return str(gettext("There are %(number)s more %(what)s.", **words))


def behind(cause: Cause, bridge: Bridge) -> str:
    """What stands behind a cause: how many dwellings or villages; empty where it isn't told."""
    if cause is Cause.definition and not bridge.parts[cause]:
        return str(gettext("the same on both dates"))
    if bridge.villages is None:
        return ""
    if cause is Cause.numerator and bridge.added_numerator is not None:
        return _signed(bridge.added_numerator)
    if cause is Cause.denominator and bridge.added_denominator is not None:
        return _signed(bridge.added_denominator)
    if cause in bridge.villages:
        number = bridge.villages[cause]
        return str(
            ngettext(
                "%(number)s village",
                "%(number)s villages",
                number,
                number=plain(filters.count(number)),
            )
        )
    return ""


def _signed(number: int) -> str:
    text = plain(filters.count(number))
    return f"+{text}" if number > 0 else text
