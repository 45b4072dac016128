"""What sessions are about against what people can, and who helps whom by age."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from outreach.maturity.results import Figure
from outreach.measures.breakdown import is_safe, joined, shown_rows
from outreach.measures.digcomp import DigCompArea
from outreach.measures.reach import rounded
from outreach.training.rules import AGES, AgeGroup, Who

Ages = Mapping[tuple[str, Who, AgeGroup], int]


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


def _sum(counts: Ages, codes: Sequence[str], who: Who, age: AgeGroup) -> int:
    return sum(counts.get((code, who, age), 0) for code in codes)
