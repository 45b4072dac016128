"""Whatever happens to villages and reports, and in what order: the kept sums are their rows'."""

from datetime import date

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach, RoleName
from outreach.associations import listeners as served
from outreach.associations.models import ServedVillage
from outreach.connections.commands.publish import rebuild
from outreach.connections.commands.review import Reviewer, approve_all
from outreach.connections.models import VillageStatus
from outreach.connections.rules import ReportState
from outreach.measures.classes import DwellingType, SettlementClass
from outreach.places import listeners as places
from outreach.places.models import VillageClass, VillagePopulation
from tests import factories
from tests.connections import making, plain_sums
from tests.factories import NOW

# Half a year, two years and a day over two years apart: figures age out between them.
DATES = (date(2019, 10, 1), date(2020, 4, 1), date(2021, 10, 1), date(2022, 4, 2))
MONTHS = 24
MUNICIPALITIES = ("1080", "1081")
ADMINISTRATOR = Reach(roles=frozenset({RoleName.ADMINISTRATOR}))
HAPPENINGS = ("correction", "corrections", "delimitation", "growth", "move", "service", "round")


class Region:
    """Three villages in two municipalities, two associations, and what happens to them."""

    def __init__(self, app: Flask, session: Session, data: st.DataObject) -> None:
        self.app, self.session, self.data = app, session, data
        for code in MUNICIPALITIES:
            factories.municipality(session, code, name=code)
        self.villages = [
            factories.village(session, f"By {n}", municipality_code=MUNICIPALITIES[n % 2])
            for n in range(3)
        ]
        self.associations = [
            factories.association(session, f"Fiber {n}", serving=self.villages[n : n + 2])
            for n in range(2)
        ]
        self.rounds = [factories.reporting_round(session, on) for on in DATES[:-1]]
        self.numbers = iter(range(1, 100))
        self.now = NOW
        rebuild(session, carry_forward_months=MONTHS, at=NOW)

    def draw_village(self) -> int:
        return self.data.draw(st.integers(0, 2))

    def happens(self) -> None:
        """One thing, published as the program does it."""
        step = self.data.draw(st.sampled_from(HAPPENINGS))
        if step in {"correction", "corrections"}:
            many = [self.submitted() for _ in range(1 if step == "correction" else 3)]
            by = Reviewer(ADMINISTRATOR, self.now)
            approve_all(self.session, many, by=by, carry_forward_months=MONTHS)
        elif step == "round":
            self.open_the_last()
        elif step == "service":
            self.end_a_service()
        else:
            self.change_a_village(step)

    def submitted(self) -> int:
        """A version that waits, of all that its association counts."""
        of = self.data.draw(st.sampled_from(self.associations))
        in_round = self.data.draw(st.sampled_from(self.rounds))
        counts = [(place, self.counts()) for place in self.villages]
        made = making.version(
            self.session,
            making.report(self.session, of, in_round),
            counts=counts,
            number=next(self.numbers),
            state=ReportState.SUBMITTED,
        )
        return made.id

    def counts(self) -> making.Counts:
        numbers = sorted(self.data.draw(st.tuples(*[st.integers(0, 60)] * 4)), reverse=True)
        known = self.data.draw(st.tuples(*[st.sampled_from([True, True, True, False])] * 4))
        kind = self.data.draw(st.sampled_from([DwellingType.permanent, DwellingType.holiday]))
        return making.Counts(
            *(
                number if is_known else None
                for number, is_known in zip(numbers, known, strict=True)
            ),
            dwelling_type=kind,
        )

    def open_the_last(self) -> None:
        if len(self.rounds) < len(DATES):
            self.rounds.append(factories.reporting_round(self.session, DATES[-1]))
        rebuild(self.session, since=DATES[-1], carry_forward_months=MONTHS, at=self.now)

    def end_a_service(self) -> None:
        village = self.villages[self.draw_village()]
        rows = self.session.scalars(
            select(ServedVillage).where(ServedVillage.village_id == village.id)
        ).all()
        if rows:
            rows[0].valid_to = date(2021, 1, 1)
        served.tell(self.app, self.session, change=served.ServedChanged((village.id,), self.now))

    def change_a_village(self, step: str) -> None:
        village = self.villages[self.draw_village()]
        number = next(self.numbers)
        if step == "move":
            village.municipality_code = self.data.draw(st.sampled_from(MUNICIPALITIES))
        elif step == "growth":
            self.session.add(
                VillagePopulation(
                    village_id=village.id,
                    reference_date=date(2000 + number, 1, 1),
                    inhabitants=self.data.draw(st.integers(2_990, 3_010)),
                    source="test",
                )
            )
        else:
            self.session.add(
                VillageClass(
                    village_id=village.id,
                    delimitation_year=2000 + number,
                    valid_from=self.data.draw(st.dates(date(2018, 1, 1), date(2022, 1, 1))),
                    settlement_class=self.data.draw(st.sampled_from(SettlementClass)),
                    source="test",
                )
            )
        places.tell(self.app, self.session, change=places.PlacesChanged((village.id,), self.now))


def _rows(session: Session) -> list[tuple[object, ...]]:
    columns = VillageStatus.__table__.c
    keys = (columns.reference_date, columns.village_id, columns.dwelling_type)
    return [tuple(row) for row in session.execute(select(columns).order_by(*keys))]


@settings(
    derandomize=True,
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_the_kept_sums_are_the_sums_of_the_rows(
    app: Flask, session: Session, data: st.DataObject
) -> None:
    with session.begin_nested() as savepoint:
        region = Region(app, session, data)
        for _ in range(6):
            region.happens()
            assert plain_sums.stored(session) == plain_sums.plain(session)
        rows, sums = _rows(session), plain_sums.stored(session)
        rebuild(session, carry_forward_months=MONTHS, at=NOW)
        assert (rows, sums) == (_rows(session), plain_sums.stored(session))
        savepoint.rollback()
    session.expunge_all()
