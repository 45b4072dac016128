"""What may happen to a question, what comes of it, and who may do it."""

from enum import StrEnum

from outreach.questions.rules import ANSWERS, OPEN_STATES, QuestionState


class Action(StrEnum):
    """What somebody does about a question."""

    ACCEPT = "accept"
    DISPUTE = "dispute"
    CHANGED_SINCE = "say_changed_since"
    UPHOLD = "uphold"
    DISMISS = "dismiss"
    WITHDRAW = "withdraw"


class Party(StrEnum):
    """As what somebody meets a question. Staff may also answer for an association."""

    ASKER = "asker"
    ASSOCIATION = "association"
    REGION = "region"


ANSWERING = frozenset({Action.ACCEPT, Action.DISPUTE, Action.CHANGED_SINCE})
MAY = {
    Party.ASKER: frozenset({Action.WITHDRAW}),
    Party.ASSOCIATION: ANSWERING,
    Party.REGION: ANSWERING | {Action.UPHOLD, Action.DISMISS},
}
NEEDS_WORDS = frozenset({Action.DISPUTE, Action.CHANGED_SINCE, Action.UPHOLD, Action.DISMISS})
"""Actions that say why. Agreeing speaks for itself, and so does taking a question back."""

_LEADS_TO = {
    Action.ACCEPT: QuestionState.ACCEPTED,
    Action.DISPUTE: QuestionState.DISPUTED,
    Action.CHANGED_SINCE: QuestionState.CHANGED_SINCE,
    Action.UPHOLD: QuestionState.UPHELD,
    Action.DISMISS: QuestionState.DISMISSED,
    Action.WITHDRAW: QuestionState.WITHDRAWN,
}


def outcome(state: QuestionState, action: Action, *, party: Party) -> QuestionState | None:
    """The state that follows, or None where this party may not do this to such a question.

    An answer can be changed until the region has decided; what is closed stays closed.
    """
    after = _LEADS_TO[action]
    if state not in OPEN_STATES or action not in MAY[party] or after is state:
        return None
    return after


def is_answer(state: QuestionState) -> bool:
    """Whether the state is what an association has said."""
    return state in ANSWERS
