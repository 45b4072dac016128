"""Training in words: closed sets, fields, and what broken rules mean to whoever fills in."""

from collections.abc import Mapping

from flask_babel import format_decimal, lazy_gettext, lazy_pgettext
from flask_babel.speaklater import LazyString

from outreach.measures.digcomp import DigCompArea
from outreach.rules import RuleBroken
from outreach.training.register_rules import PilotOutcome, ProgrammeKind
from outreach.training.rules import (
    AgeGroup,
    OrganisationKind,
    SessionForm,
    SessionState,
    Sex,
)

ORGANISATION_KINDS: dict[str, LazyString] = {
    OrganisationKind.STUDY_ASSOCIATION: lazy_gettext("Study association"),
    OrganisationKind.PENSIONERS_ASSOCIATION: lazy_gettext("Pensioners’ association"),
    OrganisationKind.LIBRARY: lazy_gettext("Library"),
    OrganisationKind.VILLAGE_ASSOCIATION: lazy_gettext("Village association"),
    OrganisationKind.OTHER: lazy_gettext("Other organisation"),
}
PROGRAMME_KINDS: dict[str, LazyString] = {
    ProgrammeKind.LIFELONG_LEARNING: lazy_gettext("Lifelong learning"),
    ProgrammeKind.INTERGENERATIONAL: lazy_gettext("Between generations"),
    ProgrammeKind.PILOT: lazy_gettext("Pilot"),
    ProgrammeKind.DIGITAL_HELP: lazy_gettext("Digital help"),
    ProgrammeKind.OTHER: lazy_pgettext("programme", "Other"),
}
OUTCOMES: dict[str, LazyString] = {
    PilotOutcome.CONTINUE: lazy_pgettext("outcome", "Continue"),
    PilotOutcome.CHANGE: lazy_pgettext("outcome", "Change"),
    PilotOutcome.STOP: lazy_pgettext("outcome", "Stop"),
    PilotOutcome.SPREAD: lazy_pgettext("outcome", "Spread"),
}
FORMS: dict[str, LazyString] = {
    SessionForm.COURSE: lazy_gettext("Course"),
    SessionForm.DROP_IN: lazy_gettext("Drop-in"),
    SessionForm.CIRCLE: lazy_gettext("Study circle"),
    SessionForm.HOME_VISIT: lazy_gettext("Home visit"),
    SessionForm.ONLINE: lazy_gettext("Online"),
}
STATES: dict[str, LazyString] = {
    SessionState.PLANNED: lazy_pgettext("session", "Planned"),
    SessionState.HELD: lazy_pgettext("session", "Held"),
    SessionState.CANCELLED: lazy_pgettext("session", "Cancelled"),
}
GAPS: dict[str, LazyString] = {
    "no_head_count": lazy_gettext("Nobody counted"),
    "no_village": lazy_gettext("No village"),
    "still_planned": lazy_gettext("Past, but still planned"),
}
YES_NO: Mapping[object, LazyString] = {True: lazy_gettext("Yes"), False: lazy_gettext("No")}
"""Answers that are known."""
AREAS: dict[str, LazyString] = {
    DigCompArea.INFORMATION: lazy_gettext("Finding and judging information"),
    DigCompArea.COMMUNICATION: lazy_gettext("Communicating and working together"),
    DigCompArea.CONTENT: lazy_gettext("Making digital content"),
    DigCompArea.SAFETY: lazy_gettext("Safety"),
    DigCompArea.PROBLEM_SOLVING: lazy_gettext("Solving problems"),
}
AGE_GROUPS: dict[str, LazyString] = {
    AgeGroup.TO_24: lazy_gettext("Up to 24"),
    AgeGroup.FROM_25: lazy_gettext("25–44"),
    AgeGroup.FROM_45: lazy_gettext("45–64"),
    AgeGroup.FROM_65: lazy_gettext("65–79"),
    AgeGroup.FROM_80: lazy_gettext("80 and over"),
    AgeGroup.ALL: lazy_pgettext("age", "All ages"),
}
SEXES: dict[str, LazyString] = {
    Sex.WOMEN: lazy_gettext("Women"),
    Sex.MEN: lazy_gettext("Men"),
    Sex.OTHER: lazy_gettext("Other or unknown"),
    Sex.ALL: lazy_pgettext("sex", "All"),
}
SENTENCES: dict[str, LazyString] = {
    "not_a_name": lazy_gettext("Write a name of at most 160 characters."),
    "choose": lazy_gettext("Choose one from the list."),
    "missing": lazy_gettext("%(field)s: fill this in."),
    "too_long": lazy_gettext("%(field)s: write at most %(largest)s characters."),
    "personal_number": lazy_gettext(
        "%(field)s: take the personal identity number out. No personal data belong here."
    ),
    "contact_details": lazy_gettext(
        "%(field)s: this looks like a phone number or an e-mail address. "
        "Take it out, or tick that it is meant to stand there."
    ),
    "date_out_of_range": lazy_gettext("%(field)s: this day is too far away."),
    "not_a_day": lazy_gettext("%(field)s: write a date as year-month-day, such as 2026-03-17."),
    "not_a_time": lazy_gettext("%(field)s: write a time as 18:30."),
    "held_in_future": lazy_gettext(
        "A session that was held can’t lie ahead. Change the date, or plan the session instead."
    ),
    "end_before_start": lazy_gettext("The end is before the start."),
    "end_without_start": lazy_gettext("Write when it began, too."),
    "choose_place": lazy_gettext(
        "Choose where it was held. Only what was held online has no place."
    ),
    "too_many_people": lazy_gettext("%(field)s: write a number from 0 to %(largest)s."),
    "too_many_hours": lazy_gettext("Volunteer hours: this is too much for one session."),
    "counted_but_not_held": lazy_gettext("Only sessions that were held have participants."),
    "count_or_say": lazy_gettext(
        "How many came? Write 0 if nobody did, or tick that nobody counted."
    ),
    "more_than_learners": lazy_gettext("More came for the first time than came in all."),
    "more_than_answered": lazy_gettext("%(field)s: more than answered."),
    "negative": lazy_gettext("%(field)s: write a number without a minus sign."),
    "not_whole": lazy_gettext("%(field)s: write a whole number."),
    "not_a_number": lazy_gettext("%(field)s: write a number with digits."),
    "ambiguous_thousands": lazy_gettext("%(field)s: write the number without a point or comma."),
    "too_large": lazy_gettext("%(field)s: the number is too large."),
    "held_already": lazy_gettext("A session that was held can’t be called off."),
    "too_many_days": lazy_gettext("Choose at most %(largest)s days at once."),
    "too_often": lazy_gettext("%(field)s: write a number from 1 to %(largest)s."),
    "not_in_county": lazy_gettext("Choose municipalities of the organisation’s own county."),
    "no_way_to_reach": lazy_gettext("Write an e-mail address or a phone number."),
    "not_an_email": lazy_gettext("%(field)s: this is not an e-mail address."),
    "not_a_phone_number": lazy_gettext("%(field)s: write digits, spaces and hyphens only."),
    "not_a_website": lazy_gettext("%(field)s: write an address that begins with https://."),
    "ends_before_it_starts": lazy_gettext("The last day is before the first."),
    "only_a_pilot": lazy_gettext("Only a pilot has a question, a plan and an outcome."),
    "pilot_needs_question": lazy_gettext("What is the pilot to answer? Write its question."),
    "outcome_needs_reasons": lazy_gettext("Write why, so that others can learn from it."),
    "not_an_assignee": lazy_gettext("Choose a person from the list."),
    "not_a_key": lazy_gettext("The form is damaged. Open it again."),
    "key_reused": lazy_gettext(
        "This form has been sent before with other figures, and those are stored. "
        "Open the session to change it."
    ),
}


def sentence(rule: RuleBroken, *, label: str) -> str:
    """What to tell the person whose entry broke the rule in the field of that label."""
    facts = {
        name: value if isinstance(value, str) else str(format_decimal(value))
        for name, value in rule.facts.items()
    }
    return str(SENTENCES[rule.code]) % ({"field": label} | facts)
