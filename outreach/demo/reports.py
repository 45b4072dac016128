"""Turns the villages' true counts into what each association reported, version by version."""

import random
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from outreach.connections.rules import ReportState
from outreach.demo.counting import Reporter, count_villages, decreases
from outreach.demo.entries import CountEntry, ReportEntry, VersionEntry
from outreach.demo.facts import Association, Correction, Facts, OpenRound
from outreach.demo.years import Counts

LATE_CHANCE = 0.06
DAYS_TO_CORRECT = 5
DAYS_TO_DECIDE_AGAIN = 3

_OPEN_STATES = {
    OpenRound.SUBMITTED: ReportState.SUBMITTED,
    OpenRound.RETURNED: ReportState.RETURNED,
    OpenRound.APPROVED: ReportState.APPROVED,
}


def all_reports(
    facts: Facts, years: Mapping[int, Counts], *, seed: str, today: date
) -> tuple[ReportEntry, ...]:
    """Every report of every association, by association and then by round.

    Nothing is dated later than the midnight that began `today`.
    """
    return tuple(
        report
        for association in facts.associations
        for report in _reports(facts, association, years, seed=seed, today=today)
    )


def reference_date(year: int) -> date:
    """The day that a year's figures are counted for."""
    return date(year, 10, 1)


def _reports(
    facts: Facts, association: Association, years: Mapping[int, Counts], *, seed: str, today: date
) -> Iterator[ReportEntry]:
    chance = random.Random(f"{seed}:{association.key}")
    reporter = Reporter(facts, association, activation=0.88 + 0.06 * chance.random())
    open_year = max(years)
    earlier: Mapping[str, CountEntry] = {}
    for year, villages in years.items():
        clock = _clock(chance, year, today=today)
        state = _final_state(association, year, open_year=open_year)
        if state is None:
            continue
        counts = count_villages(reporter, villages, earlier, year=year)
        correction = _correction(facts, association, year, open_year=open_year)
        versions = _versions(counts, earlier, state, clock=clock, correction=correction)
        yield ReportEntry(association.key, reference_date(year), versions)
        earlier = {count.village: count for count in versions[-1].counts}


def _final_state(association: Association, year: int, *, open_year: int) -> ReportState | None:
    """Where the association's last version for a year stands; None where it sent none."""
    if year == open_year:
        return _OPEN_STATES.get(association.open_round)
    if year == open_year - 1 and not association.reported_last_round:
        return None
    return ReportState.APPROVED


def _correction(
    facts: Facts, association: Association, year: int, *, open_year: int
) -> Correction | None:
    for correction in facts.corrections:
        if correction.association == association.key and (correction.year or open_year) == year:
            return correction
    return None


def _clock(chance: random.Random, year: int, *, today: date) -> Iterator[datetime]:
    """When a report is submitted, decided, submitted again and decided again."""
    latest = datetime.combine(today, time(), UTC)
    days = chance.randrange(4, 29)
    if chance.random() < LATE_CHANCE:
        days += 30
    moment = datetime.combine(reference_date(year), time(), UTC) + timedelta(
        days=days, minutes=chance.randrange(7 * 60, 20 * 60)
    )
    decided = moment + timedelta(days=chance.randrange(2, 12))
    corrected = decided + timedelta(days=DAYS_TO_CORRECT)
    decided_again = corrected + timedelta(days=DAYS_TO_DECIDE_AGAIN)
    return iter([min(day, latest) for day in (moment, decided, corrected, decided_again)])


def _versions(
    counts: tuple[CountEntry, ...],
    earlier: Mapping[str, CountEntry],
    state: ReportState,
    *,
    clock: Iterator[datetime],
    correction: Correction | None,
) -> tuple[VersionEntry, ...]:
    if correction is None:
        return (_version(1, state, counts, earlier, clock=clock),)
    wrong = tuple(
        count.miscounted(correction.connected) if count.village == correction.village else count
        for count in counts
    )
    note = correction.note if correction.state is ReportState.RETURNED else None
    first = _version(1, correction.state, wrong, earlier, clock=clock, note=note)
    if state is ReportState.RETURNED:
        return (first,)
    comment = None if note else correction.note
    return (first, _version(2, state, counts, earlier, clock=clock, comment=comment))


def _version(
    number: int,
    state: ReportState,
    counts: tuple[CountEntry, ...],
    earlier: Mapping[str, CountEntry],
    *,
    clock: Iterator[datetime],
    note: str | None = None,
    comment: str | None = None,
) -> VersionEntry:
    submitted_at = next(clock)
    decided_at = None if state is ReportState.SUBMITTED else next(clock)
    return VersionEntry(
        number=number,
        state=state,
        submitted_at=submitted_at,
        decided_at=decided_at,
        decision_note=note,
        comment=comment,
        warnings=decreases(counts, earlier),
        counts=counts,
    )
