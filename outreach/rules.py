"""The one error that a broken rule raises, whichever feature's rule it is."""

from collections.abc import Mapping


class RuleBroken(ValueError):
    """A value that breaks a rule of its field.

    `field` names the form field, column or row key; `code` the rule; `facts` the numbers that the
    sentence for the reader needs. The sentence itself lives in `web.wording`.
    """

    def __init__(
        self, field: str, code: str, *, facts: Mapping[str, str | int | float] | None = None
    ) -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code
        self.facts = dict(facts or {})
