"""What the rules of all features share: the error that a broken one raises, and the largest id."""

from collections.abc import Mapping

LARGEST_KEY = 2**31 - 1
"""A larger number fits in no column of ids, and so names nothing."""


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
