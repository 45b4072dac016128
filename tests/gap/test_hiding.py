"""What is withheld, packed small, answers as before."""

from datetime import date

from outreach.gap.hiding import packed
from outreach.measures.classes import FineClass
from outreach.measures.disclosure import Cell, Part, disclose_counts
from outreach.measures.rates import Measure

DAYS = (date(2024, 10, 1), date(2025, 10, 1))
COUNTS = ("homes_passed", "connected", "active")


def cells() -> list[Cell]:
    """Twelve villages of two municipalities, of which every third has three connected."""
    return [
        Cell(
            village=number,
            date=day,
            county="10",
            municipality=f"10{number % 2:02}",
            fine_class=list(FineClass)[number % 5],
            dwellings=60 + number,
            homes_passed=40,
            connected=3 if number % 3 == 0 else 30,
            active=None,
        )
        for number in range(12)
        for day in DAYS
    ]


def test_every_answer_is_the_same_when_packed() -> None:
    plain = disclose_counts(cells())
    small = packed(plain)
    villages = [(n, day, name) for n in range(-1, 14) for day in DAYS for name in COUNTS]
    hidden = [key for key in villages if plain.hides_count(*key)]
    assert hidden, "nothing is hidden here: the test would show nothing"
    assert [key for key in villages if small.hides_count(*key)] == hidden
    for area in ("10", "1000", "1001"):
        for part in Part:
            for measure in Measure:
                for day in DAYS:
                    assert small.hides_sum(
                        area, day, part=part, measure=measure
                    ) == plain.hides_sum(area, day, part=part, measure=measure)
