"""What is wrong with a file as a whole, or with one cell of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from outreach.rules import RuleBroken

LONGEST_VALUE_SHOWN = 60


class FileRefused(RuleBroken):
    """A file that can't be read at all; nothing of it is used."""

    def __init__(self, code: str, **facts: str | float) -> None:
        super().__init__("file", code, facts=facts)


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason why a row is refused, or one thing to know about a row that is taken.

    `row` counts as a spreadsheet does: the header is row 1. In files of features the first feature
    is row 1. It is None for what concerns the whole file. `value` is what stands in the file.
    """

    code: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    facts: Mapping[str, str | int | float] = field(default_factory=dict)


def fault(row: int | None, error: RuleBroken, *, value: object = None) -> Fault:
    """The fault of a row whose cell broke a rule; `error.field` is the column as written."""
    return Fault(error.code, row, shown(error.field or None), shown(value), error.facts)


def printable(text: str) -> str:
    """The text without signs that could steer a terminal or can't be written at all."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


def shown(value: object) -> str | None:
    """A cell's content as it is quoted to the reader: one line, not too long."""
    if value is None:
        return None
    text = printable(" ".join(str(value).split()))
    return text if len(text) <= LONGEST_VALUE_SHOWN else text[: LONGEST_VALUE_SHOWN - 1] + "…"
