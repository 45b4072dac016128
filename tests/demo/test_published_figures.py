"""The generated counts reproduce the figures published for Blekinge."""

import pytest

from outreach.demo.entries import DemoRegion
from tests.demo.summing import area_sums, rural_villages

KARLSKRONA, KARLSHAMN, OLOFSTROM, RONNEBY, SOLVESBORG = "1080", "1082", "1060", "1081", "1083"
YEARS = range(2016, 2026)


@pytest.mark.parametrize(
    ("municipality", "year", "published"),
    [
        (KARLSKRONA, 2016, "59"),
        (KARLSHAMN, 2016, "50"),
        (OLOFSTROM, 2016, "38"),
        (RONNEBY, 2016, "39.5"),
        (SOLVESBORG, 2016, "38"),
        (KARLSKRONA, 2018, "80.46"),
        (KARLSHAMN, 2018, "72.26"),
        (OLOFSTROM, 2018, "68.28"),
        (RONNEBY, 2018, "66.81"),
        (SOLVESBORG, 2018, "55.73"),
        (KARLSKRONA, 2021, "88.6"),
        (KARLSHAMN, 2021, "85.4"),
        (OLOFSTROM, 2021, "84.2"),
        (RONNEBY, 2021, "80"),
        (SOLVESBORG, 2021, "70"),
    ],
)
def test_a_municipality_shows_its_published_connection_rate(
    region: DemoRegion, municipality: str, year: int, published: str
) -> None:
    sums = area_sums(region, year, of=lambda code: code.startswith(municipality))
    assert sums.connection_rate(published) == published


@pytest.mark.parametrize(
    ("year", "weighted_mean"), [(2016, "49.54"), (2018, "72.55"), (2021, "83.95")]
)
def test_the_county_sums_and_then_divides(
    region: DemoRegion, year: int, weighted_mean: str
) -> None:
    sums = area_sums(region, year, of=lambda _: True)
    assert sums.connection_rate("0.01") == weighted_mean


def test_the_rural_rate_of_2018_is_the_published_one(region: DemoRegion) -> None:
    rural = rural_villages(region, 2018)
    sums = area_sums(region, 2018, of=lambda code: code in rural)
    assert sums.connection_rate("0.1") == "25.6"


def test_karlskrona_2018_has_its_published_coverage_and_take_up(region: DemoRegion) -> None:
    sums = area_sums(region, 2018, of=lambda code: code.startswith(KARLSKRONA))
    assert sums.coverage("0.01") == "85.43"
    assert round(100 * sums.connected / sums.homes_passed, 1) == 94.2


def test_the_region_in_2025_is_nearly_connected_and_its_countryside_two_thirds(
    region: DemoRegion,
) -> None:
    rural = rural_villages(region, 2025)
    county = area_sums(region, 2025, of=lambda _: True)
    countryside = area_sums(region, 2025, of=lambda code: code in rural)
    assert 0.91 <= county.connected / county.dwellings <= 0.93
    assert 0.62 <= countryside.connected / countryside.dwellings <= 0.68


@pytest.mark.parametrize("year", YEARS)
def test_the_countryside_lacks_networks_but_uses_them_more(region: DemoRegion, year: int) -> None:
    rural_codes = rural_villages(region, year)
    rural = area_sums(region, year, of=lambda code: code in rural_codes)
    urban = area_sums(region, year, of=lambda code: code not in rural_codes)
    build_out_gap = rural.homes_passed / rural.dwellings - urban.homes_passed / urban.dwellings
    take_up_gap = rural.connected / rural.homes_passed - urban.connected / urban.homes_passed
    assert build_out_gap < -0.25
    assert take_up_gap > 0.01


@pytest.mark.parametrize("year", YEARS)
def test_municipalities_weigh_as_their_inhabitants_of_2023(region: DemoRegion, year: int) -> None:
    """66 420 of 157 973 inhabitants live in Karlskrona; the late association counts for little."""
    county = area_sums(region, year, of=lambda _: True)
    karlskrona = area_sums(region, year, of=lambda code: code.startswith(KARLSKRONA))
    assert karlskrona.dwellings / county.dwellings == pytest.approx(66_420 / 157_973, abs=0.003)
