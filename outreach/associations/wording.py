"""The register's closed sets and broken rules in words, for pages and files."""

from flask_babel import format_decimal, lazy_gettext, lazy_pgettext
from flask_babel.speaklater import LazyString

from outreach.rules import RuleBroken

LEGAL_FORMS: dict[str, LazyString] = {
    "economic_association": lazy_gettext("Economic association"),
    "non_profit_association": lazy_gettext("Non-profit association"),
    "joint_property": lazy_gettext("Joint property association"),
    "limited_company": lazy_gettext("Limited company"),
    "municipal_company": lazy_gettext("Municipal company"),
    "other": lazy_gettext("Another legal form"),
}
STATUSES: dict[str, LazyString] = {
    "planning": lazy_pgettext("association", "Planning"),
    "building": lazy_pgettext("association", "Building"),
    "operating": lazy_pgettext("association", "In operation"),
    "dormant": lazy_pgettext("association", "Dormant"),
    "merged": lazy_pgettext("association", "Merged"),
    "dissolved": lazy_pgettext("association", "Dissolved"),
}
COMMITMENT_KINDS: dict[str, LazyString] = {
    "extend_to_village": lazy_gettext("Extend to a neighbouring village"),
    "connect_more_homes": lazy_gettext("Connect more homes"),
    "digital_help": lazy_gettext("Digital help"),
    "fibre_point": lazy_gettext("Fibre point in a meeting place"),
    "other": lazy_gettext("Something else"),
}
COMMITMENT_STATUSES: dict[str, LazyString] = {
    "wanted": lazy_pgettext("commitment", "Wanted"),
    "promised": lazy_pgettext("commitment", "Promised"),
    "in_progress": lazy_pgettext("commitment", "In progress"),
    "done": lazy_pgettext("commitment", "Done"),
    "dropped": lazy_pgettext("commitment", "Dropped"),
}
OBJECT_TYPES: dict[str, LazyString] = {
    "association": lazy_gettext("The association"),
    "association_contact": lazy_gettext("A contact"),
    "served_village": lazy_gettext("A village served"),
    "commitment": lazy_gettext("A commitment"),
    "succession": lazy_gettext("A succession"),
}
SUCCESSION_KINDS: dict[str, LazyString] = {
    "merge": lazy_pgettext("succession", "Merger"),
    "split": lazy_pgettext("succession", "Division"),
    "move": lazy_pgettext("succession", "Villages moved"),
}
ACTIONS: dict[str, LazyString] = {
    "created": lazy_gettext("added"),
    "changed": lazy_gettext("changed"),
}
CHOOSE_ASSOCIATION = lazy_gettext("Choose an association")
FIELDS: dict[str, LazyString] = {
    "name": lazy_gettext("Name"),
    "organisation_number": lazy_gettext("Organisation number"),
    "legal_form": lazy_gettext("Legal form"),
    "status": lazy_gettext("Status"),
    "founded_year": lazy_gettext("Founded"),
    "county_code": lazy_gettext("County"),
    "network_operator": lazy_gettext("Network operator"),
    "communication_operator": lazy_gettext("Communication operator"),
    "website": lazy_gettext("Website"),
    "duty": lazy_gettext("Duty"),
    "email": lazy_gettext("E-mail address"),
    "phone": lazy_gettext("Phone number"),
    "valid_from": lazy_gettext("From"),
    "valid_to": lazy_gettext("Ends"),
    "village_id": lazy_gettext("Village"),
    "code": lazy_gettext("Village code"),
    "kind": lazy_gettext("Kind"),
    "title": lazy_gettext("Title"),
    "description": lazy_gettext("Description"),
    "target": lazy_gettext("Target"),
    "due_date": lazy_gettext("Due date"),
    "villages": lazy_gettext("Villages"),
    "association_id": lazy_gettext("Association"),
    "takes_effect": lazy_gettext("From which day"),
    "reason": lazy_gettext("Reason"),
    "into": lazy_gettext("Association that takes over"),
    "villages_taken": lazy_gettext("Villages that it takes over"),
    "second": lazy_gettext("Another association that takes over villages"),
    "second_villages": lazy_gettext("Villages that the other one takes over"),
    "reporters": lazy_gettext("Reporters who shall report for it, too"),
    "who": lazy_gettext("Who stops reporting"),
    "new_name": lazy_gettext("Name of the new person"),
    "locale": lazy_gettext("Language of pages and e-mails"),
    "undone": lazy_gettext("Undone"),
    "confirmed_at": lazy_gettext("Confirmed"),
}
SENTENCES: dict[str, LazyString] = {
    "missing": lazy_gettext("%(field)s is missing."),
    "choose": lazy_gettext("Choose %(field)s."),
    "choose_village": lazy_gettext("Search for a village and choose it in the list."),
    "too_long": lazy_gettext("Write at most %(largest)s characters."),
    "personal_number": lazy_gettext(
        "This looks like a personal identity number. Take it out: no such numbers are kept here."
    ),
    "contact_details": lazy_gettext(
        "This text is public and looks as if it holds an e-mail address or a phone number. "
        "Take it out, or tick below that it is meant."
    ),
    "similar_name": lazy_gettext(
        "There is already %(names)s. If this is another association, tick the box and save again."
    ),
    "year_out_of_range": lazy_gettext("Write a year from %(first)s to %(last)s."),
    "not_a_year": lazy_gettext("Write the year with four digits, for example 2012."),
    "not_a_day": lazy_gettext("Write the day as year-month-day, for example 2026-10-01."),
    "date_out_of_range": lazy_gettext("Write a day between 1990 and 2099."),
    "end_before_start": lazy_gettext("The end must come after the first day."),
    "no_way_to_reach": lazy_gettext("Write an e-mail address or a phone number, or both."),
    "not_an_email": lazy_gettext("Write an e-mail address such as namn@example.org."),
    "not_a_phone_number": lazy_gettext("Write a phone number with digits, starting with 0 or +."),
    "not_a_website": lazy_gettext("Write an address such as https://www.byn.se."),
    "not_an_organisation_number": lazy_gettext(
        "Write the ten digits of the organisation number, for example 769600-0000."
    ),
    "wrong_check_digit": lazy_gettext(
        "The organisation number is not valid: compare each digit with the registration papers."
    ),
    "personal_number_as_organisation": lazy_gettext(
        "This is a personal identity number. A sole trader cannot be registered here; "
        "leave the number empty or write the association's own."
    ),
    "number_taken": lazy_gettext("%(name)s already has this organisation number."),
    "number_taken_just_now": lazy_gettext(
        "Another association has just been registered with this organisation number."
    ),
    "not_your_county": lazy_gettext("Choose a county that you handle."),
    "not_in_county": lazy_gettext("Choose villages in the association's own county."),
    "serves_already": lazy_gettext(
        "The association already serves this village during some of that time."
    ),
    "passed_on": lazy_gettext(
        "The village passed to another association on this day. Undo that to change the day."
    ),
    "taken_over": lazy_gettext(
        "The association took the village over before that day. Undo the take-over to change it."
    ),
    "choose_villages": lazy_gettext("Choose at least one village that the association serves."),
    "choose_for_village": lazy_gettext("Choose where %(village)s goes."),
    "not_a_reporter": lazy_gettext("This person no longer reports for the association."),
    "has_an_account": lazy_gettext(
        "The role cannot go to this e-mail address. Use another, or ask the region."
    ),
    "ticked_twice": lazy_gettext("A village can go to one association only: it is ticked twice."),
    "same_receiver_twice": lazy_gettext("Choose another association here than above."),
    "not_a_receiver": lazy_gettext(
        "Choose an association of the same county that is not merged or dissolved."
    ),
    "begins_later": lazy_gettext(
        "%(village)s is served from that day or a later one. Choose a later day, "
        "or change from when it is served."
    ),
    "handed_on_already": lazy_gettext(
        "%(village)s passes to another association after that day already. Undo that first."
    ),
    "other_period": lazy_gettext(
        "The association that takes over serves %(village)s itself, but not all the time from "
        "that day on. Change from when until when it does first."
    ),
    "undone_already": lazy_gettext("This has been undone already."),
    "built_upon": lazy_gettext(
        "It cannot be undone any more: %(village)s has been changed or passed on since."
    ),
    "reported_since": lazy_gettext(
        "It cannot be undone any more: the association that took over has reported since. "
        "Move the villages back from a later day instead."
    ),
    "target_out_of_range": lazy_gettext("Write a whole number from 1 to %(largest)s."),
    "too_many_villages": lazy_gettext("Choose at most %(largest)s villages."),
    "negative": lazy_gettext("Write a number without a minus sign."),
    "not_whole": lazy_gettext("Write a whole number."),
    "not_a_number": lazy_gettext("Write a whole number with digits."),
    "ambiguous_thousands": lazy_gettext(
        "Write the number without a point or comma, for example 1000."
    ),
    "too_large": lazy_gettext("The number is too large."),
}
_YEARS = frozenset({"first", "last"})
"""Facts that are years, which have no thousands separator."""


def sentence(rule: RuleBroken, *, label: str) -> str:
    """What to tell the person whose entry broke the rule in the field of that label.

    The sentence stands in the summary, too, so it says by itself which field it is about.
    """
    facts = {name: _shown(name, value) for name, value in rule.facts.items()}
    facts["field"] = label[:1].lower() + label[1:] if rule.code == "choose" else label
    return str(SENTENCES[rule.code]) % facts


def organisation_number_shown(digits: str) -> str:
    """Ten digits as people write them, with a hyphen."""
    return f"{digits[:6]}-{digits[6:]}"


def _shown(name: str, value: str | float) -> str:
    if isinstance(value, str) or name in _YEARS:
        return str(value)
    return str(format_decimal(value))
