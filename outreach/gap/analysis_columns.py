"""What the columns of the analysis' files mean; a word that two pages use differently, by page."""

from collections.abc import Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

COLUMNS: Mapping[str, LazyString] = {
    "area": lazy_gettext("the area's code; text"),
    "municipality": lazy_gettext("the municipality's name"),
    "of": lazy_gettext("what the figure is of: all, rural, urban, or the gap"),
    "from_date": lazy_gettext("the earlier of the two dates"),
    "start_percent": lazy_gettext("the share on the earlier date, in percent; of a gap, points"),
    "end_percent": lazy_gettext("the share on the later date, in percent; of a gap, points"),
    "change_points": lazy_gettext("later minus earlier, in percentage points: the causes' sum"),
    "numerator_points": lazy_gettext(
        "the part that comes from what is counted, such as new connections, in percentage points"
    ),
    "denominator_points": lazy_gettext(
        "the part that comes from what it is divided by, such as the number of dwellings"
    ),
    "reclassified_points": lazy_gettext(
        "the part that comes from villages that changed between town and countryside"
    ),
    "reporting_points": lazy_gettext(
        "the part that comes from villages that came to the figures or left them"
    ),
    "definition_points": lazy_gettext(
        "the part that comes from a new definition; empty where no figure has more than one"
    ),
    "added_numerator": lazy_gettext("how many more are counted on the later date"),
    "added_denominator": lazy_gettext("how many more it is divided by on the later date"),
    "rank": lazy_gettext("the place in the list: what matters most is first"),
    "for": lazy_gettext("who can act: associations, funders or civil society"),
    "coverage_gap_before": lazy_gettext("the build-out gap as it is, in percentage points"),
    "coverage_gap_after": lazy_gettext("the build-out gap when it is done, in percentage points"),
    "take_up_gap_before": lazy_gettext("the take-up gap as it is, in percentage points"),
    "take_up_gap_after": lazy_gettext("the take-up gap when it is done, in percentage points"),
    "people": lazy_gettext("inhabitants of the village"),
    "reasons": lazy_gettext("why the village is on the list"),
    "is_within": lazy_gettext("1 where a session was within reach in the past twelve months"),
    "corner": lazy_gettext("connected and skilled, one of the two, or neither"),
    "maturity": lazy_gettext(
        "share at least basic, drawn towards the municipality's where answers are few; 0 to 1"
    ),
    "at_least_basic": lazy_gettext("people with at least basic skills"),
    "answers": lazy_gettext("people who answered"),
    "round": lazy_gettext("the reference date of the survey round"),
    "gap_low": lazy_gettext("the lower end of the gap's 95 percent interval"),
    "gap_high": lazy_gettext("the upper end of the gap's 95 percent interval"),
    "kilometres": lazy_gettext("how near a session has to be to count as within reach"),
    "of_inhabitants": lazy_gettext("inhabitants of villages whose place and size are known"),
    "villages": lazy_gettext("villages in the sum"),
    "villages_counted": lazy_gettext("villages whose place and inhabitants are known"),
    "year": lazy_gettext("the calendar year"),
    "sessions": lazy_gettext("sessions held"),
    "participants": lazy_gettext("participants; to the nearest ten in public files"),
    "participant_hours": lazy_gettext("participants times hours; to the nearest ten in public"),
    "inhabitants": lazy_gettext("inhabitants"),
    "sessions_per_1000": lazy_gettext("sessions for each 1 000 inhabitants"),
    "participants_per_1000": lazy_gettext("participants for each 1 000 inhabitants"),
    "participant_hours_per_1000": lazy_gettext("participant-hours for each 1 000 inhabitants"),
    "twelve_months_to": lazy_gettext("the last day of the twelve months"),
    "digcomp_area": lazy_gettext("one of the five areas of digital competence (DigComp)"),
    "of_sessions": lazy_gettext("all sessions held in the twelve months"),
    "low": lazy_gettext("the lower end of the interval"),
    "high": lazy_gettext("the upper end of the interval"),
    "level": lazy_gettext("how likely the interval is meant to hold, such as 0.8"),
    "goal": lazy_gettext("the share that is the goal, from 0 to 1"),
    "kind": lazy_gettext("counted, or forecast"),
    "age": lazy_gettext("the age groups that are told together"),
    "helpers_age": lazy_gettext("the age groups of those who helped"),
    "learners_age": lazy_gettext("the age groups of those who learnt, at the same sessions"),
    "learners": lazy_gettext("people who learnt"),
    "helpers": lazy_gettext("people who helped"),
    "by": lazy_gettext("what the row is a part of"),
    "numerator": lazy_gettext("what is counted, summed over the villages"),
    "denominator": lazy_gettext("what it is divided by, summed over the same villages"),
    "share": lazy_gettext("numerator divided by denominator, from 0 to 1"),
    "part_of_dwellings": lazy_gettext("part of the dwellings, villages furthest behind first"),
    "part_of_counted": lazy_gettext("part of all that is counted in those villages"),
    "theil": lazy_gettext("Theil's T: 0 where all villages are alike"),
    "between": lazy_gettext("the part of Theil's T that lies between the groups"),
    "within": lazy_gettext("the part of Theil's T that lies within the groups"),
    "morans_i": lazy_gettext("local Moran's I: above 0 where neighbours are alike"),
    "p": lazy_gettext("how often chance alone gives as much, by permutation"),
    "adjusted_p": lazy_gettext("the same, adjusted for the number of villages looked at"),
    "cluster": lazy_gettext("the kind of cluster the village is in; empty for none"),
}
IN_ROOM: Mapping[tuple[str, str], LazyString] = {
    ("reach", "within"): lazy_gettext("inhabitants of villages with a session within reach"),
    ("reach", "part"): lazy_gettext("sessions about the area, of all sessions; 0 to 1"),
    ("reach", "share"): lazy_gettext("the first of the two counts divided by the other, 0 to 1"),
    ("reach", "code"): lazy_gettext("the code of the place, or the name of the group"),
    ("next", "dwellings"): lazy_gettext("dwellings that the action is about"),
    ("spread", "group"): lazy_gettext("the municipality or class that the row is about"),
    ("reach", "group"): lazy_gettext("all, rural or urban by the scheme named"),
    ("maturity", "share"): lazy_gettext("people at least basic, of all who answered; 0 to 1"),
}
