"""Whether two figures may stand in one chart: their passports, judged by one function.

Dates, kinds of dwellings, schemes, definitions and sources are alike when they are the same. How
much stands behind a figure is alike within ten percentage points: the share of villages that have
reported for the date itself, and the share of the register's dwellings in villages with a report.
Source of the ten points: the project's own choice; it is what a handful of late associations do.
"""

from enum import StrEnum
from fractions import Fraction

from outreach.measures.passport import Passport
from outreach.measures.rates import Share

UNEVEN = Fraction(1, 10)


class Unlike(StrEnum):
    """What two passports do not have in common, the gravest first."""

    DWELLINGS = "dwelling_type"
    SCHEME = "scheme"
    DEFINITION = "definition"
    SOURCE = "source"
    DATE = "date"
    REPORTING = "reporting"
    COMPLETENESS = "completeness"


def unlike(one: Passport, other: Passport, *, over_time: bool = False) -> tuple[Unlike, ...]:
    """What keeps two figures from being compared as they are; nothing where they are alike.

    In a series over time the dates differ on purpose, and no one is warned of that. What is not
    known of one of them is not held against either.
    """
    found = {
        Unlike.DWELLINGS: one.dwelling_type is not other.dwelling_type,
        Unlike.SCHEME: None not in (one.scheme, other.scheme) and one.scheme is not other.scheme,
        Unlike.DEFINITION: one.definition_version != other.definition_version,
        Unlike.SOURCE: set(one.sources) != set(other.sources),
        Unlike.DATE: not over_time and one.reference_date != other.reference_date,
        Unlike.REPORTING: _is_uneven(one.reporting, other.reporting),
        Unlike.COMPLETENESS: _is_uneven(one.completeness, other.completeness),
    }
    return tuple(what for what in Unlike if found[what])


def _is_uneven(one: Share, other: Share) -> bool:
    if one.exact is None or other.exact is None:
        return False
    return abs(one.exact - other.exact) > UNEVEN
