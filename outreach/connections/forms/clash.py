"""Two versions of a report side by side: what the reporter typed and what was submitted meanwhile.

Each differing field becomes a choice. Mine is chosen where I changed it since the version I
started from, theirs where I left it alone, so that two people who changed different villages
only have to press the button.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from outreach.connections.forms.typed import COMMENT, Typed, name_of
from outreach.connections.queries.grid import GridRow
from outreach.connections.reading import counted
from outreach.connections.rules import CountField
from outreach.connections.wording import COMMENT_LABEL, FIELDS, REASON_LABEL
from outreach.rules import RuleBroken


@dataclass(frozen=True, slots=True)
class Choice:
    """One differing field: its name in the form, both texts, and which one is chosen at first."""

    name: str
    label: str
    mine: str
    theirs: str
    is_mine_chosen: bool


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """The differing fields of one village; the comment's group has no municipality."""

    title: str
    municipality: str | None
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Clash:
    """All choices, and the texts on which both agree, to be sent along."""

    groups: list[ChoiceGroup]
    agreed: dict[str, str]


def clash(rows: Sequence[GridRow], *, mine: Typed, theirs: Typed, base: Typed) -> Clash:
    """What differs between two versions, given the one that mine was started from."""
    plain = [_spelt_out(typed, rows) for typed in (mine, theirs, base)]
    groups: list[ChoiceGroup] = []
    agreed: dict[str, str] = {}
    for row in rows:
        labels = {name_of(row.key, name): str(FIELDS[name]) for name in CountField}
        labels[name_of(row.key, "reason")] = str(REASON_LABEL)
        choices = _choices(labels, plain)
        if choices:
            groups.append(ChoiceGroup(row.village, row.municipality, choices))
            agreed |= _kept(plain[0], set(labels) - {choice.name for choice in choices})
        else:
            agreed |= _kept(mine.texts, {*labels, name_of(row.key, "unchanged")})
    comment = _choices({COMMENT: str(COMMENT_LABEL)}, plain)
    if comment:
        groups.append(ChoiceGroup(str(COMMENT_LABEL), None, comment))
    else:
        agreed |= _kept(mine.texts, {COMMENT})
    return Clash(groups, agreed)


def _choices(labels: dict[str, str], plain: Sequence[dict[str, str]]) -> list[Choice]:
    mine, theirs, base = plain
    return [
        Choice(
            name=name,
            label=label,
            mine=mine.get(name, ""),
            theirs=theirs.get(name, ""),
            is_mine_chosen=mine.get(name, "") != base.get(name, ""),
        )
        for name, label in labels.items()
        if mine.get(name, "") != theirs.get(name, "")
    ]


def _kept(texts: Mapping[str, str], names: set[str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if name in names and text}


def _spelt_out(typed: Typed, rows: Sequence[GridRow]) -> dict[str, str]:
    """Texts that can be compared: numbers in digits, and "unchanged" as the numbers it means."""
    texts = {COMMENT: typed.comment.strip()}
    for row in rows:
        texts[name_of(row.key, "reason")] = typed.reason(row.key).strip()
        is_unchanged = typed.is_unchanged(row.key) and row.last is not None
        for name in CountField:
            before = row.last.of(name) if is_unchanged and row.last else None
            text = str(before) if before is not None else _digits(typed.count(row.key, name))
            texts[name_of(row.key, name)] = text
    return texts


def _digits(text: str) -> str:
    try:
        number = counted(text, field="")
    except RuleBroken:
        return text.strip()
    return "" if number is None else str(number)
