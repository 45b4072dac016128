"""Generates the region's dated figures and reports: same seed and day, same region."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from outreach.demo.entries import (
    ClassEntry,
    DemoRegion,
    DwellingsEntry,
    PopulationEntry,
    RoundEntry,
)
from outreach.demo.facts import Facts, Place
from outreach.demo.reports import all_reports, reference_date
from outreach.demo.villages import estimated_dwellings, served_villages, settlement_class
from outreach.demo.years import FIRST_YEAR, Counts, yearly_counts

SEED = "blekinge"
DELIMITATIONS = (2015, 2018, 2020, 2023)
SURVEYED = 2020
"""The delimitation whose localities, areas and inhabitants are SCB's own in `facts/`."""

SCB = "SCB, tätorter 2020"
DEMONSTRATION = "Demonstration"
SHORTEST_NOTICE = timedelta(days=9)


def generate(facts: Facts, *, today: date, seed: str = SEED) -> DemoRegion:
    """The region as it stands on a day.

    A round falls on every 1 October from 2016. The latest one not after `today` is open: a few
    associations have reported in it. The one before it is the last that was closed.
    """
    open_year = latest_year(today)
    villages = served_villages(facts, seed=seed)
    years = yearly_counts(facts, villages, open_year=open_year)
    return DemoRegion(
        classes=tuple(_classes(facts)),
        populations=tuple(_populations(facts)),
        dwellings=tuple(_dwellings(facts, years)),
        rounds=tuple(_rounds(open_year, today=today)),
        reports=all_reports(facts, years, seed=seed, today=today),
    )


def latest_year(today: date) -> int:
    """The year of the latest 1 October that has come."""
    return today.year if today >= reference_date(today.year) else today.year - 1


def _classes(facts: Facts) -> Iterator[ClassEntry]:
    for place in facts.places:
        for year in DELIMITATIONS:
            yield ClassEntry(
                village=place.code,
                delimitation_year=year,
                valid_from=_delimited_on(year),
                settlement_class=settlement_class(facts, place, year),
                source=_source(place, year),
            )


def _populations(facts: Facts) -> Iterator[PopulationEntry]:
    """Inhabitants at each delimitation: the place keeps its share of the municipality's."""
    changed = {(c.village, c.delimitation_year): c.inhabitants for c in facts.class_changes}
    totals = {m.code: m.inhabitants for m in facts.municipalities}
    for place in facts.places:
        total = totals[place.municipality]
        for year in DELIMITATIONS:
            in_proportion = round(place.inhabitants_2020 * total[year] / total[SURVEYED])
            yield PopulationEntry(
                village=place.code,
                reference_date=_delimited_on(year),
                inhabitants=changed.get((place.code, year), in_proportion),
                area_hectares=place.area_hectares if year == SURVEYED else None,
                source=_source(place, year),
            )


def _dwellings(facts: Facts, years: Mapping[int, Counts]) -> Iterator[DwellingsEntry]:
    """The register's dwellings each 1 October but the latest, also where nobody reports.

    Where an association counts dwellings itself, it finds a few that the register lacks.
    """
    counted = {
        code
        for association in facts.associations
        if association.counts_dwellings
        for code in association.villages
    }
    open_year = max(years)
    closed = {year: villages for year, villages in years.items() if year < open_year}
    for place in facts.places:
        for year, villages in closed.items():
            if place.code in villages:
                dwellings = villages[place.code].dwellings
            else:
                dwellings = estimated_dwellings(place, variation=1)
            missed = 1 + dwellings // 40 if place.code in counted else 0
            yield DwellingsEntry(
                place.code, reference_date(year), dwellings - missed, DEMONSTRATION
            )


def _rounds(open_year: int, *, today: date) -> Iterator[RoundEntry]:
    for year in range(FIRST_YEAR, open_year):
        yield RoundEntry(
            reference_date=reference_date(year),
            due_date=date(year, 11, 1),
            closed_at=datetime(year, 12, 15, 12, tzinfo=UTC),
        )
    due = max(date(open_year, 12, 1), today + SHORTEST_NOTICE)
    yield RoundEntry(reference_date=reference_date(open_year), due_date=due, closed_at=None)


def _delimited_on(year: int) -> date:
    return date(year, 12, 31)


def _source(place: Place, year: int) -> str:
    is_published = place.area_hectares is not None and year == SURVEYED
    return SCB if is_published else DEMONSTRATION
