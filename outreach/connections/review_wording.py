"""What a reviewer is told about a note or a round that cannot be taken."""

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from outreach.rules import RuleBroken

SENTENCES: dict[str, LazyString] = {
    "note_missing": lazy_gettext("Write what the association should look at before it goes back."),
    "text_too_long": lazy_gettext("Write at most %(most)s characters."),
    "round_exists": lazy_gettext("There is already a round for this date."),
    "date_too_early": lazy_gettext("Write a date after 2000."),
    "not_a_day": lazy_gettext("Write the day as year-month-day, for example 2026-10-01."),
    "due_before_reference": lazy_gettext("The last day to report must come after the date."),
}


def sentence(rule: RuleBroken) -> str:
    """The sentence to show at the field."""
    return str(SENTENCES[rule.code]) % rule.facts
