"""Questions in words: measures, states, actions, and what is wrong with a form."""

from flask_babel import lazy_gettext, lazy_pgettext
from flask_babel.speaklater import LazyString

from outreach.connections import wording as reports
from outreach.questions.rules import QuestionState
from outreach.questions.states import Action
from outreach.rules import RuleBroken

MEASURES, MEANINGS = reports.MEASURES, reports.MEANINGS
STATES: dict[QuestionState, LazyString] = {
    QuestionState.ASKED: lazy_pgettext("question", "Waits for the association"),
    QuestionState.ACCEPTED: lazy_pgettext("question", "Is being corrected"),
    QuestionState.DISPUTED: lazy_pgettext("question", "The association disagrees"),
    QuestionState.CHANGED_SINCE: lazy_pgettext("question", "True then, changed since"),
    QuestionState.UPHELD: lazy_pgettext("question", "The question was right"),
    QuestionState.DISMISSED: lazy_pgettext("question", "The figure stands"),
    QuestionState.WITHDRAWN: lazy_pgettext("question", "Taken back"),
}
ACTIONS: dict[Action, LazyString] = {
    Action.ACCEPT: lazy_gettext("It is right: we correct the figure"),
    Action.DISPUTE: lazy_gettext("We stand by the figure"),
    Action.CHANGED_SINCE: lazy_gettext("It was true then, and has changed since"),
    Action.UPHOLD: lazy_gettext("The question is right"),
    Action.DISMISS: lazy_gettext("The figure stands"),
    Action.WITHDRAW: lazy_gettext("Take the question back"),
}
HINTS: dict[Action, LazyString] = {
    Action.ACCEPT: lazy_gettext("For the association. The question stays open."),
    Action.DISPUTE: lazy_gettext("For the association. The question stays open."),
    Action.CHANGED_SINCE: lazy_gettext("For the association. The question stays open."),
    Action.UPHOLD: lazy_gettext("The region decides. The question is closed."),
    Action.DISMISS: lazy_gettext("The region decides. The question is closed."),
}
"""What an answer means, for the region, which may give all of them."""
DONE: dict[QuestionState, LazyString] = {
    QuestionState.ACCEPTED: lazy_gettext("You agree. Now correct the figure in the report."),
    QuestionState.DISPUTED: lazy_gettext("Your answer is saved. The region decides."),
    QuestionState.CHANGED_SINCE: lazy_gettext("Your answer is saved. The region decides."),
    QuestionState.UPHELD: lazy_gettext("Decided: the question was right."),
    QuestionState.DISMISSED: lazy_gettext("Decided: the figure stands."),
    QuestionState.WITHDRAWN: lazy_gettext("Your question is taken back."),
}
SENTENCES: dict[str, LazyString] = {
    "missing": lazy_gettext("Write a few words here."),
    "choose": lazy_gettext("Choose one from the list."),
    "choose_action": lazy_gettext("Choose one of the answers."),
    "too_long": lazy_gettext("Write at most %(most)s characters."),
    "personal_number": lazy_gettext(
        "This looks like a personal identity number. Take it out: no such numbers are kept here."
    ),
    "contact_details": lazy_gettext(
        "This looks like an e-mail address or a phone number. Take it out, or tick below that it "
        "is something else. Your own address goes in the field for it."
    ),
    "not_an_email": lazy_gettext("Write an e-mail address such as namn@example.org."),
    "wait": lazy_gettext("Many questions have come from here. Try again %(moment)s."),
}


def sentence(rule: RuleBroken) -> str:
    """What to tell the person who typed it, beside the field."""
    return str(SENTENCES[rule.code]) % dict(rule.facts)
