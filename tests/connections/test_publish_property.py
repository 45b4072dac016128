"""The set-based rebuild agrees with the slow and obvious one on whatever is thrown at it."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.associations.models import Association, ServedVillage
from outreach.connections.commands.publish import Period, rebuild
from outreach.connections.models import ReportingRound, VillageStatus
from outreach.connections.rules import DwellingsSource, ReportState
from outreach.measures.classes import DwellingType, SettlementClass
from outreach.places.models import Village, VillageClass, VillageDwellings, VillagePopulation
from tests import factories
from tests.connections import making, plain_sums
from tests.connections.plain_status import Figure, World, status

DATES = (
    date(2018, 10, 1),
    date(2020, 4, 1),
    date(2020, 10, 1),
    date(2021, 10, 1),
    date(2022, 4, 15),
    date(2022, 10, 1),
)
MONTHS = 24
days = st.dates(date(2017, 1, 1), date(2023, 12, 31))
small = st.none() | st.integers(0, 60)


@st.composite
def ordered_counts(draw: st.DrawFn) -> making.Counts:
    """Counts that keep the order wherever two neighbours are known."""
    numbers = sorted((draw(st.integers(0, 60)) for _ in range(4)), reverse=True)
    kept = [number if draw(st.integers(0, 4)) else None for number in numbers]
    return making.Counts(
        dwellings=kept[0],
        homes_passed=kept[1],
        connected=kept[2],
        active=kept[3],
        source=draw(st.sampled_from(DwellingsSource)),
        dwelling_type=draw(st.sampled_from(list(DwellingType))),
    )


class Builder:
    """Makes the same drawn world in the database and as plain values."""

    def __init__(self, session: Session, data: st.DataObject) -> None:
        self.session = session
        self.data = data
        self.rounds = [factories.reporting_round(session, on) for on in DATES]
        self.villages = [
            factories.village(session, f"By {n}", dwellings=None, inhabitants=None)
            for n in range(3)
        ]
        self.associations = [factories.association(session, f"Fiber {n}") for n in range(3)]
        self.world = World([place.id for place in self.villages])
        for place in self.villages:
            self.add_facts(place)
        for association in self.associations:
            self.add_service(association)
            for round_ in self.rounds:
                self.add_report(association, round_)
        session.flush()

    def add_facts(self, place: Village) -> None:
        # The factory gives one class of 2015; these come beside it.
        self.world.classes[place.id] = [(date(2015, 12, 31), SettlementClass("outside"))]
        for year, start in enumerate(sorted(self.draw(st.sets(days, max_size=2))), start=2018):
            kind = self.draw(st.sampled_from(list(SettlementClass)))
            self.world.classes[place.id].append((start, kind))
            self.session.add(
                VillageClass(
                    village_id=place.id,
                    delimitation_year=year,
                    valid_from=start,
                    settlement_class=kind,
                    source="test",
                )
            )
        for on in self.draw(st.sets(days, max_size=2)):
            inhabitants = self.draw(st.integers(0, 500))
            self.world.population.setdefault(place.id, []).append((on, inhabitants))
            self.session.add(
                VillagePopulation(
                    village_id=place.id, reference_date=on, inhabitants=inhabitants, source="test"
                )
            )
        for kind in DwellingType:
            for on in self.draw(st.sets(days, max_size=2)):
                dwellings = self.draw(st.integers(0, 80))
                self.world.register.setdefault((place.id, kind.value), []).append((on, dwellings))
                self.session.add(
                    VillageDwellings(
                        village_id=place.id,
                        reference_date=on,
                        dwelling_type=kind,
                        dwellings=dwellings,
                        source="test",
                    )
                )

    def add_service(self, association: Association) -> None:
        for place in self.villages:
            if not self.draw(st.booleans()):
                continue
            start = self.draw(days)
            end = self.draw(st.none() | days.filter(lambda day, start=start: day > start))
            self.world.served.append((association.id, place.id, start, end))
            self.session.add(
                ServedVillage(
                    association_id=association.id,
                    village_id=place.id,
                    valid_from=start,
                    valid_to=end,
                )
            )

    def add_report(self, association: Association, in_round: ReportingRound) -> None:
        places = self.draw(st.lists(st.sampled_from(self.villages), unique=True, max_size=3))
        if not places:
            return
        state = self.draw(st.sampled_from(ReportState))
        counts = [(place, self.draw(ordered_counts())) for place in places]
        made = making.report(self.session, association, in_round)
        making.version(self.session, made, counts=counts, state=state)
        if state is not ReportState.APPROVED:
            return
        for place, figures in counts:
            self.world.figures.append(
                Figure(
                    association.id,
                    place.id,
                    figures.dwelling_type.value,
                    in_round.reference_date,
                    uses_register=figures.source is DwellingsSource.REGISTER,
                    dwellings=figures.dwellings,
                    passed=figures.homes_passed,
                    connected=figures.connected,
                    active=figures.active,
                )
            )

    def draw(self, strategy: st.SearchStrategy[object]) -> object:
        return self.data.draw(strategy)


def stored_rows(session: Session) -> dict[date, dict[tuple[int, str], tuple[object, ...]]]:
    rows: dict[date, dict[tuple[int, str], tuple[object, ...]]] = {on: {} for on in DATES}
    columns = VillageStatus.__table__.c
    for row in session.execute(select(columns)):
        rows[row.reference_date][row.village_id, row.dwelling_type.value] = (
            row.settlement_class,
            row.inhabitants,
            row.register_dwellings,
            row.state.value,
            row.associations,
            row.reported_on,
            row.dwellings,
            row.homes_passed,
            row.connected,
            row.active,
        )
    return rows


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_every_row_is_what_the_slow_way_gives(session: Session, data: st.DataObject) -> None:
    with session.begin_nested() as savepoint:
        built = Builder(session, data)
        rebuild(session, carry_forward_months=MONTHS, at=factories.NOW)
        expected = {on: status(built.world, on, months=MONTHS) for on in DATES}
        try:
            assert stored_rows(session) == expected
            assert plain_sums.stored(session) == plain_sums.plain(session)
        finally:
            savepoint.rollback()
    session.expunge_all()


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data(), since=st.sampled_from(DATES))
def test_rebuilding_some_villages_after_a_report_gives_what_rebuilding_all_gives(
    session: Session, data: st.DataObject, since: date
) -> None:
    with session.begin_nested() as savepoint:
        built = Builder(session, data)
        rebuild(session, carry_forward_months=MONTHS, at=factories.NOW)
        place, association, round_ = (
            built.villages[0],
            built.associations[0],
            built.rounds[DATES.index(since)],
        )
        made = making.report(session, association, round_)
        kind = data.draw(st.sampled_from(DwellingType))
        figures = making.Counts(50, 40, 30, dwelling_type=kind)
        making.version(session, made, counts=[(place, figures)], number=2)
        rebuild(
            session,
            village_ids=[place.id],
            reported=Period(since, since),
            carry_forward_months=MONTHS,
            at=factories.NOW,
        )
        partial, sums = stored_rows(session), plain_sums.stored(session)
        rebuild(session, carry_forward_months=MONTHS, at=factories.NOW)
        try:
            assert partial == stored_rows(session)
            assert sums == plain_sums.stored(session) == plain_sums.plain(session)
        finally:
            savepoint.rollback()
    session.expunge_all()
