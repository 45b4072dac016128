"""What the columns of the gap's files mean, for the sheet of definitions and for JSON."""

from collections.abc import Mapping

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from outreach.gap import analysis_columns
from outreach.gap.wording import MEANINGS
from outreach.web.table_files import Field

TITLES: Mapping[str, LazyString] = {
    "gaps": lazy_gettext("The gaps"),
    "municipalities": lazy_gettext("Municipalities"),
    "villages": lazy_gettext("Villages"),
    "series": lazy_gettext("Over time"),
}
COLUMNS: Mapping[str, LazyString] = {
    "code": lazy_gettext("the place's code; text, as it may begin with 0"),
    "name": lazy_gettext("the place's name"),
    "municipality_code": lazy_gettext("Statistics Sweden's code of the municipality; text"),
    "settlement_class": lazy_gettext(
        "Statistics Sweden's class: tatort (200 inhabitants or more), smaort (50–199), outside"
    ),
    "group": lazy_gettext("urban or rural by the scheme named in the column scheme"),
    "state": lazy_gettext(
        "reported, zero, overdue (an older report), not_expected, undefined (nothing to divide "
        "by), not_shown (no report, or too few to show)"
    ),
    "dwellings": lazy_gettext("dwellings: those the report counted, or else the register's"),
    "homes_passed": lazy_gettext("dwellings that are connected or can be connected"),
    "connected": lazy_gettext("connected dwellings"),
    "active": lazy_gettext("active subscriptions"),
    "reported_on": lazy_gettext("the reference date of the report that the figures are from"),
    "measure": lazy_gettext("which share the row is about"),
    "date": lazy_gettext("the reference date of the row"),
    "gap_points": lazy_gettext("rural share minus urban share, in percentage points"),
    "blank": lazy_gettext(
        "why a share of the row is not there: not_shown (no report, too few to show, or no "
        "village on that side), undefined (nothing to divide by); empty where all are"
    ),
    "ratio": lazy_gettext("rural share divided by urban share"),
    "par_points": lazy_gettext(
        "what the whole area would gain if all were as in towns, in percentage points"
    ),
    "dwellings_to_close": lazy_gettext("rural dwellings that it takes to reach the urban share"),
    "dwellings_to_close_is_least": lazy_gettext(
        "1 where it may take more, as not every village's figures are shown"
    ),
    "expected": lazy_gettext("villages that are expected to report for the date"),
    "reported": lazy_gettext("villages that have reported for the date"),
    "oldest_report": lazy_gettext("the date of the oldest report in the figures"),
    "unlike": lazy_gettext(
        "what the figure does not have in common with the one it is compared with: date, source, "
        "reporting (villages that have), completeness (dwellings covered) …; empty if alike"
    ),
    "covered_dwellings": lazy_gettext("the register's dwellings in villages with a report"),
    "register_dwellings": lazy_gettext("the register's dwellings in all villages"),
    "reference_date": lazy_gettext("the date that the figures are for"),
    "dwelling_type": lazy_gettext("which dwellings are counted"),
    "source": lazy_gettext("who the figures come from"),
    "scheme": lazy_gettext("how urban and rural are told apart: pts, scb or large"),
    "definition_version": lazy_gettext("the version of the definitions"),
    "as_known_on": lazy_gettext("the day in the past as of whose end the figures were known"),
    "audience": lazy_gettext("public, or internal: not for publication"),
}
PARTS: Mapping[str, LazyString] = {
    "numerator": lazy_gettext("what is counted, summed over the villages"),
    "denominator": lazy_gettext("what it is divided by, summed over the same villages"),
    "share": lazy_gettext("numerator divided by denominator, from 0 to 1"),
    "villages": lazy_gettext("villages in the sum"),
    "covered_dwellings": lazy_gettext("the register's dwellings in villages with a report"),
    "register_dwellings": lazy_gettext("the register's dwellings in all villages"),
    "at_least_basic": lazy_gettext("people with at least basic skills in all five areas"),
    "answers": lazy_gettext("people who answered"),
    "low": lazy_gettext("the lower end of the interval"),
    "high": lazy_gettext("the upper end of the interval"),
}


def field(name: str, room: str = "") -> Field:
    """A column with its meaning in the reader's language; `room` is the page it is a file of."""
    if (room, name) in analysis_columns.IN_ROOM:
        return Field(name, str(analysis_columns.IN_ROOM[room, name]))
    known = {**analysis_columns.COLUMNS, **COLUMNS}
    if name in known:
        return Field(name, str(known[name]))
    if name in {measure.value for measure in MEANINGS}:
        meaning = next(str(words) for measure, words in MEANINGS.items() if measure.value == name)
        return Field(name, f"{meaning}; {gettext('from 0 to 1')}")
    side, _, part = name.partition("_")
    return Field(name, f"{side}: {PARTS[part]}") if part in PARTS else Field(name)
