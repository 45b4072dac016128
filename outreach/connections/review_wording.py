"""What a reviewer is told about a note or a round that cannot be taken."""

from flask_babel import lazy_gettext, lazy_pgettext
from flask_babel.speaklater import LazyString

from outreach.connections.queries.progress import Standing
from outreach.connections.queries.risks import Risk
from outreach.connections.round_states import RoundAction
from outreach.connections.rules import RoundState
from outreach.rules import RuleBroken

ROUND_STATES: dict[RoundState, LazyString] = {
    RoundState.PLANNED: lazy_pgettext("round", "Planned"),
    RoundState.OPEN: lazy_pgettext("round", "Open"),
    RoundState.CLOSED: lazy_pgettext("round", "Closed"),
    RoundState.FROZEN: lazy_pgettext("round", "Frozen"),
}
STANDINGS: dict[Standing, LazyString] = {
    Standing.APPROVED: lazy_gettext("Approved"),
    Standing.RECEIVED: lazy_pgettext("round", "Received"),
    Standing.PARTLY: lazy_gettext("Partly received"),
    Standing.RETURNED: lazy_gettext("Returned"),
    Standing.DRAFT: lazy_gettext("Draft"),
    Standing.MISSING: lazy_gettext("No report"),
    Standing.REFUSED: lazy_gettext("Will not answer"),
}
ROUND_DONE: dict[RoundAction, LazyString] = {
    RoundAction.OPEN: lazy_gettext("The round is open. Associations can report now."),
    RoundAction.CLOSE: lazy_gettext("The round is closed. Nobody can report without an exception."),
    RoundAction.REOPEN: lazy_gettext("The round is open again."),
    RoundAction.FREEZE: lazy_gettext("The round is frozen. It can't be opened again."),
    RoundAction.DISCARD: lazy_gettext("The planned round is removed."),
    RoundAction.MOVE_DUE_DATE: lazy_gettext("The last day to report is changed."),
}
SENTENCES: dict[str, LazyString] = {
    "note_missing": lazy_gettext("Write what the association should look at before it goes back."),
    "reason_missing": lazy_gettext("Write a few words on why."),
    "personal_number": lazy_gettext(
        "This looks like a personal identity number. Take it out: no such numbers are kept here."
    ),
    "until_has_passed": lazy_gettext("Choose today or a later day."),
    "until_too_late": lazy_gettext("Choose a day within a year."),
    "choose_village": lazy_gettext("Choose a village."),
    "village_unknown": lazy_gettext("Choose a village."),
    "confirm_missing": lazy_gettext("Tick that you know that freezing can't be undone."),
    "flag_note_missing": lazy_gettext("Write a few words."),
    "value_missing": lazy_gettext("Choose a figure that the report states."),
    "assignee_unknown": lazy_gettext("Choose somebody in the list."),
    "text_too_long": lazy_gettext("Write at most %(most)s characters."),
    "round_exists": lazy_gettext("There is already a round for this date."),
    "date_too_early": lazy_gettext("Write a date after 2000."),
    "not_a_day": lazy_gettext("Write the day as year-month-day, for example 2026-10-01."),
    "date_too_late": lazy_gettext("Write a date before %(latest)s."),
    "due_too_late": lazy_gettext("The last day to report is more than two years after the date."),
    "due_before_reference": lazy_gettext("The last day to report must come after the date."),
}


def sentence(rule: RuleBroken) -> str:
    """The sentence to show at the field."""
    return str(SENTENCES[rule.code]) % rule.facts


RISKS: dict[Risk, LazyString] = {
    Risk.SILENT: lazy_gettext("No report for a year, though one was expected"),
    Risk.NO_CONTACT: lazy_gettext("No contact"),
    Risk.ONE_CONTACT: lazy_gettext("Only one contact"),
    Risk.LATE_TWICE: lazy_gettext("Late twice running"),
    Risk.UNCONFIRMED: lazy_gettext("A contact not confirmed for a year"),
}
