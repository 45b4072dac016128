"""What is published after a merger or a move, in examples worked out by hand."""

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

import pytest
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.associations.commands.served import edit_period
from outreach.associations.commands.succession import pass_on, undo
from outreach.associations.listeners import VillagesGivenBack, VillagesHanded, tell
from outreach.associations.models import Association, ServedVillage, Succession
from outreach.associations.queries.succession import handed_by
from outreach.associations.rules import Period, SuccessionEntry, SuccessionKind
from outreach.connections.commands.expecting import expect_served
from outreach.connections.commands.publish import rebuild
from outreach.connections.models import ExpectedPair, ReportingRound, VillageStatus
from outreach.connections.queries.doubted import doubts_of
from outreach.connections.queries.grid import counts_stated, grid_rows
from outreach.connections.queries.report_head import report_head
from outreach.connections.queries.review import QueueFilter, comparison, version_head, waiting
from outreach.connections.rules import CountFigures, ReportState
from outreach.places.models import Village
from outreach.rules import RuleBroken
from outreach.web.paging import Paging
from tests import factories
from tests.associations.making import BY_STAFF, STAFF
from tests.connections.making import Counts, approved, report, version
from tests.factories import NOW, TODAY

BEFORE, APRIL, OCTOBER = date(2025, 10, 1), date(2026, 4, 1), date(2026, 10, 1)
JUNE = date(2026, 6, 1)
Connected: TypeAlias = Callable[[Village], tuple[object, ...]]


def merge(session: Session, one: Association, into: Association, *, on: date = JUNE) -> Succession:
    entry = SuccessionEntry(SuccessionKind.MERGE, on, "Stämmobeslut", into=into.id)
    made = pass_on(session, one.id, entry, today=TODAY, by=BY_STAFF)
    assert made is not None
    change = VillagesHanded(handed_by(session, made.id), user_id=None, at=NOW)
    tell(current_app, session, change=change)
    return made


def take_back(session: Session, made: Succession) -> None:
    change = VillagesGivenBack(handed_by(session, made.id), user_id=None, at=NOW)
    tell(current_app, session, change=change)
    undo(session, made.association_id, made.id, by=BY_STAFF)


@pytest.fixture
def rounds(session: Session) -> dict[date, ReportingRound]:
    return {on: factories.reporting_round(session, on) for on in (BEFORE, APRIL, OCTOBER)}


@pytest.fixture
def connected(session: Session) -> Connected:
    """State, associations and connected homes of a village in October 2026."""

    def ask(village: Village) -> tuple[object, ...]:
        rebuild(session, carry_forward_months=24, at=NOW)
        row = session.execute(
            select(VillageStatus.state, VillageStatus.associations, VillageStatus.connected).where(
                VillageStatus.village_id == village.id, VillageStatus.reference_date == OCTOBER
            )
        ).one()
        return row.state.value, row.associations, row.connected

    return ask


def test_two_merged_networks_are_summed_until_the_one_that_goes_on_reports_both(
    session: Session, rounds: dict[date, ReportingRound], connected: Connected
) -> None:
    village = factories.village(session)
    one = factories.association(session, "Norra Fiber", serving=[village])
    other = factories.association(session, "Södra Fiber", serving=[village])
    approved(session, one, rounds[BEFORE], counts=[(village, Counts(100, 40, 30))])
    # Newer than the other's, and from before the merger: it speaks of its own network alone.
    approved(session, other, rounds[APRIL], counts=[(village, Counts(100, 50, 20))])
    merge(session, one, other)
    assert connected(village) == ("carried_forward", 2, 50)
    approved(session, other, rounds[OCTOBER], counts=[(village, Counts(100, 90, 55))])
    assert connected(village) == ("reported", 1, 55)


def test_a_report_that_was_in_before_a_backdated_merger_speaks_for_its_own_network_alone(
    session: Session, rounds: dict[date, ReportingRound], connected: Connected
) -> None:
    village = factories.village(session)
    one = factories.association(session, "Norra Fiber", serving=[village])
    other = factories.association(session, "Södra Fiber", serving=[village])
    approved(session, one, rounds[BEFORE], counts=[(village, Counts(100, 40, 30))])
    approved(session, other, rounds[OCTOBER], counts=[(village, Counts(100, 50, 20))])
    merge(session, one, other)
    assert connected(village) == ("carried_forward", 2, 50)


