"""Whatever passes to whom, and in what order: no total of a county moves, on any date."""

from datetime import date, timedelta
from itertools import count
from typing import NamedTuple

from flask import Flask, current_app
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.associations.commands.succession import pass_on, undo
from outreach.associations.listeners import VillagesGivenBack, VillagesHanded, tell
from outreach.associations.models import Association, ServedVillage, Succession
from outreach.associations.queries.conditions import served_on
from outreach.associations.queries.succession import handed_by, places_served, planned
from outreach.associations.rules import SuccessionEntry, SuccessionKind
from outreach.connections.commands.publish import rebuild
from outreach.connections.models import ReportingRound, VillageStatus
from outreach.connections.rules import VillageState
from outreach.places.models import Village
from outreach.rules import RuleBroken
from tests import factories
from tests.associations.making import BY_STAFF
from tests.connections import making
from tests.factories import NOW, TODAY

DATES = (date(2021, 10, 1), date(2023, 4, 1), date(2024, 10, 1))
DAY = timedelta(days=1)
LAST = date(2025, 10, 1)
days = st.dates(date(2020, 1, 1), date(2025, 6, 30))
KNOWN = (VillageState.REPORTED, VillageState.CARRIED_FORWARD)


class Published(NamedTuple):
    """What is published of a village on a date."""

    state: str
    associations: int
    dwellings: int | None
    homes_passed: int | None
    connected: int | None
    active: int | None


class Region:
    """Two villages and four associations, in the database, and what happens to them."""

    def __init__(self, session: Session, data: st.DataObject) -> None:
        self.session, self.data = session, data
        self.known: dict[tuple[date, int], Published] = {}
        self.numbers = count(1)
        self.villages = [factories.village(session, f"By {n}") for n in range(2)]
        self.associations = [factories.association(session, f"Fiber {n}") for n in range(4)]
        self.rounds = [factories.reporting_round(session, on) for on in (*DATES, LAST)]
        for association in self.associations:
            for place in self.villages:
                self.serve(association, place)
        session.flush()
        for in_round in self.rounds[:-1]:
            for association in self.associations:
                if data.draw(st.booleans()):
                    self.report(association, in_round)

    def serve(self, association: Association, place: Village) -> None:
        """Not at all, ever since, from a day on, until a day, or with a pause."""
        first, second, third = sorted(self.data.draw(st.tuples(days, days, days)))
        ever = date(2015, 1, 1)
        choices: list[list[tuple[date, date | None]]] = [
            [],
            [(ever, None)],
            [(first, None)],
            [(ever, first)],
            [(ever, first), (second, None)],
            [(first, second + DAY), (third + DAY, None)],
        ]
        for start, end in self.data.draw(st.sampled_from(choices)):
            self.session.add(
                ServedVillage(
                    association_id=association.id,
                    village_id=place.id,
                    valid_from=start,
                    valid_to=end,
                )
            )

    def report(self, association: Association, in_round: ReportingRound) -> dict[int, int]:
        """Report all villages served on the round's date; how many are connected in each."""
        served = self.session.scalars(
            select(Village)
            .join(ServedVillage, ServedVillage.village_id == Village.id)
            .where(
                ServedVillage.association_id == association.id,
                served_on(in_round.reference_date),
            )
        ).all()
        counts = [(place, self.counts()) for place in served]
        made = making.report(self.session, association, in_round)
        making.version(self.session, made, counts=counts, number=next(self.numbers))
        return {place.id: figures.connected or 0 for place, figures in counts}

    def counts(self) -> making.Counts:
        connected = self.data.draw(st.integers(0, 9))
        return making.Counts(100, 10 + connected, connected, connected // 2)

    def happens(self) -> None:
        """One merger, division, move or undo; nothing where the register doesn't allow it."""
        step = self.data.draw(st.sampled_from(["merge", "split", "move", "undo", "report"]))
        if step == "report":
            association = self.data.draw(st.sampled_from(self.associations))
            self.report(association, self.data.draw(st.sampled_from(self.rounds[:-1])))
            self.known = {}
            return
        before = self.known or self.totals()
        try:
            with self.session.begin_nested():
                self.undo() if step == "undo" else self.pass_on(SuccessionKind(step))
        except RuleBroken:
            self.session.expire_all()
            return
        self.known = self.totals()
        assert self.known == before

    def pass_on(self, kind: SuccessionKind) -> None:
        giver, *others = self.data.draw(st.permutations(self.associations))
        on = self.data.draw(days)
        goes = {
            place.village_id: self.data.draw(st.sampled_from(others)).id
            for place in places_served(self.session, giver.id, on=on)
        }
        if kind is not SuccessionKind.MERGE:
            plans = planned(self.session, giver.id, goes, on=on)
            goes = {one.village_id: one.to_association_id for one in plans if not one.obstacle}
        entry = SuccessionEntry(
            kind,
            on,
            "Stämmobeslut",
            into=others[0].id if kind is SuccessionKind.MERGE else None,
            villages=() if kind is SuccessionKind.MERGE else tuple(goes.items()),
        )
        made = pass_on(self.session, giver.id, entry, today=TODAY, by=BY_STAFF)
        assert made is not None
        change = VillagesHanded(handed_by(self.session, made.id), user_id=None, at=NOW)
        tell(current_app, self.session, change=change)

    def undo(self) -> None:
        made = self.session.scalars(select(Succession).order_by(Succession.id)).all()
        if not made:
            return
        one = self.data.draw(st.sampled_from(made))
        change = VillagesGivenBack(handed_by(self.session, one.id), user_id=None, at=NOW)
        tell(current_app, self.session, change=change)
        undo(self.session, one.association_id, one.id, by=BY_STAFF)

    def totals(self) -> dict[tuple[date, int], Published]:
        """Each village's published figures on each date, of which a county's are the sums."""
        rebuild(self.session, carry_forward_months=24, at=NOW)
        found = {}
        columns = VillageStatus.__table__.c
        for row in self.session.execute(select(columns)):  # type: ignore[call-overload]  # columns of a table
            state = "known" if row.state in KNOWN else row.state.value
            found[row.reference_date, row.village_id] = Published(
                state,
                row.associations,
                row.dwellings,
                row.homes_passed,
                row.connected,
                row.active,
            )
        return found


@settings(
    derandomize=True,
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_succession_changes_a_total_on_any_date(
    app: Flask, session: Session, data: st.DataObject
) -> None:
    with session.begin_nested() as savepoint:
        region = Region(session, data)
        for _ in range(5):
            region.happens()
        # Once everybody has reported anew, only these reports count, each of them once.
        reported: dict[int, int] = {}
        for association in region.associations:
            for village_id, connected in region.report(association, region.rounds[-1]).items():
                reported[village_id] = reported.get(village_id, 0) + connected
        totals = region.totals()
        assert reported == {key: totals[LAST, key].connected for key in reported}
        savepoint.rollback()
    session.expunge_all()
