"""What the generated region holds besides the published figures."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from outreach.connections.rules import DwellingsSource, ReportState
from outreach.demo.entries import CountEntry, DemoRegion
from outreach.demo.facts import Facts
from outreach.demo.generator import generate, latest_year
from outreach.measures.classes import SettlementClass
from tests.demo.conftest import TODAY
from tests.demo.summing import village_sums

UNSERVED = {"1060-ljuseryd", "1080-utlangan", "1081-yxnarum", "1082-halahult", "1083-vesan"}


def all_counts(region: DemoRegion) -> list[CountEntry]:
    return [c for report in region.reports for v in report.versions for c in v.counts]


def approved(region: DemoRegion, association: str) -> dict[int, dict[str, CountEntry]]:
    return {
        report.reference_date.year: {count.village: count for count in report.versions[-1].counts}
        for report in region.reports
        if report.association == association and report.versions[-1].state is ReportState.APPROVED
    }


def test_the_same_seed_and_day_give_the_same_region(facts: Facts, region: DemoRegion) -> None:
    assert generate(facts, today=TODAY) == region


def test_another_seed_gives_other_counts(facts: Facts, region: DemoRegion) -> None:
    other = generate(facts, today=TODAY, seed="another")
    assert other.reports != region.reports


def test_every_count_is_in_order(region: DemoRegion) -> None:
    for count in all_counts(region):
        assert 0 <= count.connected <= count.homes_passed <= count.dwellings
        assert count.active is None or 0 <= count.active <= count.connected


def test_connected_falls_only_with_a_reason(facts: Facts, region: DemoRegion) -> None:
    falls = []
    for association in facts.associations:
        years = approved(region, association.key)
        for year in years.keys() & {year + 1 for year in years}:
            for village, count in years[year].items():
                if count.connected < years[year - 1][village].connected:
                    assert count.reason
                    falls.append((village, year))
    assert sorted(falls) == [("1080TB112", 2021), ("1081TB103", 2020), ("1083-siretorp", 2023)]


def test_every_served_village_has_an_approved_report_each_year(
    facts: Facts, region: DemoRegion
) -> None:
    served = {code for association in facts.associations for code in association.villages}
    for year in range(2016, 2025):
        assert village_sums(region, year).keys() == served


def test_nobody_reports_for_villages_that_nobody_serves(region: DemoRegion) -> None:
    assert not UNSERVED & {count.village for count in all_counts(region)}
    assert {entry.village for entry in region.dwellings} >= UNSERVED


def test_one_association_is_late_in_the_last_closed_round(facts: Facts, region: DemoRegion) -> None:
    reported = {r.association for r in region.reports if r.reference_date == date(2025, 10, 1)}
    assert {a.key for a in facts.associations} - reported == {"milskogen"}


def test_the_open_round_has_begun(region: DemoRegion) -> None:
    states = {
        report.association: report.versions[-1].state
        for report in region.reports
        if report.reference_date == date(2026, 10, 1)
    }
    assert states == {
        "vastra": ReportState.APPROVED,
        "kyrkbyarna": ReportState.SUBMITTED,
        "bergsfoten": ReportState.SUBMITTED,
        "stadsnat-olofstrom": ReportState.SUBMITTED,
        "sjobygden": ReportState.RETURNED,
    }


def test_a_returned_report_says_why(region: DemoRegion) -> None:
    returned = [
        version
        for report in region.reports
        for version in report.versions
        if version.state is ReportState.RETURNED
    ]
    assert len(returned) == 2
    assert all(version.decision_note and version.warnings == 1 for version in returned)


def test_one_approved_report_was_superseded_by_a_correction_with_its_reason(
    region: DemoRegion,
) -> None:
    (report,) = [
        r for r in region.reports if (r.association, r.reference_date.year) == ("ostra", 2022)
    ]
    first, second = report.versions
    assert (first.state, second.state) == (ReportState.SUPERSEDED, ReportState.APPROVED)
    assert second.comment
    assert _binga(second.counts).connected - _binga(first.counts).connected == 4


def _binga(counts: tuple[CountEntry, ...]) -> CountEntry:
    return next(count for count in counts if count.village == "1080-binga")


def test_zeros_were_reported_in_early_years(region: DemoRegion) -> None:
    zeros = [code for code, sums in village_sums(region, 2016).items() if sums.connected == 0]
    assert len(zeros) >= 10


def test_some_villages_are_too_small_to_publish(region: DemoRegion) -> None:
    sums = village_sums(region, 2025)
    few = {code for code, village in sums.items() if 0 < village.connected < 5}
    few_left = {c for c, v in sums.items() if 0 < v.dwellings - v.connected < 5}
    assert {"1080-inlangan", "1082-tjaro"} <= few
    assert len(few_left - few) >= 3


def test_two_full_networks_pass_more_homes_than_there_are(region: DemoRegion) -> None:
    both = [
        approved(region, association)[2025]["1080-oljersjo"]
        for association in ("ostra", "norrskogen")
    ]
    assert sum(count.homes_passed for count in both) > both[0].dwellings == both[1].dwellings


def test_active_is_blank_and_not_zero_where_nobody_counts_it(region: DemoRegion) -> None:
    blank = approved(region, "gransskogen")[2025].values()
    assert {count.active for count in blank} == {None}


def test_one_association_counts_more_dwellings_than_the_register(region: DemoRegion) -> None:
    register = {
        (entry.village, entry.reference_date): entry.dwellings for entry in region.dwellings
    }
    for count in approved(region, "havsbyarna")[2025].values():
        assert count.dwellings_source is DwellingsSource.REPORTER
        assert count.dwellings > register[count.village, date(2025, 10, 1)]


def test_the_register_of_the_open_year_is_not_out_yet(region: DemoRegion) -> None:
    """So figures carried into the open round keep the dwellings they were reported with."""
    assert max(entry.reference_date for entry in region.dwellings) == date(2025, 10, 1)
    years = approved(region, "vastra")
    for village, count in years[2026].items():
        assert count.dwellings == years[2025][village].dwellings


def test_dwellings_are_about_one_to_two_inhabitants(facts: Facts, region: DemoRegion) -> None:
    inhabitants = {place.code: place.inhabitants_2020 for place in facts.places}
    for code, sums in village_sums(region, 2020).items():
        assert sums.dwellings == pytest.approx(inhabitants[code] / 2.1, rel=0.14, abs=9)


def test_unchanged_is_marked_only_where_all_four_figures_stayed(region: DemoRegion) -> None:
    years = approved(region, "hallarydskusten")
    for village, count in years[2025].items():
        before = years[2024][village]
        stayed = (count.dwellings, count.homes_passed, count.connected, count.active) == (
            before.dwellings,
            before.homes_passed,
            before.connected,
            before.active,
        )
        assert count.is_unchanged == stayed


def test_villages_change_class_between_delimitations(region: DemoRegion) -> None:
    by_village: dict[str, set[SettlementClass]] = {}
    for entry in region.classes:
        by_village.setdefault(entry.village, set()).add(entry.settlement_class)
    changing = sorted(village for village, kinds in by_village.items() if len(kinds) > 1)
    assert changing == [
        "1060-farabol",
        "1080TB112",
        "1080TB142",
        "1080TB163",
        "1081-oljehult",
        "1082-tubbaryd",
    ]


def test_inhabitants_fit_the_class(region: DemoRegion) -> None:
    """A småort has 50 to 199 inhabitants and a tätort at least 200, at every delimitation."""
    inhabitants = {(p.village, p.reference_date): p.inhabitants for p in region.populations}
    for entry in region.classes:
        count = inhabitants[entry.village, entry.valid_from]
        if entry.settlement_class is SettlementClass.smaort:
            assert 50 <= count < 200, entry
        if entry.settlement_class is SettlementClass.tatort:
            assert count >= 200, entry


def test_only_what_scb_published_names_scb_as_its_source(region: DemoRegion) -> None:
    sources = Counter((e.source, e.delimitation_year) for e in region.classes)
    assert sources["SCB, tätorter 2020", 2020] == 52
    assert {year for source, year in sources if source != "Demonstration"} == {2020}


def test_nothing_is_dated_after_today(facts: Facts) -> None:
    today = date(2026, 10, 3)
    for report in generate(facts, today=today).reports:
        for version in report.versions:
            assert version.submitted_at <= datetime(2026, 10, 3, tzinfo=UTC)
            assert (version.decided_at or version.submitted_at) >= version.submitted_at


def test_rounds_close_each_autumn_but_the_latest_is_open(region: DemoRegion) -> None:
    assert [entry.reference_date for entry in region.rounds] == [
        date(year, 10, 1) for year in range(2016, 2027)
    ]
    assert [entry.due_date for entry in region.rounds] == [
        *(date(year, 11, 1) for year in range(2016, 2026)),
        date(2026, 12, 1),
    ]
    assert [entry.closed_at is None for entry in region.rounds] == [False] * 10 + [True]


def test_the_open_round_can_still_be_answered_in_spring(facts: Facts) -> None:
    region = generate(facts, today=date(2027, 3, 1))
    assert region.rounds[-1].reference_date == date(2026, 10, 1)
    assert region.rounds[-1].due_date == date(2027, 3, 10)


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2026, 9, 30), 2025), (date(2026, 10, 1), 2026), (date(2030, 1, 1), 2029)],
)
def test_the_latest_round_is_the_first_of_october_last_past(today: date, year: int) -> None:
    assert latest_year(today) == year


def test_a_later_day_adds_years_and_leaves_the_early_ones(facts: Facts, region: DemoRegion) -> None:
    later = generate(facts, today=date(2029, 1, 15))
    assert [r for r in later.reports if r.reference_date.year < 2025] == [
        r for r in region.reports if r.reference_date.year < 2025
    ]
