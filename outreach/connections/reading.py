"""What is typed in a field for a count, read as a whole number or refused for what it is."""

import re

from outreach.connections.rules import LARGEST_COUNT
from outreach.files.text import clean
from outreach.files.values import count_of
from outreach.rules import RuleBroken

TYPED_MAXIMUM = 40
"""More than this is no number; it is kept as typed, and not looked at closer."""

_LONG = re.compile(r"0*[1-9](?: ?[0-9]){7,}")
_POWER = re.compile(r"[0-9.,]+ ?(?:[eE] ?[+-]?|\^|\*\*) ?[0-9]+")


def counted(typed: str, *, field: str) -> int | None:
    """The whole number typed; None for a blank, which is not 0.

    Spaces of any width may part the thousands. Only the digits 0-9 are read, so that nothing is
    taken for a number that the reader of the form would not take for one. Raises RuleBroken.
    """
    text = clean(typed)
    if not text:
        return None
    if len(text) > TYPED_MAXIMUM:
        raise RuleBroken(field, "not_a_number")
    if any(sign.isnumeric() and not sign.isascii() for sign in text):
        raise RuleBroken(field, "other_digits")
    if _POWER.fullmatch(text):
        raise RuleBroken(field, "power")
    if _LONG.fullmatch(text):
        raise RuleBroken(field, "too_large", facts={"largest": LARGEST_COUNT})
    return count_of(text, column=field)
