"""Where a rate is heading, and how often the range told is right."""

from datetime import date
from math import exp

import numpy as np
import pytest

from outreach.measures.forecast import (
    LEVEL,
    SIMULATED_COVERAGE,
    Observation,
    backtest,
    forecast,
    reached,
)
from outreach.measures.rates import UNKNOWN_SHARE, Share


def series(*shares: Share, first: int = 2016) -> list[Observation]:
    return [Observation(date(first + step, 10, 1), share) for step, share in enumerate(shares)]


def logistic(
    count: int, *, start: float = -1.0, slope: float = 0.3, size: int = 10_000
) -> list[Share]:
    return [Share(round(size / (1 + exp(-(start + slope * step)))), size) for step in range(count)]


def test_fewer_than_four_dates_give_no_forecast() -> None:
    assert forecast(series(*logistic(3))) is None
    known = [*logistic(3), UNKNOWN_SHARE, Share(0, 0)]
    assert forecast(series(*known)) is None
    assert forecast(series(*logistic(4))) is not None


def test_a_logistic_curve_is_followed_and_its_range_widens() -> None:
    found = forecast(series(*logistic(8)))
    assert found is not None
    third = found.bands[2]
    assert third.day == date(2026, 10, 1)
    # The curve itself after ten years: 1 / (1 + e^-(−1 + 0.3 · 10)) = 88.1 %.
    assert third.middle == pytest.approx(0.881, abs=0.02)
    early = forecast(series(*logistic(8, start=-3)))
    assert early is not None
    widths = [band.high - band.low for band in early.bands[:5]]
    assert widths == sorted(widths)
    assert all(0 < band.low < band.middle < band.high < 1 for band in found.bands)


def test_the_range_is_wider_where_counts_scatter_more_than_draws_would() -> None:
    smooth = logistic(8)
    rough = [
        Share((share.numerator or 0) + sign * 400, share.denominator)
        for share, sign in zip(smooth, (1, -1) * 4, strict=True)
    ]
    narrow, wide = forecast(series(*smooth)), forecast(series(*rough))
    assert narrow is not None
    assert wide is not None
    assert wide.bands[0].high - wide.bands[0].low > 2 * (narrow.bands[0].high - narrow.bands[0].low)


def test_the_day_a_goal_is_reached_is_a_range() -> None:
    found = forecast(series(*logistic(8)))
    assert found is not None
    day = reached(found, 0.85)
    assert day.earliest is not None
    assert day.likely is not None
    assert day.latest is not None
    assert day.earliest < day.likely < day.latest
    # The curve itself passes 85 % after (ln(0.85 / 0.15) + 1) / 0.3 = 9.1 years.
    assert abs((day.likely - date(2025, 11, 8)).days) < 120


def test_a_goal_already_reached_is_reached_on_the_last_date() -> None:
    found = forecast(series(*logistic(8)))
    assert found is not None
    assert reached(found, 0.5).latest == date(2023, 10, 1)


def test_a_goal_out_of_reach_has_no_day() -> None:
    flat = forecast(series(*[Share(300, 1000)] * 6))
    assert flat is not None
    assert reached(flat, 0.98).likely is None


def test_every_dwelling_connected_and_none_are_followed_too() -> None:
    for share in (Share(0, 50), Share(50, 50)):
        found = forecast(series(*[share] * 5))
        assert found is not None
        assert 0 <= found.bands[0].low <= found.bands[0].high <= 1


def test_a_leap_day_is_followed_by_the_28th() -> None:
    days = [date(2012, 2, 29), date(2016, 2, 29), date(2020, 2, 29), date(2024, 2, 29)]
    found = forecast(
        [Observation(day, share) for day, share in zip(days, logistic(4), strict=True)],
        until=2028,
    )
    assert found is not None
    assert [band.day for band in found.bands][:2] == [date(2025, 2, 28), date(2026, 2, 28)]


def test_the_back_test_hides_the_last_two_dates_and_needs_four_before_them() -> None:
    assert backtest(series(*logistic(5))) == []
    assert backtest(series(*logistic(8))) == [True, True]
    shares = logistic(8)
    assert backtest(series(*shares[:6], Share(1_000, 10_000), shares[7])) == [False, True]


def _scattered(chance: np.random.Generator, dates: int, size: int) -> list[Share]:
    """A logistic curve whose counts scatter more than draws: beta-binomial ones."""
    start, slope = chance.uniform(-1.5, 1.0), chance.uniform(0.05, 0.5)
    like = chance.uniform(50, 2_000)
    shares = []
    for step in range(dates):
        share = 1 / (1 + exp(-(start + slope * step)))
        drawn = chance.beta(share * like, (1 - share) * like)
        shares.append(Share(int(chance.binomial(size, drawn)), size))
    return shares


def _spreading(chance: np.random.Generator, dates: int, size: int) -> list[Share]:
    """Each year, those left connect with a chance that follows the connected, and varies."""
    connected = int(size * chance.uniform(0.1, 0.5))
    base, spread = chance.uniform(0.05, 0.4), chance.uniform(0.1, 0.5)
    shares = [Share(connected, size)]
    for _ in range(dates - 1):
        year = min(0.9, base * connected / size * exp(chance.normal(0, spread)))
        connected += int(chance.binomial(size - connected, year))
        shares.append(Share(connected, size))
    return shares


def test_four_of_five_hidden_outcomes_of_simulated_regions_lie_in_the_range() -> None:
    chance = np.random.default_rng(2030)
    hits: list[bool] = []
    for region in range(300):
        dates, size = int(chance.integers(6, 13)), int(chance.integers(300, 30_000))
        drawn = (_scattered if region % 2 else _spreading)(chance, dates, size)
        hits += backtest(series(*drawn))
    coverage = sum(hits) / len(hits)
    assert 0.70 <= coverage <= 0.90
    assert coverage == pytest.approx(SIMULATED_COVERAGE, abs=0.02)
    assert LEVEL == 0.80
