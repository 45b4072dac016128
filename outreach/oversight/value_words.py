"""Recorded values that are codes, in the reader's words: states, kinds, roles, yes and no."""

from collections.abc import Mapping
from typing import TypeVar

from flask_babel import lazy_gettext, lazy_pgettext
from flask_babel.speaklater import LazyString

from outreach.accounts.wording import ROLES
from outreach.associations.wording import (
    COMMITMENT_KINDS,
    COMMITMENT_STATUSES,
    LEGAL_FORMS,
    STATUSES,
    SUCCESSION_KINDS,
)
from outreach.connections.commands.refusals import Refusal
from outreach.connections.link_rules import LinkEnd
from outreach.connections.review_wording import ROUND_STATES
from outreach.connections.wording import DWELLING_TYPES, FIELDS, SOURCES, STATES
from outreach.places.rules import ImportKind
from outreach.questions.wording import MEASURES
from outreach.questions.wording import STATES as QUESTION_STATES
from outreach.training.wording import FORMS, ORGANISATION_KINDS, OUTCOMES, PROGRAMME_KINDS
from outreach.training.wording import STATES as SESSION_STATES

_Words = Mapping[str, LazyString]
_Code = TypeVar("_Code", bound=str)


def _by_text(words: Mapping[_Code, LazyString]) -> _Words:
    return {str(code): said for code, said in words.items()}


YES_AND_NO: _Words = {"True": lazy_gettext("yes"), "False": lazy_gettext("no")}
"""Of any field."""
LANGUAGES: _Words = {
    "sv": lazy_pgettext("record", "Swedish"),
    "en": lazy_pgettext("record", "English"),
}
REFUSALS: _Words = {
    Refusal.INVALID: lazy_pgettext("record", "figures that break a rule"),
    Refusal.NOT_YOURS: lazy_pgettext("record", "a village that is not the association's"),
    Refusal.CONFLICT: lazy_pgettext("record", "somebody had reported meanwhile"),
    Refusal.KEY_REUSED: lazy_pgettext("record", "the same form with other content"),
    Refusal.CLOSED: lazy_pgettext("record", "the round was closed"),
}
LINK_ENDS: _Words = {
    LinkEnd.REVOKED: lazy_pgettext("record", "ended by the region"),
    LinkEnd.RENEWED: lazy_pgettext("record", "a new link was made"),
    LinkEnd.CONTACT_CHANGED: lazy_pgettext("record", "the contact was changed"),
}
IMPORT_KINDS: _Words = {
    ImportKind.COUNTIES: lazy_pgettext("record", "counties"),
    ImportKind.MUNICIPALITIES: lazy_pgettext("record", "municipalities"),
    ImportKind.LOCALITIES: lazy_pgettext("record", "localities"),
    ImportKind.VILLAGES: lazy_pgettext("record", "villages"),
    ImportKind.CODES: lazy_pgettext("record", "codes of villages"),
    ImportKind.SERVICE_POINTS: lazy_pgettext("record", "service points"),
    ImportKind.NODES: lazy_pgettext("record", "strategic nodes"),
}
VALUES: Mapping[tuple[str, str], _Words] = {
    ("association", "legal_form"): LEGAL_FORMS,
    ("association", "status"): STATUSES,
    ("association", "why"): REFUSALS,
    ("commitment", "kind"): COMMITMENT_KINDS,
    ("commitment", "status"): COMMITMENT_STATUSES,
    ("file", "kind"): IMPORT_KINDS,
    ("figure_question", "measure"): _by_text(MEASURES),
    ("figure_question", "state"): _by_text(QUESTION_STATES),
    ("organisation", "kind"): ORGANISATION_KINDS,
    ("programme", "kind"): PROGRAMME_KINDS,
    ("programme", "outcome"): OUTCOMES,
    ("report_link", "cause"): LINK_ENDS,
    ("report_version", "source"): _by_text(SOURCES),
    ("report_version", "state"): _by_text(STATES),
    ("reporting_round", "state"): _by_text(ROUND_STATES),
    ("succession", "kind"): SUCCESSION_KINDS,
    ("training_session", "form"): FORMS,
    ("training_session", "state"): SESSION_STATES,
    ("user", "roles"): ROLES,
    ("value_flag", "dwelling_type"): _by_text(DWELLING_TYPES),
    ("value_flag", "field"): _by_text(FIELDS),
}
"""By kind of object and field. A value without words is shown as it was recorded."""


def value_words(kind: str, field: str, value: str) -> str:
    """A recorded value in words; several, as of roles, stand with blanks between them."""
    if value in YES_AND_NO:
        return str(YES_AND_NO[value])
    words = LANGUAGES if field == "locale" else VALUES.get((kind, field), {})
    parts = value.split(" ")
    if value not in words and set(parts) <= set(words):
        return ", ".join(str(words[part]) for part in parts)
    return str(words.get(value, value))