def test_a_third_association_in_the_village_replaces_nothing_that_passed_to_another(
    session: Session, rounds: dict[date, ReportingRound], connected: Connected
) -> None:
    village = factories.village(session)
    one = factories.association(session, "Norra Fiber", serving=[village])
    heir = factories.association(session, "Södra Fiber")
    third = factories.association(session, "Västra Fiber", serving=[village])
    approved(session, one, rounds[BEFORE], counts=[(village, Counts(100, 40, 30))])
    merge(session, one, heir)
    approved(session, third, rounds[OCTOBER], counts=[(village, Counts(100, 20, 10))])
    assert connected(village) == ("carried_forward", 2, 40)


def test_an_open_round_expects_the_association_that_took_over(
    session: Session, rounds: dict[date, ReportingRound]
) -> None:
    village = factories.village(session)
    one = factories.association(session, "Norra Fiber", serving=[village])
    other = factories.association(session, "Södra Fiber")
    for in_round in rounds.values():
        expect_served(session, in_round.id, at=NOW)

    def expected() -> list[tuple[int, int]]:
        pairs = select(ExpectedPair.round_id, ExpectedPair.association_id)
        return sorted((row.round_id, row.association_id) for row in session.execute(pairs))

    made = merge(session, one, other)
    earlier = [(rounds[BEFORE].id, one.id), (rounds[APRIL].id, one.id)]
    assert expected() == sorted([*earlier, (rounds[OCTOBER].id, other.id)])
    take_back(session, made)
    assert expected() == sorted([*earlier, (rounds[OCTOBER].id, one.id)])


def test_an_undone_merger_leaves_the_services_as_they_were(session: Session) -> None:
    village = factories.village(session)
    one = factories.association(session, "Norra Fiber", serving=[village])
    other = factories.association(session, "Södra Fiber")
    made = merge(session, one, other)
    assert one.status.value == "merged"
    take_back(session, made)
    rows = session.execute(
        select(ServedVillage.association_id, ServedVillage.valid_from, ServedVillage.valid_to)
    ).all()
    assert rows == [(one.id, date(2015, 1, 1), None)]
    assert one.status.value == "operating"


def test_a_merger_cannot_be_undone_once_the_successor_has_reported(
    session: Session, rounds: dict[date, ReportingRound]
) -> None:
    village = factories.village(session)
    one = factories.association(session, "Norra Fiber", serving=[village])
    other = factories.association(session, "Södra Fiber")
    made = merge(session, one, other)
    approved(session, other, rounds[OCTOBER], counts=[(village, Counts(100, 90, 55))])
    with pytest.raises(RuleBroken, match="reported_since"):
        take_back(session, made)


def test_a_service_that_was_handed_on_keeps_its_end(session: Session) -> None:
    village = factories.village(session)
    one = factories.association(session, "Norra Fiber", serving=[village])
    merge(session, one, factories.association(session, "Södra Fiber"))
    row = session.scalars(select(ServedVillage).where(ServedVillage.association_id == one.id)).one()
    with pytest.raises(RuleBroken, match="passed_on"):
        edit_period(
            session,
            (one.id, row.id),
            Period(date(2015, 1, 1)),
            version=row.version,
            by=BY_STAFF,
        )


def test_the_form_begins_with_what_both_networks_had_together(
    session: Session, rounds: dict[date, ReportingRound]
) -> None:
    both, taken = factories.village(session, "Aspö"), factories.village(session, "Hasslö")
    one = factories.association(session, "Norra Fiber", serving=[both, taken])
    other = factories.association(session, "Södra Fiber", serving=[both])
    norra = [(both, Counts(100, 40, 30, 20)), (taken, Counts(50, 9, 8, 7))]
    approved(session, one, rounds[BEFORE], counts=norra)
    approved(session, other, rounds[APRIL], counts=[(both, Counts(100, 50, 20, 10))])
    merge(session, one, other)
    head = report_head(session, other.id, reference_date=OCTOBER, reach=STAFF, at=NOW)
    assert head is not None
    assert [(row.village, row.last, row.last_date) for row in grid_rows(session, head)] == [
        ("Aspö", CountFigures(100, 90, 50, 30), BEFORE),
        ("Hasslö", CountFigures(50, 9, 8, 7), BEFORE),
    ]


