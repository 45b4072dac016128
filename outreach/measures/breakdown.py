"""Disclosure control of a breakdown: persons of several areas by age, level or the like.

`disclosure.disclose` guards one count over places. Here a whole row of counts is shown for an area
or is not, and the columns are the same in all rows. What is published is

- the sum of all rows, if each of its counts is none or at least k;
- and the rows that are so as well, as long as what is left of the sum when they are taken from it
  is so too, or is nothing.

**Why nothing else follows.** All that is shown is made of blocks of whole rows: each shown row,
and the rows not shown together. Every sum or difference of what is published is a sum of such
blocks' counts, and each of these is none or at least k. A row that is not shown is one of at least
two in its block, as a block of one would be as unsafe as the row. Totals of the rows known from
elsewhere (`disclosure`) don't part the columns: in a block of two rows and two columns with
anything in them every count can be moved round.

Columns that are too small even for the sum are joined with a neighbour first (`joined`), in all
rows alike. As there, it guards against subtraction and not against guessing.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias

Counts: TypeAlias = tuple[int, ...]
"""What must not be small in a row: its columns' counts, and what is left of them."""


def is_safe(counts: Sequence[int], *, k: int) -> bool:
    """Whether each count is none or at least k."""
    return all(count == 0 or count >= k for count in counts)


def shown_rows(
    rows: Mapping[str, Counts], *, k: int, never: Collection[str] = ()
) -> frozenset[str]:
    """The rows to show where their sum is shown; none where the sum is not safe itself.

    More rows than the unsafe ones and those withheld elsewhere (`never`) are held back, the
    smallest first, until what is left is safe.
    """
    if not rows or not is_safe(_sum(list(rows.values())), k=k):
        return frozenset()
    shown = {key for key, counts in rows.items() if key not in never and is_safe(counts, k=k)}
    hidden = set(rows) - shown
    while hidden and not is_safe(_sum([rows[key] for key in hidden]), k=k):
        smallest = min(shown, key=lambda key: (sum(rows[key]), key))
        shown.discard(smallest)
        hidden.add(smallest)
    return frozenset(shown)


def joined(columns: Sequence[Counts], *, k: int) -> tuple[tuple[int, ...], ...]:
    """Neighbouring columns put together until each is safe: the places of those in each group.

    A column is what must not be small in it, summed over all rows. The smallest unsafe one is
    joined with its smaller neighbour. One group of all may still be unsafe.
    """
    groups = [[place] for place in range(len(columns))]
    while len(groups) > 1:
        sums = [_sum([columns[place] for place in group]) for group in groups]
        unsafe = [at for at, counts in enumerate(sums) if not is_safe(counts, k=k)]
        if not unsafe:
            break
        at = min(unsafe, key=lambda place: (sum(sums[place]), place))
        sides = [side for side in (at - 1, at + 1) if 0 <= side < len(groups)]
        beside = min(sides, key=lambda side: (sum(sums[side]), side))
        first, last = sorted((at, beside))
        groups[first : last + 1] = [groups[first] + groups[last]]
    return tuple(tuple(group) for group in groups)


def _sum(rows: Sequence[Counts]) -> Counts:
    return tuple(sum(column) for column in zip(*rows, strict=True))
