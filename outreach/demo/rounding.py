"""Moves counts away from the few that privacy withholds, without changing their sum.

A living map is what a demonstration should show. So most of its villages have none or at least
`FEWEST` of everything: connected, left to connect, left to build. The smallest villages are left
as they are, so that withholding is seen too.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from outreach.demo.settling import Part

FEWEST = 5
LEFT_ALONE = 28
"""Villages with fewer dwellings keep their counts, however small."""

Fits = Callable[[int], bool]


def is_clear(*amounts: int) -> bool:
    """Whether each of the amounts is none or enough to show."""
    return all(amount == 0 or amount >= FEWEST for amount in amounts)


def nearest(wanted: int, limits: tuple[int, int], fits: Fits) -> int:
    """The number within limits that fits and is nearest; the wanted one where none does."""
    low, high = limits
    fitting = (number for number in range(low, high + 1) if fits(number))
    return min(fitting, key=lambda number: (abs(number - wanted), number), default=wanted)


def tidied(counts: Sequence[int], parts: Sequence[Part], fits: Sequence[Fits]) -> list[int]:
    """The counts with as many of them fitting as can be with the same sum.

    Each one that doesn't fit goes up or down, whichever keeps the sum nearer; then the largest
    parts take what the sum is off. Where they can't, everything stays as it was.
    """
    tidy = list(counts)
    off = 0
    for index, (part, fit) in enumerate(zip(parts, fits, strict=True)):
        count = counts[index]
        if not fit(count):
            moved = _either_way(count, part, fit, off=off)
            off += moved - count
            tidy[index] = moved
    for index in sorted(range(len(parts)), key=lambda index: -parts[index].size):
        part, count = parts[index], tidy[index]
        if off and fits[index](count):
            tidy[index] = nearest(
                count - off,
                _between(count, max(part.low, min(part.high, count - off))),
                fits[index],
            )
            off += tidy[index] - count
    return list(counts) if off else tidy


def _either_way(count: int, part: Part, fits: Fits, *, off: int) -> int:
    below = next(_fitting(range(count, part.low - 1, -1), fits), count)
    above = next(_fitting(range(count, part.high + 1), fits), count)
    moves = [number for number in (below, above) if number != count]
    return min(moves, key=lambda number: abs(off + number - count), default=count)


def _fitting(numbers: Iterable[int], fits: Fits) -> Iterator[int]:
    return filter(fits, numbers)


def _between(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)
