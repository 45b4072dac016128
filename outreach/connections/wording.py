"""What reports are made of and what is wrong with one, in words."""

from collections.abc import Mapping

from flask_babel import format_decimal, lazy_gettext
from flask_babel.speaklater import LazyString

from outreach.connections.rules import CountField, ReportSource, ReportState
from outreach.measures.classes import DwellingType
from outreach.measures.rates import Measure
from outreach.rules import RuleBroken

FIELDS: Mapping[str, LazyString] = {
    CountField.DWELLINGS: lazy_gettext("Dwellings"),
    CountField.HOMES_PASSED: lazy_gettext("Homes passed"),
    CountField.CONNECTED: lazy_gettext("Connected"),
    CountField.ACTIVE: lazy_gettext("Active subscriptions"),
}
MEASURES: Mapping[Measure, LazyString] = {
    Measure.coverage: lazy_gettext("Coverage"),
    Measure.connection_rate: lazy_gettext("Connection rate"),
    Measure.take_up: lazy_gettext("Take-up"),
    Measure.activation: lazy_gettext("Activation"),
}
MEANINGS: Mapping[Measure, LazyString] = {
    Measure.coverage: lazy_gettext("dwellings that can be connected, of all dwellings"),
    Measure.connection_rate: lazy_gettext("connected dwellings, of all dwellings"),
    Measure.take_up: lazy_gettext("connected dwellings, of those that can be connected"),
    Measure.activation: lazy_gettext("active subscriptions, of connected dwellings"),
}
DWELLING_TYPES: Mapping[str, LazyString] = {
    DwellingType("permanent"): lazy_gettext("permanent homes"),
    DwellingType("holiday"): lazy_gettext("holiday homes"),
    DwellingType("workplace"): lazy_gettext("workplaces"),
}
STATES: Mapping[str, LazyString] = {
    ReportState.SUBMITTED: lazy_gettext("Submitted"),
    ReportState.RETURNED: lazy_gettext("Returned"),
    ReportState.APPROVED: lazy_gettext("Approved"),
    ReportState.SUPERSEDED: lazy_gettext("Replaced"),
}
SOURCES: Mapping[str, LazyString] = {
    ReportSource.FORM: lazy_gettext("by form"),
    ReportSource.LINK: lazy_gettext("by personal link"),
    ReportSource.IMPORT: lazy_gettext("by spreadsheet"),
}
REASON_LABEL = lazy_gettext("Reason")
COMMENT_LABEL = lazy_gettext("Comment to the region")
SENTENCES: dict[str, LazyString] = {
    "negative": lazy_gettext("A count can't be less than 0."),
    "too_large": lazy_gettext("The number is too large: at most %(largest)s."),
    "not_whole": lazy_gettext("Write a whole number, without decimals."),
    "not_a_number": lazy_gettext("Write a whole number with digits, for example 120."),
    "other_digits": lazy_gettext("Write the number with the digits 0–9."),
    "power": lazy_gettext("Write the number out in digits, for example 1 000."),
    "ambiguous_thousands": lazy_gettext(
        "Write the number without a point or comma, for example 1 000."
    ),
    "more_than_dwellings": lazy_gettext("Can't be more than the %(limit)s dwellings."),
    "more_than_register": lazy_gettext(
        "The register has %(limit)s dwellings here. If there are more, write how many."
    ),
    "more_than_homes_passed": lazy_gettext("Can't be more than the %(limit)s homes passed."),
    "more_than_connected": lazy_gettext("Can't be more than the %(limit)s connected."),
    "left_out": lazy_gettext(
        "%(before)s last time, empty now. If it is the same, write it again; empty means unknown."
    ),
    "decrease": lazy_gettext("Fewer than last time: %(before)s, now %(after)s."),
    "jump": lazy_gettext("Many more than last time: %(before)s, now %(after)s."),
    "jump_own": lazy_gettext(
        "%(before)s last time, now %(after)s: %(grown)s more. This village usually grows by "
        "%(own_range)s (z = %(own_z)s)."
    ),
    "jump_similar": lazy_gettext(
        "%(before)s last time, now %(after)s: %(grown)s more. Similar villages usually grow by "
        "%(similar_range)s (z = %(similar_z)s)."
    ),
    "jump_own_similar": lazy_gettext(
        "%(before)s last time, now %(after)s: %(grown)s more. This village usually grows by "
        "%(own_range)s (z = %(own_z)s), similar villages by "
        "%(similar_range)s (z = %(similar_z)s)."
    ),
    "outpaced": lazy_gettext(
        "%(connected)s more connected, while homes passed changed by %(passed)s. Last time "
        "%(left)s homes were passed and not connected."
    ),
    "unlike_register": lazy_gettext(
        "The register has %(register)s dwellings, you write %(after)s."
    ),
    "reason_missing": lazy_gettext("Write a few words on why."),
    "text_too_long": lazy_gettext("Write at most %(most)s characters."),
    "personal_number": lazy_gettext(
        "This looks like a personal identity number. Take it out: no such numbers are kept here."
    ),
    "nothing_before": lazy_gettext("There is no earlier figure to leave unchanged. Write numbers."),
    "unchanged_but_different": lazy_gettext(
        "You ticked “unchanged” but wrote another number. Choose one of them."
    ),
    "empty": lazy_gettext("Nothing is filled in. Fill in at least one village."),
    "not_yours": lazy_gettext(
        "The form holds a village that the association does not serve. Open the form anew."
    ),
    "round_closed": lazy_gettext(
        "The round is closed and the report was not submitted. What you typed is kept as a draft. "
        "Ask the region if you may still report."
    ),
    "base_missing": lazy_gettext(
        "The form did not say which version it was opened on. Check the figures and submit again."
    ),
}


def sentence(rule: RuleBroken) -> str:
    """What to tell the person who typed it, beside the field."""
    facts = {name: _shown(value) for name, value in rule.facts.items()}
    ranges = {
        f"{whose}_range": "–".join(dict.fromkeys((facts[f"{whose}_low"], facts[f"{whose}_high"])))
        for whose in ("own", "similar")
        if f"{whose}_low" in facts
    }
    return str(SENTENCES[rule.code]) % (facts | ranges)


def doubt_sentence(rule: RuleBroken) -> str:
    """A doubt, with the figure that it is about: several may stand at one village."""
    return f"{FIELDS[CountField(rule.field)]}. {sentence(rule)}"


def _shown(value: str | float) -> str:
    if isinstance(value, str):
        return value
    return str(format_decimal(value, format="#,##0.0" if isinstance(value, float) else "#,##0"))
