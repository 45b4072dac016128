"""Whatever the program records has words: actions and kinds are read from its own text."""

import ast

from outreach.connections.round_states import RoundAction
from outreach.connections.states import Action
from outreach.oversight.value_words import IMPORT_KINDS
from outreach.oversight.wording import ACTIONS, KINDS
from outreach.places.rules import ImportKind
from outreach.questions.rules import QuestionState
from tests.oversight.recorded import actions, kinds, modules, texts

MADE_OF = {
    "f'{kind}.imported' if by is None else 'changed' if stored else 'created'": [
        "service_point.imported",
        "strategic_node.imported",
        "changed",
        "created",
    ],
    "f'{kind}.imported'": ["county.imported", "municipality.imported"],
    "f'question_{after.value}'": [
        f"question_{state}" for state in QuestionState if state is not QuestionState.ASKED
    ],
    "action.value": [
        *(one.value for one in Action),
        RoundAction.OPEN.value,
        RoundAction.CLOSE.value,
        RoundAction.REOPEN.value,
        RoundAction.FREEZE.value,
    ],
}
"""What expressions that are not a text stand for. A new one has to be added here."""
KINDS_MADE_OF = {
    "subject.object_type": [],
    "kind": ["county", "municipality", "service_point", "strategic_node"],
    "of": ["user", "association_contact"],
}


def _unworded(found: list[ast.expr], *, made_of: dict[str, list[str]], words: object) -> list[str]:
    missing = []
    for expression in found:
        told = texts(expression)
        known = made_of.get(ast.unparse(expression)) if told is None else told
        if known is None:
            missing.append(f"say what {ast.unparse(expression)} stands for")
            continue
        missing += [text for text in known if text not in words]
    return missing


def test_every_action_that_is_recorded_has_words() -> None:
    found = list(actions(modules()))
    assert len(found) > 25
    assert _unworded(found, made_of=MADE_OF, words=ACTIONS) == []


def test_every_kind_of_object_that_is_recorded_has_words() -> None:
    found = list(kinds(modules()))
    assert len(found) > 15
    assert _unworded(found, made_of=KINDS_MADE_OF, words=KINDS) == []


def test_every_kind_of_file_that_is_imported_has_words() -> None:
    assert set(IMPORT_KINDS) == set(ImportKind)
