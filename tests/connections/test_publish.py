"""What is published of a village on a date, in examples worked out by hand."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.associations.models import Association, ServedVillage
from outreach.connections.commands.publish import rebuild
from outreach.connections.models import VillageStatus
from outreach.connections.periods import months_before
from outreach.connections.rules import DwellingsSource, ReportState, VillageState
from outreach.database import data_version
from outreach.measures.classes import DwellingType, SettlementClass
from outreach.places.models import Village, VillageClass, VillageDwellings
from tests import factories
from tests.connections.making import HOLIDAY, PERMANENT, Counts, approved, report, version
from tests.factories import NOW

OLD, DAY = date(2024, 10, 1), date(2026, 10, 1)


@dataclass
class Published:
    """The published row of a village after a rebuild."""

    session: Session

    def row(
        self, village: Village, on: date = DAY, kind: DwellingType = PERMANENT
    ) -> VillageStatus | None:
        rebuild(self.session, carry_forward_months=24, at=NOW)
        self.session.expire_all()
        return self.session.scalars(
            select(VillageStatus).where(
                VillageStatus.village_id == village.id,
                VillageStatus.reference_date == on,
                VillageStatus.dwelling_type == kind,
            )
        ).one_or_none()

    def figures(self, village: Village, on: date = DAY) -> tuple[object, ...]:
        row = self.row(village, on)
        assert row is not None
        return (row.state.value, row.dwellings, row.homes_passed, row.connected, row.active)


def approve(
    session: Session, of: Association, village: Village, counts: Counts, *, on: date = DAY
) -> None:
    """Have the association's first report in a round of that day count."""
    approved(session, of, factories.reporting_round(session, on), counts=[(village, counts)])


@pytest.fixture
def published(session: Session) -> Published:
    return Published(session)


def test_an_approved_report_is_published(session: Session, published: Published) -> None:
    village = factories.village(session)
    of = factories.association(session, serving=[village])
    approve(session, of, village, Counts(100, 80, 60, 40))
    assert published.figures(village) == ("reported", 100, 80, 60, 40)


@pytest.mark.parametrize(
    "state", [ReportState.SUBMITTED, ReportState.RETURNED, ReportState.SUPERSEDED]
)
def test_only_what_is_approved_counts(
    session: Session, published: Published, state: ReportState
) -> None:
    village = factories.village(session)
    of = factories.association(session, serving=[village])
    made = report(session, of, factories.reporting_round(session, DAY))
    version(session, made, counts=[(village, Counts(100, 80, 60, 40))], state=state)
    assert published.figures(village) == ("missing", None, None, None, None)


def test_a_village_that_nobody_serves_is_not_expected(
    session: Session, published: Published
) -> None:
    village = factories.village(session)
    factories.reporting_round(session, DAY)
    assert published.figures(village) == ("not_expected", None, None, None, None)


def test_a_figure_is_carried_forward_for_two_years_to_the_day(
    session: Session, published: Published
) -> None:
    village = factories.village(session)
    of = factories.association(session, serving=[village])
    approve(session, of, village, Counts(100, 80, 60, 40), on=OLD)
    factories.reporting_round(session, DAY)
    factories.reporting_round(session, DAY + timedelta(1))
    assert published.figures(village, DAY) == ("carried_forward", 100, 80, 60, 40)
    assert published.figures(village, DAY + timedelta(1)) == ("missing", None, None, None, None)


def test_two_associations_are_summed_and_homes_passed_bounded_by_the_dwellings(
    session: Session, published: Published
) -> None:
    village = factories.village(session)
    round_ = factories.reporting_round(session, DAY)
    for counts in (Counts(100, 80, 30, 20), Counts(90, 70, 25, 10)):
        of = factories.association(session, serving=[village])
        approved(session, of, round_, counts=[(village, counts)])
    # 80 + 70 = 150 homes passed, of 100 dwellings at the most; 30 + 25; 20 + 10.
    assert published.figures(village) == ("reported", 100, 100, 55, 30)


def test_a_figure_one_association_left_blank_is_unknown_and_not_a_part_of_the_sum(
    session: Session, published: Published
) -> None:
    village = factories.village(session)
    round_ = factories.reporting_round(session, DAY)
    for counts in (Counts(100, 80, 30, 20), Counts(100, 10, 5, None)):
        of = factories.association(session, serving=[village])
        approved(session, of, round_, counts=[(village, counts)])
    assert published.figures(village) == ("reported", 100, 90, 35, None)


def test_a_reported_zero_is_zero(session: Session, published: Published) -> None:
    village = factories.village(session)
    of = factories.association(session, serving=[village])
    approve(session, of, village, Counts(100, 0, 0, 0))
    assert published.figures(village) == ("reported", 100, 0, 0, 0)


