"""Who may do what to a question in which state: every cell of the table."""

import pytest

from outreach.questions.rules import QuestionState
from outreach.questions.states import Action, Party, outcome

ANSWERED = {
    Action.ACCEPT: QuestionState.ACCEPTED,
    Action.DISPUTE: QuestionState.DISPUTED,
    Action.CHANGED_SINCE: QuestionState.CHANGED_SINCE,
}
DECIDED = {Action.UPHOLD: QuestionState.UPHELD, Action.DISMISS: QuestionState.DISMISSED}
TAKEN_BACK = {Action.WITHDRAW: QuestionState.WITHDRAWN}
TABLE: dict[QuestionState, dict[Party, dict[Action, QuestionState]]] = {
    QuestionState.ASKED: {
        Party.ASKER: TAKEN_BACK,
        Party.ASSOCIATION: ANSWERED,
        Party.REGION: ANSWERED | DECIDED,
    },
    QuestionState.ACCEPTED: {
        Party.ASKER: TAKEN_BACK,
        Party.ASSOCIATION: {
            Action.DISPUTE: QuestionState.DISPUTED,
            Action.CHANGED_SINCE: QuestionState.CHANGED_SINCE,
        },
        Party.REGION: {
            Action.DISPUTE: QuestionState.DISPUTED,
            Action.CHANGED_SINCE: QuestionState.CHANGED_SINCE,
        }
        | DECIDED,
    },
    QuestionState.DISPUTED: {
        Party.ASKER: TAKEN_BACK,
        Party.ASSOCIATION: {
            Action.ACCEPT: QuestionState.ACCEPTED,
            Action.CHANGED_SINCE: QuestionState.CHANGED_SINCE,
        },
        Party.REGION: {
            Action.ACCEPT: QuestionState.ACCEPTED,
            Action.CHANGED_SINCE: QuestionState.CHANGED_SINCE,
        }
        | DECIDED,
    },
    QuestionState.CHANGED_SINCE: {
        Party.ASKER: TAKEN_BACK,
        Party.ASSOCIATION: {
            Action.ACCEPT: QuestionState.ACCEPTED,
            Action.DISPUTE: QuestionState.DISPUTED,
        },
        Party.REGION: {
            Action.ACCEPT: QuestionState.ACCEPTED,
            Action.DISPUTE: QuestionState.DISPUTED,
        }
        | DECIDED,
    },
    QuestionState.UPHELD: {},
    QuestionState.DISMISSED: {},
    QuestionState.WITHDRAWN: {},
}


@pytest.mark.parametrize("state", QuestionState)
@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("action", Action)
def test_each_cell_of_the_table(state: QuestionState, party: Party, action: Action) -> None:
    assert outcome(state, action, party=party) is TABLE[state].get(party, {}).get(action)
