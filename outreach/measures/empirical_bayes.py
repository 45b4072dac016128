"""Shares of small samples drawn towards the share of their municipality, for ranking.

A village with eight answers stands first or last by chance. The beta-binomial model says how far
villages truly differ within their municipality; each village's share is then a weighted mean of
its own and its municipality's, the more its own the more answers it has. Raw shares stay beside.

The spread is found by moments (Kleinman, Proportions with extraneous variance: single and
independent samples, JASA 68 (1973) 46-54), pooled over municipalities. Only figures that are
shown go in: otherwise the result would tell something of those withheld.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from outreach.measures.rates import Share


@dataclass(frozen=True, slots=True)
class Prior:
    """How much a village's own municipality weighs, in answers; None is infinitely much."""

    precision: float | None


def fitted(villages: Mapping[str, Sequence[Share]]) -> Prior:
    """The prior of villages, given by municipality. Shares of nobody are passed over.

    Where villages differ no more than chance makes them, the precision is infinite.
    """
    excess = room = 0.0
    for shares in villages.values():
        counted = [(s.numerator, s.denominator) for s in shares if s.numerator is not None]
        pairs = [(count, of) for count, of in counted if of]
        if len(pairs) < 2:
            continue
        everybody = sum(of for _, of in pairs)
        mean = sum(count for count, _ in pairs) / everybody
        chance = mean * (1 - mean)
        spread = sum(of * (count / of - mean) ** 2 for count, of in pairs)
        freedom = len(pairs) - 1
        excess += spread - chance * freedom
        room += chance * (everybody - sum(of * of for _, of in pairs) / everybody - freedom)
    if excess <= 0 or room <= 0:
        return Prior(None)
    likeness = min(excess / room, 1.0)
    return Prior(1 / likeness - 1)


def shrunk(village: Share, municipality: Share, *, prior: Prior) -> float | None:
    """A village's share drawn towards its municipality's; None where either is undefined."""
    if village.numerator is None or not village.denominator or municipality.value is None:
        return None
    if prior.precision is None:
        return municipality.value
    return (village.numerator + prior.precision * municipality.value) / (
        village.denominator + prior.precision
    )