def test_an_empty_count_is_no_report(session: Session, published: Published) -> None:
    village = factories.village(session)
    of = factories.association(session, serving=[village])
    approve(session, of, village, Counts(100, 80, 60), on=OLD)
    approve(session, of, village, Counts())
    assert published.figures(village) == ("carried_forward", 100, 80, 60, None)


def test_a_village_is_carried_forward_until_its_last_association_has_reported(
    session: Session, published: Published
) -> None:
    village = factories.village(session)
    round_ = factories.reporting_round(session, DAY)
    first, _second = (factories.association(session, serving=[village]) for _ in range(2))
    approved(session, first, round_, counts=[(village, Counts(100, 80, 60))])
    assert published.figures(village) == ("carried_forward", 100, 80, 60, None)


def test_in_a_merger_nothing_vanishes_and_nothing_is_counted_twice(
    session: Session, published: Published
) -> None:
    village = factories.village(session)
    before = factories.reporting_round(session, date(2025, 10, 1))
    between = factories.reporting_round(session, date(2026, 4, 1))
    after = factories.reporting_round(session, DAY)
    old = factories.association(session, serving=[village])
    approved(session, old, before, counts=[(village, Counts(100, 80, 60))])
    session.query(ServedVillage).one().valid_to = date(2026, 1, 1)
    new = factories.association(session, serving=[village], since=date(2026, 1, 1))
    approved(session, new, after, counts=[(village, Counts(100, 85, 65))])
    assert published.figures(village, between.reference_date)[3] == 60
    assert published.figures(village, DAY) == ("reported", 100, 85, 65, None)


def test_the_registers_dwellings_hold_where_the_report_leaves_them_to_it(
    session: Session, published: Published
) -> None:
    village = factories.village(session, dwellings=100)
    session.add(
        VillageDwellings(
            village_id=village.id,
            reference_date=date(2026, 1, 1),
            dwelling_type=PERMANENT,
            dwellings=110,
            source="test",
        )
    )
    of = factories.association(session, serving=[village])
    stated = Counts(100, 80, 60, source=DwellingsSource.REGISTER)
    approve(session, of, village, stated)
    row = published.row(village)
    assert row is not None
    assert (row.dwellings, row.register_dwellings) == (110, 110)


def test_a_shrinking_register_never_cuts_what_one_association_counted(
    session: Session, published: Published
) -> None:
    village = factories.village(session, dwellings=50)
    of = factories.association(session, serving=[village])
    stated = Counts(100, 80, 60, source=DwellingsSource.REGISTER)
    approve(session, of, village, stated)
    assert published.figures(village) == ("reported", 80, 80, 60, None)


def test_the_class_is_the_dates_own(session: Session, published: Published) -> None:
    village = factories.village(session)
    session.add(
        VillageClass(
            village_id=village.id,
            delimitation_year=2025,
            valid_from=date(2025, 12, 31),
            settlement_class=SettlementClass("smaort"),
            source="test",
        )
    )
    factories.reporting_round(session, OLD)
    factories.reporting_round(session, DAY)
    classes = [row.settlement_class for on in (OLD, DAY) if (row := published.row(village, on))]
    assert classes == ["outside", "smaort"]


def test_holiday_homes_have_a_row_only_where_they_were_ever_counted(
    session: Session, published: Published
) -> None:
    with_cabins, without = factories.village(session), factories.village(session)
    of = factories.association(session, serving=[with_cabins, without])
    approve(session, of, with_cabins, Counts(30, 20, 10, dwelling_type=HOLIDAY), on=OLD)
    factories.reporting_round(session, DAY + timedelta(1))
    assert published.row(without, OLD, HOLIDAY) is None
    later = published.row(with_cabins, DAY + timedelta(1), HOLIDAY)
    assert later is not None
    assert (later.state, later.connected) == (VillageState.MISSING, None)


def test_a_rebuild_makes_what_was_kept_stale(session: Session) -> None:
    before = data_version.current(session)
    rebuild(session, carry_forward_months=24, at=NOW)
    assert data_version.current(session) == before + 1


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2026, 10, 1), 24, date(2024, 10, 1)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 1, 15), 13, date(2024, 12, 15)),
    ],
)
def test_months_are_counted_back_to_the_same_day_or_the_months_last(
    day: date, months: int, earlier: date
) -> None:
    assert months_before(day, months) == earlier


def test_a_very_long_list_of_villages_means_all_of_them(
    session: Session, published: Published
) -> None:
    village = factories.village(session)
    factories.reporting_round(session, DAY)
    rebuild(session, village_ids=range(1, 6000), carry_forward_months=24, at=NOW)
    assert session.scalars(select(VillageStatus.village_id)).all() == [village.id]
