"""What is withheld from made-up regions, once no attack on it succeeds."""

from collections.abc import Iterable

from outreach.measures.classes import FineClass
from outreach.measures.disclosure import (
    Cell,
    Part,
    Withheld,
    disclose,
)
from outreach.measures.rates import Measure
from tests.measures.attacker import determined, too_small
from tests.measures.regions import cell

SMAORT, OUTSIDE, SMALL = FineClass.smaort, FineClass.outside, FineClass.tatort_small


def withheld_from(cells: list[Cell], *, k: int = 5) -> Withheld:
    """What is withheld, once no attack on it succeeds."""
    withheld = disclose(cells, k=k)
    assert determined(cells, withheld) == set()
    assert too_small(cells, withheld, k) == []
    return withheld


def villages(withheld: Withheld) -> set[int]:
    return {village for village, _ in withheld.villages}


def parts(withheld: Withheld, area: str, measure: Measure = Measure.coverage) -> set[Part]:
    return {key.part for key in withheld.sums if (key.area, key.measure) == (area, measure)}


def solid(first: int, count: int, **where: object) -> list[Cell]:
    """Villages with nothing small about them, larger and larger."""
    return [cell(first + step, 100 + step, 80, 60, 40)._replace(**where) for step in range(count)]


def on(cells: Iterable[Cell], day: object) -> list[Cell]:
    return [one._replace(date=day) for one in cells]
