"""Published figures of the two counties that the arithmetic has to reproduce."""

from fractions import Fraction
from statistics import mean

import pytest

from outreach.measures.rates import Counts, Measure, Share, rate, total

POPULATION = {
    "Karlskrona": 66_420,
    "Karlshamn": 31_996,
    "Olofström": 13_061,
    "Ronneby": 29_021,
    "Sölvesborg": 17_475,
}
PERCENT = {
    "2016": ("59", "50", "38", "39.5", "38"),
    "2018": ("80.46", "72.26", "68.28", "66.81", "55.73"),
    "2021": ("88.6", "85.4", "84.2", "80", "70"),
}


def municipalities(year: str) -> list[Share]:
    """Each municipality's per cent as counts: hundredths of a per cent of its population."""
    return [
        Share(int(Fraction(percent) * 100) * people, 10_000 * people)
        for percent, people in zip(PERCENT[year], POPULATION.values(), strict=True)
    ]


@pytest.mark.parametrize(("year", "percent"), [("2016", 49.54), ("2018", 72.55), ("2021", 83.95)])
def test_blekinge_is_the_sum_of_its_municipalities(year: str, percent: float) -> None:
    county = total(municipalities(year)).value
    assert county is not None
    assert round(100 * county, 2) == percent


@pytest.mark.parametrize(("year", "percent"), [("2016", 44.9), ("2018", 68.7), ("2021", 81.6)])
def test_the_mean_of_percentages_is_another_number(year: str, percent: float) -> None:
    shares = municipalities(year)
    plain = mean(share.value or 0.0 for share in shares)
    county = total(shares).value
    assert county is not None
    assert round(100 * plain, 1) == percent
    assert round(100 * county, 1) != percent


@pytest.mark.parametrize(
    ("connected", "passed", "percent"), [(8_046, 8_543, 94.2), (8_300, 9_400, 88.3)]
)
def test_take_up_of_homes_passed(connected: int, passed: int, percent: float) -> None:
    take_up = rate(Counts(10_000, passed, connected), Measure.take_up).value
    assert take_up is not None
    assert round(100 * take_up, 1) == percent
