"""What all forms of the register share: reading texts, collecting what is wrong, showing both."""

import unicodedata
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeVar

from email_validator import EmailNotValidError, validate_email
from flask_babel.speaklater import LazyString
from wtforms import BooleanField, Form, SelectField, SelectMultipleField

from outreach.associations.wording import sentence
from outreach.files.text import clean
from outreach.rules import RuleBroken

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class EntryForm(Form):
    """A form whose fields keep exactly what was typed, and whose entry is read from them."""

    asks_about_details = False
    """Whether a text holds contact details, so that the page offers the box "it is meant"."""

    def sentence(self, rule: RuleBroken, label: str) -> str:
        """What is wrong with the field of that label; rooms with rules of their own say theirs."""
        return sentence(rule, label=label)

    def refuse(self, rule: RuleBroken) -> None:
        """Say beside the rule's field what is wrong with it; once for each sentence."""
        if rule.code == "contact_details":
            self.asks_about_details = True
        field = self[rule.field]
        words = self.sentence(rule, str(field.label.text))
        if words not in field.errors:
            field.errors = [*field.errors, words]

    def refuse_all(self, rules: Iterable[RuleBroken]) -> None:
        """Say what is wrong with each field."""
        for rule in rules:
            self.refuse(rule)

    def text(self, name: str) -> str | None:
        """One clean line, or None where nothing was typed."""
        return one_line(self[name].data or "") or None

    def required(self, name: str) -> str:
        """One clean line; nothing typed is noted as missing."""
        text = self.text(name)
        if text is None:
            self.refuse(RuleBroken(name, "missing"))
        return text or ""

    def read(self, name: str, parse: Callable[[str], T]) -> T | None:
        """What was typed as `parse` understands it; None where nothing was, or where it cannot."""
        text = self.text(name)
        if text is None:
            return None
        try:
            return parse(text)
        except RuleBroken as rule:
            self.refuse(rule)
            return None

    def choice(self, name: str, members: type[E]) -> E | None:
        """The chosen member; anything else is refused."""
        chosen = self[name].data
        try:
            return members(chosen)
        except ValueError:
            self.refuse(RuleBroken(name, "choose"))
            return None

    def labels(self) -> dict[str, str]:
        """Each field's name and label, in order."""
        return {field.short_name: str(field.label.text) for field in self}

    def shown(self) -> dict[str, str]:
        """Each field's value as the reader sees it in the form."""
        return {field.short_name: _shown(field) for field in self}


def one_line(text: str) -> str:
    """Clean text in one line without control characters, which databases refuse."""
    return clean("".join(" " if _is_control(sign) else sign for sign in text))


def several_lines(text: str) -> str:
    """Text whose line breaks are kept and whose lines are clean."""
    return "\n".join(one_line(line) for line in text.strip().splitlines()).strip()


def email(text: str) -> str:
    """An e-mail address as it is written to; whether it exists is not asked."""
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise RuleBroken("email", "not_an_email") from error


def options(labels: dict[str, LazyString], *, ask: LazyString | None = None) -> dict[str, str]:
    """Values and words for a list to choose from, with a first line that chooses nothing."""
    first = {} if ask is None else {"": str(ask)}
    return first | {value: str(label) for value, label in labels.items()}


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cs"}


def _shown(field: object) -> str:
    if isinstance(field, BooleanField):
        return "✓" if field.data else ""
    if isinstance(field, SelectMultipleField | SelectField):
        return ", ".join(str(choice[1]) for choice in field.iter_choices() if choice[2])
    return str(getattr(field, "data", None) or "")