def test_review_sees_what_the_form_began_with_and_asks_the_same_reasons(
    session: Session, rounds: dict[date, ReportingRound]
) -> None:
    taken = factories.village(session, "Hasslö")
    one = factories.association(session, "Norra Fiber", serving=[taken])
    other = factories.association(session, "Södra Fiber")
    approved(session, one, rounds[BEFORE], counts=[(taken, Counts(100, 40, 30, 7))])
    merge(session, one, other)
    head = report_head(session, other.id, reference_date=OCTOBER, reach=STAFF, at=NOW)
    assert head is not None
    [row] = grid_rows(session, head)
    of = report(session, other, rounds[OCTOBER])
    fewer = [(taken, Counts(100, 40, 20, 7))]
    waiting = version(session, of, counts=fewer, state=ReportState.SUBMITTED)
    submitted = version_head(session, waiting.id, reach=STAFF)
    assert submitted is not None
    [compared] = comparison(session, submitted)
    assert (compared.before, compared.before_date) == (row.last, BEFORE)
    entry = counts_stated(session, waiting.id)[row.key]
    asked = {(doubt.field, doubt.code) for doubt in entry.doubts(row.known)}
    seen = doubts_of(session, submitted, [compared])[row.key]
    assert {(doubt.field, doubt.code) for doubt in seen} == asked == {("connected", "decrease")}


def test_in_the_queue_a_village_taken_over_as_it_stood_is_no_change(
    session: Session, rounds: dict[date, ReportingRound]
) -> None:
    village = factories.village(session)
    one = factories.association(session, "Norra Fiber", serving=[village])
    other = factories.association(session, "Södra Fiber", serving=[village])
    approved(session, one, rounds[BEFORE], counts=[(village, Counts(100, 40, 30))])
    approved(session, other, rounds[BEFORE], counts=[(village, Counts(100, 50, 20))])
    merge(session, one, other)
    held = report(session, other, rounds[OCTOBER])
    asked = []
    for number, connected in ((1, 50), (2, 55)):
        sent = version(
            session,
            held,
            counts=[(village, Counts(100, 90, connected))],
            state=ReportState.SUBMITTED,
            number=number,
        )
        [row] = waiting(session, QueueFilter(), reach=STAFF, paging=Paging(1, 1))
        asked.append((row.changed, row.connected_before, row.connected))
        sent.state = ReportState.SUPERSEDED
        session.flush()
    assert asked == [(0, 50, 50), (1, 50, 55)]


def test_the_queue_costs_the_same_for_one_taken_over_and_for_five(
    session: Session,
    rounds: dict[date, ReportingRound],
    statements: Callable[[Callable[[], object]], int],
) -> None:
    def taken_over(name: str) -> None:
        village = factories.village(session, name)
        one = factories.association(session, f"{name} norra", serving=[village])
        other = factories.association(session, f"{name} södra")
        approved(session, one, rounds[BEFORE], counts=[(village, Counts(100, 40, 30))])
        merge(session, one, other)
        version(
            session,
            report(session, other, rounds[OCTOBER]),
            counts=[(village, Counts(100, 40, 33))],
            state=ReportState.SUBMITTED,
        )

    def ask() -> list[int | None]:
        rows = waiting(session, QueueFilter(), reach=STAFF, paging=Paging(1, 9))
        return [row.connected_before for row in rows]

    taken_over("Aspö")
    few = statements(ask)
    for name in ("Bro", "Hasslö", "Sturkö", "Tjurkö"):
        taken_over(name)
    assert ask() == [30] * 5
    assert statements(ask) == few
