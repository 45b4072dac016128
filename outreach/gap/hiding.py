"""What is withheld of a county, packed small: it stays in memory as long as the data stay.

A country of 8 000 villages and 40 dates has 320 000 figures. As sets of pairs what is hidden of
them takes some hundred megabytes in every process; as sorted numbers by date, a few.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from outreach.measures.disclosure import Part, Withheld, WithheldCounts
from outreach.measures.rates import Measure


class Hiding(Protocol):
    """What a county's disclosure control answers."""

    def hides_count(self, village: int, day: date, name: str) -> bool:
        """Whether one of a village's counts is withheld on a date."""
        ...

    def hides_sum(self, area: str, day: date, *, part: Part, measure: Measure) -> bool:
        """Whether a measure's sums over a part of an area are withheld on a date."""
        ...

    def hidden_villages(self, day: date, name: str) -> Iterable[int]:
        """The villages one of whose counts is withheld on a date."""
        ...


@dataclass(frozen=True, slots=True)
class Packed:
    """The same answers as the result it was packed from.

    `villages` are the identifiers hidden, in ascending order, by count and date.
    """

    villages: Mapping[tuple[str, date], "array[int]"]
    sums: WithheldCounts

    def hides_count(self, village: int, day: date, name: str) -> bool:
        """Whether one of a village's counts is withheld on a date."""
        hidden = self.villages.get((name, day))
        if hidden is None:
            return False
        place = bisect_left(hidden, village)
        return place < len(hidden) and hidden[place] == village

    def hidden_villages(self, day: date, name: str) -> Iterable[int]:
        """The villages one of whose counts is withheld on a date."""
        return self.villages.get((name, day), ())

    def hides_sum(self, area: str, day: date, *, part: Part, measure: Measure) -> bool:
        """Whether a measure's sums over a part of an area are withheld on a date."""
        return self.sums.hides_sum(area, day, part=part, measure=measure)


def packed(result: WithheldCounts) -> Packed:
    """The result in little memory."""
    villages: dict[tuple[str, date], list[int]] = defaultdict(list)
    for name, withheld in result.by_count.items():
        for village, day in withheld.villages:
            villages[name, day].append(village)
    return Packed(
        villages={key: array("q", sorted(numbers)) for key, numbers in villages.items()},
        sums=WithheldCounts(
            {
                name: Withheld(frozenset(), withheld.sums)
                for name, withheld in result.by_count.items()
            }
        ),
    )
