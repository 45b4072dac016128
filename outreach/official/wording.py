"""What official series are called, what is wrong with a file of them, and why ours differ."""

from collections.abc import Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from outreach.exchange.wording import WORKBOOKS
from outreach.files.faults import Fault
from outreach.measures.residual import Cause
from outreach.official.rules import Counted
from outreach.places.wording import SENTENCES
from outreach.rules import RuleBroken

COUNTED: Mapping[Counted, LazyString] = {
    Counted.POPULATION: lazy_gettext("share of the population"),
    Counted.HOUSEHOLDS: lazy_gettext("share of the households"),
}
CAUSES: Mapping[Cause, LazyString] = {
    Cause.LEVEL: lazy_gettext("On the same date they agree, within a percentage point."),
    Cause.UNCOVERED: lazy_gettext("Dwellings that no association has reported could explain it."),
    Cause.OTHER: lazy_gettext(
        "More than dwellings without a report could explain: another definition, or a count to "
        "look into."
    ),
    Cause.UNKNOWN: lazy_gettext("It cannot be told: there is no figure of ours for that date."),
}
OWN: Mapping[str, LazyString] = {
    **SENTENCES,
    **WORKBOOKS,
    "no_official_figures": lazy_gettext(
        "No figures of %(series)s were found. The file needs the municipality's code, and either "
        "a column of years and one of values, or a column for each year."
    ),
    "shares_not_percentages": lazy_gettext(
        "No figure in the file is above 1: they seem to be shares. Write them as percentages, "
        "88.25 for 0.8825."
    ),
    "official_twice": lazy_gettext(
        "The figure of %(year)s stands in the file twice; the first was taken."
    ),
}


def sentence(broken: Fault | RuleBroken) -> str:
    """What to tell whoever imports the file."""
    text = str(OWN[broken.code])
    if not broken.facts:
        return text
    return text % {
        name: f"{fact:g}" if isinstance(fact, float) else fact
        for name, fact in broken.facts.items()
    }
