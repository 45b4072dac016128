"""What sessions are about against what people can, and who helps whom by age."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from outreach.maturity.results import Figure
from outreach.measures.breakdown import is_safe, joined, shown_rows
from outreach.measures.digcomp import DigCompArea
from outreach.measures.reach import rounded
from outreach.training.rules import AGES, AgeGroup, Who

Ages = Mapping[tuple[str, Who, AgeGroup], int]
Meetings = Mapping[tuple[str, AgeGroup, AgeGroup], int]
"""Sessions by municipality, age of helpers and age of learners."""


@dataclass(frozen=True, slots=True)
class Topic:
    """An area of competence: how many sessions were about it, and how many people manage it."""

    area: DigCompArea
    sessions: int
    part: float | None
    figure: Figure


@dataclass(frozen=True, slots=True)
class AgePair:
    """Age groups told together: how many of them learnt, and how many helped."""

    ages: tuple[AgeGroup, ...]
    learners: int
    helpers: int


@dataclass(frozen=True, slots=True)
class Met:
    """Ages of helpers, and at how many sessions they met learners of each of the ages."""

    helpers: tuple[AgeGroup, ...]
    sessions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Helpers by age against learners by age; both in the same groups."""

    ages: tuple[tuple[AgeGroup, ...], ...]
    rows: tuple[Met, ...]


SINGLE = tuple((age,) for age in AGES)
COARSE = (AGES[:3], AGES[3:])
"""Under 65, and 65 and older."""


def topics(
    held: Mapping[DigCompArea, int], sessions: int, skills: Mapping[str, Figure]
) -> list[Topic]:
    """Every area, the weakest first; those not measured last."""
    found = [
        Topic(
            area,
            held.get(area, 0),
            held.get(area, 0) / sessions if sessions else None,
            skills.get(area.value, Figure()),
        )
        for area in DigCompArea
    ]
    return sorted(found, key=_weakness)


def _weakness(topic: Topic) -> float:
    value = topic.figure.share.value
    return 2.0 if value is None else value


def balance(counts: Ages, codes: Sequence[str], *, own: str | None) -> list[AgePair]:
    """Exactly what was counted, of one municipality (`own`) or all; nothing counted is no row."""
    of = [own] if own else list(codes)
    pairs = [
        AgePair((age,), _sum(counts, of, Who.LEARNERS, age), _sum(counts, of, Who.HELPERS, age))
        for age in AGES
    ]
    return pairs if any(one.learners or one.helpers for one in pairs) else []


def public_balance(counts: Ages, codes: Sequence[str], *, own: str | None, k: int) -> list[AgePair]:
    """The same as the public may know it, to the nearest ten; nothing where it is too little.

    Ages are joined until neither learners nor helpers of a group are few in the county; then the
    municipalities are judged by `breakdown`. `codes` are all of the county's.
    """
    columns = [
        (_sum(counts, codes, Who.LEARNERS, age), _sum(counts, codes, Who.HELPERS, age))
        for age in AGES
    ]
    groups = joined(columns, k=k)
    rows = {
        code: tuple(
            sum(counts.get((code, who, AGES[place]), 0) for place in group)
            for group in groups
            for who in (Who.LEARNERS, Who.HELPERS)
        )
        for code in codes
    }
    whole = tuple(sum(column) for column in zip(*rows.values(), strict=True))
    if not any(whole) or not is_safe(whole, k=k):
        return []
    if own is not None and own not in shown_rows(rows, k=k):
        return []
    row = rows[own] if own is not None else whole
    return [
        AgePair(
            tuple(AGES[place] for place in group),
            rounded(row[2 * at]) or 0,
            rounded(row[2 * at + 1]) or 0,
        )
        for at, group in enumerate(groups)
    ]


def met(counts: Meetings, codes: Sequence[str], *, own: str | None) -> Pairs | None:
    """Every pair of ages that met, of one municipality (`own`) or all; None where nothing is."""
    return _pairs(counts, [own] if own else codes, SINGLE)


def public_met(counts: Meetings, codes: Sequence[str], *, own: str | None, k: int) -> Pairs | None:
    """The same as the public may know it: by age if no pair is of few sessions, or else coarser.

    How old those at one session were stands nowhere, so few sessions must not tell it.
    """
    for groups in (SINGLE, COARSE):
        rows = {code: _cells(counts, [code], groups) for code in codes}
        whole = _cells(counts, codes, groups)
        if any(whole) and is_safe(whole, k=k):
            if own is None:
                return _pairs(counts, codes, groups)
            return _pairs(counts, [own], groups) if own in shown_rows(rows, k=k) else None
    return None


def _pairs(
    counts: Meetings, codes: Sequence[str], groups: Sequence[tuple[AgeGroup, ...]]
) -> Pairs | None:
    cells = _cells(counts, codes, groups)
    width = len(groups)
    rows = [Met(group, cells[at * width : (at + 1) * width]) for at, group in enumerate(groups)]
    return Pairs(tuple(groups), tuple(rows)) if any(cells) else None


def _cells(
    counts: Meetings, codes: Sequence[str], groups: Sequence[tuple[AgeGroup, ...]]
) -> tuple[int, ...]:
    return tuple(
        sum(counts.get((code, one, other), 0) for code in codes for one in mine for other in theirs)
        for mine in groups
        for theirs in groups
    )


def _sum(counts: Ages, codes: Sequence[str], who: Who, age: AgeGroup) -> int:
    return sum(counts.get((code, who, age), 0) for code in codes)
