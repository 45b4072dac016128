"""Association names that are likely the same association, or a second one easily taken for it."""

import re
from difflib import SequenceMatcher

from outreach.places.rules import folded

LIKELY_SAME = 0.88
"""Share of equal letters from which two names are asked about: "Torhamns fiber" and "Thorhamns
fiber" lie above, "Åryd" and "Öryd" below."""

_SAID_OF_MANY = frozenset(
    {"ek", "för", "ekonomisk", "ekonomiska", "förening", "föreningen", "ideell", "ab", "och", "i"}
    | {"samfällighet", "samfällighetsförening", "bredband", "bredbandsförening", "byanät"}
    | {"fiber", "fibern", "fiberförening", "fiberföreningen", "fibernät", "byanätet"}
)
_SIDES = frozenset(
    {"norra", "södra", "östra", "västra", "övre", "nedre", "nya", "gamla", "inre", "yttre"}
)


def likely_same(name: str, other: str) -> bool:
    """Whether two names differ only in legal form, words said of many, numbers or a few letters.

    Norra and Södra, Övre and Nedre tell two associations apart.
    """
    mine, theirs = _core(name), _core(other)
    if not mine or not theirs:
        return folded(name) == folded(other)
    if _SIDES & set(mine.split()) != _SIDES & set(theirs.split()):
        return False
    return SequenceMatcher(None, mine, theirs, autojunk=False).ratio() >= LIKELY_SAME


def _core(name: str) -> str:
    """The words that tell this association from others, without a possessive s."""
    words = re.findall(r"[^\W\d_]+", folded(name))
    return " ".join(word.removesuffix("s") for word in words if word not in _SAID_OF_MANY)
