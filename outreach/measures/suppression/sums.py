"""Which of the sums over strata are published, area by area and date by date."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import accumulate

from outreach.measures.suppression.cycles import Certificate
from outreach.measures.suppression.table import CUTS, RANKS

Place = tuple[str, int]
"""An area's code and a date's place among all dates."""

Block = tuple[int, ...]
"""The name of a stretch of fine classes (or several) whose sum is known, see `Sums.blocks`."""

WHOLE = (0,) * CUTS


class Sums:
    """Every published sum is a stretch between two cuts of the row of fine classes.

    Each cut of an area and date has a label, and a sum is published when the cuts at its ends
    have the same label. At first all are equal; what would give something away parts them, and
    nothing ever joins them again. Active counts are published with the rest or not at all.
    """

    def __init__(self) -> None:
        """Publish everything."""
        self.labels: dict[Place, tuple[int, ...]] = {}
        self.without_active: set[Place] = set()

    def of(self, place: Place) -> tuple[int, ...]:
        """The labels of an area's cuts on a date."""
        return self.labels.get(place, WHOLE)

    def restricted(self) -> set[Place]:
        """Where and when not everything is published."""
        parted = {place for place, labels in self.labels.items() if labels != WHOLE}
        return parted | self.without_active

    def charge(self, certificate: Certificate) -> set[Place]:
        """Unpublish every sum that the certificate's changes would alter; the places touched."""
        moved: dict[Place, list[int]] = defaultdict(lambda: [0] * len(RANKS))
        moved_active: dict[Place, list[int]] = defaultdict(lambda: [0] * len(RANKS))
        for spell, sign in certificate:
            county, municipality, rank, active = spell.stratum
            for day in range(spell.start, spell.end):
                for area in (county, municipality):
                    moved[area, day][rank] += sign
                    moved_active[area, day][rank] += sign * active
        touched = set()
        for place, changes in moved.items():
            if self._part(place, _running(changes)):
                touched.add(place)
            if self._keep_active(place, _running(moved_active[place])):
                touched.add(place)
        return touched

    def part(self, place: Place, labels: Sequence[int]) -> None:
        """Unpublish every sum between cuts whose labels differ."""
        self._part(place, labels)

    def isolate(self, place: Place, cut: int) -> None:
        """Unpublish every sum that ends at one cut."""
        self._part(place, [int(other == cut) for other in range(CUTS)])

    def close(self, place: Place) -> None:
        """Unpublish every sum of an area on a date."""
        self._part(place, range(CUTS))

    def drop_active(self, place: Place) -> None:
        """Unpublish the sums of active counts of an area on a date."""
        self.without_active.add(place)

    def open_cuts(self, place: Place, first: int, last: int) -> list[int]:
        """Which of two cuts inside the row can still be isolated."""
        labels = self.of(place)
        return [
            cut for cut in (first, last) if 0 < cut < CUTS - 1 and labels.count(labels[cut]) > 1
        ]

    def blocks(self, place: Place, *, without: int | None = None) -> list[Block | None]:
        """For each fine class the name of the smallest known sum it is in; None if in none.

        Within an area the published sums between cuts of one label give all sums between
        neighbouring cuts of that label, by subtraction. A class lies in one such gap for each
        label that goes round it; classes that lie in the same gaps share a block. `without`
        asks what the blocks would be with one more cut isolated.
        """
        labels = self.of(place)
        if without is not None:
            labels = (*labels[:without], -1, *labels[without + 1 :])
        cuts = [
            [cut for cut in range(CUTS) if labels[cut] == label] for label in sorted(set(labels))
        ]
        gaps = [
            tuple(bisect_right(same, rank) if same[0] <= rank < same[-1] else 0 for same in cuts)
            for rank in range(len(RANKS))
        ]
        return [gap if any(gap) else None for gap in gaps]

    def _part(self, place: Place, marks: Sequence[int]) -> bool:
        old = self.of(place)
        new = _named(zip(old, marks, strict=True))
        self.labels[place] = new
        return new != old

    def _keep_active(self, place: Place, marks: Sequence[int]) -> bool:
        """Drop the active counts if their changes differ where the labels don't."""
        labels = self.of(place)
        if place in self.without_active or _named(zip(labels, marks, strict=True)) == labels:
            return False
        self.without_active.add(place)
        return True


def _running(changes: Iterable[int]) -> list[int]:
    return [0, *accumulate(changes)]


def _named(keys: Iterable[Hashable]) -> tuple[int, ...]:
    """Small numbers for keys, in order of first appearance."""
    names: dict[Hashable, int] = {}
    return tuple(names.setdefault(key, len(names)) for key in keys)
