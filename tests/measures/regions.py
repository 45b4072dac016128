"""Made-up regions to try disclosure control on."""

from dataclasses import dataclass
from datetime import date
from random import Random

from outreach.measures.classes import FineClass
from outreach.measures.disclosure import Cell

FIRST, SECOND, THIRD = date(2023, 10, 1), date(2024, 10, 1), date(2025, 10, 1)


def cell(
    village: int,
    *counts: int | None,
    municipality: str = "1080",
    fine_class: FineClass = FineClass.outside,
    day: date = FIRST,
) -> Cell:
    """A cell from its dwellings, homes passed, connected and (if given) active."""
    dwellings, passed, connected, *rest = counts
    active = rest[0] if rest else None
    county = municipality[:2]
    return Cell(
        village, day, county, municipality, fine_class, dwellings, passed, connected, active
    )


@dataclass(frozen=True)
class Taste:
    """What a random region is like: chances, as shares."""

    none: float
    full: float
    unchanged: float
    active: float
    blank: float
    missing: float
    moving: float


def random_region(seed: int) -> tuple[list[Cell], int]:
    """Some villages over some dates in two counties, and a threshold.

    Built to be difficult: small villages, many zeros and full villages, blanks, moves, gaps,
    figures that stay.
    """
    random = Random(seed)
    taste = Taste(
        none=random.choice((0.1, 0.3)),
        full=random.choice((0.1, 0.3, 0.6)),
        unchanged=random.choice((0.0, 0.3, 0.6, 0.9)),
        active=random.choice((0.0, 0.5, 1.0)),
        blank=random.choice((0.0, 0.0, 0.0, 0.1)),
        missing=random.choice((0.0, 0.0, 0.2)),
        moving=random.choice((0.0, 0.0, 0.2)),
    )
    classes = random.sample(list(FineClass), random.randint(1, len(FineClass)))
    municipalities = ("1080", "1081", "1082", "0780", "0781")[: random.randint(1, 5)]
    dates = [date(2015 + year, 10, 1) for year in range(random.choice((1, 1, 2, 3, 4, 6)))]
    cells: list[Cell] = []
    for village in range(random.randint(1, 20)):
        place = cell(
            village,
            *_counts(random, taste),
            municipality=random.choice(municipalities),
            fine_class=random.choice(classes),
        )
        for day in dates:
            place = place._replace(date=day)
            if random.random() >= taste.unchanged:
                place = _with_counts(place, _counts(random, taste))
            elif random.random() < 0.1 and place.dwellings is not None:
                place = place._replace(dwellings=place.dwellings + random.randint(0, 6))
            if random.random() < taste.moving:
                place = place._replace(fine_class=random.choice(classes))
            if random.random() >= taste.missing:
                cells.append(place)
    random.shuffle(cells)
    return cells, random.choice((2, 3, 5, 5, 8))


def _with_counts(place: Cell, counts: tuple[int | None, ...]) -> Cell:
    dwellings, passed, connected, active = counts
    return place._replace(
        dwellings=dwellings, homes_passed=passed, connected=connected, active=active
    )


def _counts(random: Random, taste: Taste) -> tuple[int | None, ...]:
    dwellings = random.choice((0, random.randint(1, 8), random.randint(5, 30), 100))
    passed = _some(random, taste, dwellings)
    connected = _some(random, taste, passed)
    active = _some(random, taste, connected) if random.random() < taste.active else None
    counts = (dwellings, passed, connected, active)
    return tuple(None if random.random() < taste.blank else count for count in counts)


def _some(random: Random, taste: Taste, whole: int) -> int:
    chance = random.random()
    if chance < taste.none:
        return 0
    if chance < taste.none + taste.full:
        return whole
    if chance < 0.9:
        return max(0, whole - random.randint(0, 5))
    return random.randint(0, whole)
