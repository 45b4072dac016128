"""Every action, kind of object and field of the record of changes, in words."""

from flask_babel import lazy_gettext, lazy_pgettext
from flask_babel.speaklater import LazyString

from outreach.associations.wording import FIELDS as REGISTER_FIELDS
from outreach.rules import RuleBroken

KINDS: dict[str, LazyString] = {
    "association": lazy_pgettext("record", "Association"),
    "association_contact": lazy_pgettext("record", "Contact"),
    "served_village": lazy_pgettext("record", "Village served"),
    "commitment": lazy_pgettext("record", "Commitment"),
    "report_version": lazy_pgettext("record", "Report"),
    "reporting_round": lazy_pgettext("record", "Round"),
    "succession": lazy_pgettext("record", "Succession"),
    "report_link": lazy_pgettext("record", "Personal link"),
    "reminder": lazy_pgettext("record", "Reminder"),
    "value_flag": lazy_pgettext("record", "Figure to follow up"),
    "import_run": lazy_pgettext("record", "Import"),
    "profile_text": lazy_pgettext("record", "Text in a profile"),
    "profile_edition": lazy_pgettext("record", "Frozen profile"),
    "survey_round": lazy_pgettext("record", "Survey"),
    "survey_link": lazy_pgettext("record", "Link to a survey"),
    "survey_reference": lazy_pgettext("record", "Reference figures"),
    "address_count": lazy_pgettext("record", "Addresses to count"),
    "figure_question": lazy_pgettext("record", "Question"),
    "user": lazy_pgettext("record", "User"),
    "organisation": lazy_pgettext("record", "Organisation"),
    "organisation_contact": lazy_pgettext("record", "Contact of an organisation"),
    "programme": lazy_pgettext("record", "Programme"),
    "training_session": lazy_pgettext("record", "Training session"),
    "venue": lazy_pgettext("record", "Venue"),
    "county": lazy_pgettext("record", "County"),
    "municipality": lazy_pgettext("record", "Municipality"),
    "village": lazy_pgettext("record", "Village"),
    "file": lazy_pgettext("record", "File"),
}
ACTIONS: dict[str, LazyString] = {
    "created": lazy_pgettext("record", "Added"),
    "changed": lazy_pgettext("record", "Changed"),
    "version_held": lazy_pgettext("record", "Second version kept"),
    "versions_settled": lazy_pgettext("record", "Picked between two versions"),
    "submitted": lazy_pgettext("record", "Report submitted"),
    "submission_refused": lazy_pgettext("record", "Submission refused"),
    "withdrawn": lazy_pgettext("record", "Report taken back"),
    "draft_taken_over": lazy_pgettext("record", "Draft taken over"),
    "approve": lazy_pgettext("record", "Report approved"),
    "return": lazy_pgettext("record", "Report returned"),
    "flag": lazy_pgettext("record", "Figure flagged for follow-up"),
    "resolve_flag": lazy_pgettext("record", "Follow-up closed"),
    "planned": lazy_pgettext("record", "Round planned"),
    "open": lazy_pgettext("record", "Round opened"),
    "opened": lazy_pgettext("record", "Round opened earlier"),
    "close": lazy_pgettext("record", "Round closed"),
    "reopen": lazy_pgettext("record", "Round opened again"),
    "freeze": lazy_pgettext("record", "Round frozen"),
    "discard": lazy_pgettext("record", "Planned round removed"),
    "move_due_date": lazy_pgettext("record", "Due date moved"),
    "expected_pair_added": lazy_pgettext("record", "Village expected"),
    "expected_pair_removed": lazy_pgettext("record", "Village no longer expected"),
    "expected_passed_on": lazy_pgettext("record", "Expected of another association"),
    "lock_exception_granted": lazy_pgettext("record", "Late report allowed"),
    "lock_exception_ended": lazy_pgettext("record", "Late report no longer allowed"),
    "no_answer_noted": lazy_pgettext("record", "Will not answer"),
    "no_answer_withdrawn": lazy_pgettext("record", "Answer awaited again"),
    "link_made": lazy_pgettext("record", "Personal link made"),
    "link_ended": lazy_pgettext("record", "Personal link ended"),
    "reminders_paused": lazy_pgettext("record", "Reminders paused"),
    "reminders_resumed": lazy_pgettext("record", "Reminders taken up again"),
    "bounced": lazy_pgettext("record", "E-mail came back"),
    "profile_written": lazy_pgettext("record", "Text in a profile written"),
    "profile_frozen": lazy_pgettext("record", "Profile frozen"),
    "official.imported": lazy_pgettext("record", "Official figures imported"),
    "survey_round_opened": lazy_pgettext("record", "Survey opened"),
    "survey_round_closed": lazy_pgettext("record", "Survey closed"),
    "survey_link_made": lazy_pgettext("record", "Link to a survey made"),
    "survey_link_ended": lazy_pgettext("record", "Link to a survey ended"),
    "survey_answers_imported": lazy_pgettext("record", "Survey answers imported"),
    "survey_reference_imported": lazy_pgettext("record", "Reference figures imported"),
    "import_received": lazy_pgettext("record", "File received"),
    "import_dropped": lazy_pgettext("record", "File thrown away"),
    "imported": lazy_pgettext("record", "File imported"),
    "import_undone": lazy_pgettext("record", "Import undone"),
    "question_asked": lazy_pgettext("record", "Question asked"),
    "question_accepted": lazy_pgettext("record", "Association agrees"),
    "question_disputed": lazy_pgettext("record", "Association disagrees"),
    "question_changed_since": lazy_pgettext("record", "True then, changed since"),
    "question_upheld": lazy_pgettext("record", "Question found right"),
    "question_dismissed": lazy_pgettext("record", "Figure stands"),
    "question_withdrawn": lazy_pgettext("record", "Question taken back"),
    "user_invited": lazy_pgettext("record", "User invited"),
    "user_invited_again": lazy_pgettext("record", "User invited again"),
    "invitation_accepted": lazy_pgettext("record", "Invitation accepted"),
    "user_changed": lazy_pgettext("record", "User changed"),
    "user_enabled": lazy_pgettext("record", "Account enabled"),
    "user_disabled": lazy_pgettext("record", "Account disabled"),
    "password_reset": lazy_pgettext("record", "Password reset"),
    "password_changed": lazy_pgettext("record", "Password changed"),
    "second_factor_set": lazy_pgettext("record", "Two-step sign-in set up"),
    "second_factor_removed": lazy_pgettext("record", "Two-step sign-in removed"),
    "second_factors_removed": lazy_pgettext("record", "Codes and passkeys removed"),
    "passkey_added": lazy_pgettext("record", "Passkey added"),
    "passkey_removed": lazy_pgettext("record", "Passkey removed"),
    "person_erased": lazy_pgettext("record", "Person erased"),
    "gap_assigned": lazy_pgettext("record", "Gap given to somebody"),
    "gap_unanswered": lazy_pgettext("record", "Gap: asked, will not be answered"),
    "contact_removed": lazy_pgettext("record", "Contact removed"),
    "organisation_added": lazy_pgettext("record", "Organisation added"),
    "places.imported": lazy_pgettext("record", "Places imported"),
    "county.imported": lazy_pgettext("record", "County imported"),
    "municipality.imported": lazy_pgettext("record", "Municipality imported"),
    "village.imported": lazy_pgettext("record", "Village imported"),
    "demonstration.loaded": lazy_pgettext("record", "Demonstration loaded"),
}
"""Also of actions that the program recorded once and no longer does."""
FIELDS: dict[str, LazyString] = {
    "state": lazy_pgettext("record", "State"),
    "note": lazy_pgettext("record", "Note"),
    "reason": lazy_pgettext("record", "Reason"),
    "why": lazy_pgettext("record", "Why"),
    "roles": lazy_pgettext("record", "Roles"),
    "counties": lazy_pgettext("record", "Counties"),
    "associations": lazy_pgettext("record", "Associations"),
    "organisations": lazy_pgettext("record", "Organisations"),
    "reference_date": lazy_pgettext("record", "Reference date"),
    "number": lazy_pgettext("record", "Version"),
    "receipt": lazy_pgettext("record", "Receipt"),
    "measure": lazy_pgettext("record", "Figure"),
    "sessions_ended": lazy_pgettext("record", "Devices signed out"),
    "takes_effect": lazy_pgettext("record", "From"),
    "undone": lazy_pgettext("record", "Undone"),
    "cause": lazy_pgettext("record", "Cause"),
    "until": lazy_pgettext("record", "Until"),
    "expected": lazy_pgettext("record", "Expected"),
    "resolution": lazy_pgettext("record", "What came of it"),
    "association": lazy_pgettext("record", "Association"),
    "association_id": lazy_pgettext("record", "Association"),
    "contact": lazy_pgettext("record", "Contact"),
    "contact_id": lazy_pgettext("record", "Contact"),
    "round": lazy_pgettext("record", "Round"),
    "round_id": lazy_pgettext("record", "Round"),
    "village_id": lazy_pgettext("record", "Village"),
    "organisation_id": lazy_pgettext("record", "Organisation"),
    "programme_id": lazy_pgettext("record", "Programme"),
    "due_date": lazy_pgettext("record", "Last day to report"),
    "file_name": lazy_pgettext("record", "File"),
}
SENTENCES: dict[str, LazyString] = {
    "erases_oneself": lazy_gettext("You can't erase yourself. Ask another administrator."),
    "still_administrator": lazy_gettext(
        "This person is an administrator. Take that role away first."
    ),
}


def field_names() -> dict[str, str]:
    """All fields in words, in the language of the moment."""
    return {key: str(words) for key, words in (REGISTER_FIELDS | FIELDS).items()}


def field_name(field: str) -> str:
    """A changed field in words; one without wording as it is recorded."""
    return str(FIELDS.get(field) or REGISTER_FIELDS.get(field) or field)


def sentence(rule: RuleBroken) -> str:
    """What a broken rule means to whoever broke it."""
    return str(SENTENCES[rule.code])
