"""The demonstration in a real database: complete, published, and loaded once."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

import pytest
from flask import Flask
from flask_security import verify_password
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach import create_app
from outreach.accounts.models import AccessGrant, User
from outreach.associations.models import Association, AssociationContact, Commitment, ServedVillage
from outreach.connections.models import (
    ConnectionCount,
    ExpectedPair,
    ReportingRound,
    ReportVersion,
    VillageStatus,
)
from outreach.connections.rules import ReportState, RoundState, VillageState
from outreach.database import data_version, transaction
from outreach.database.audit import AuditEvent
from outreach.database.spatial import geojson, loaded
from outreach.demo.accounts import ACCOUNTS, PASSWORD
from outreach.demo.load import DemoSummary, NotEmpty, load
from outreach.demo.reading import FOLDER
from outreach.extensions import db
from outreach.gap.queries.progress import progress
from outreach.measures.classes import DwellingType, FineClass, SettlementClass
from outreach.measures.forecast import Observation, backtest
from outreach.measures.rates import Measure, Share
from outreach.places.models import County, Municipality, Village
from tests import databases, factories
from tests.demo.conftest import TODAY
from tests.settings import settings_for


@pytest.fixture(scope="module")
def demo_app(
    template_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Flask, DemoSummary]]:
    """An application on a database with the demonstration, loaded once for all tests here."""
    folder = tmp_path_factory.mktemp("demo")
    url = databases.copy_of(template_url, folder)
    app = create_app(settings_for(url, folder=folder))
    with app.app_context():
        with transaction(db.session()):
            summary = load(db.session(), today=TODAY)
        db.session.remove()
        yield app, summary
        db.engine.dispose()
    databases.drop(url)


@pytest.fixture
def summary(demo_app: tuple[Flask, DemoSummary]) -> DemoSummary:
    return demo_app[1]


@pytest.fixture
def demo(demo_app: tuple[Flask, DemoSummary]) -> Iterator[Session]:
    """A session that only reads; what a test changes is rolled back."""
    with demo_app[0].app_context():
        yield db.session()
        db.session.rollback()


def published(session: Session, year: int, *municipalities: str) -> str:
    """The published connection rate with two decimals: sum, then divide."""
    query = select(func.sum(VillageStatus.connected), func.sum(VillageStatus.dwellings)).where(
        VillageStatus.reference_date == date(year, 10, 1),
        VillageStatus.dwelling_type == DwellingType.permanent,
    )
    if municipalities:
        query = query.where(VillageStatus.municipality_code.in_(municipalities))
    return rate(*session.execute(query).one())


def rate(connected: int, dwellings: int) -> str:
    share = Decimal(connected) * 100 / Decimal(dwellings)
    return str(share.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def status(session: Session, code: str, year: int) -> VillageStatus:
    return session.scalars(
        select(VillageStatus)
        .join(Village, Village.id == VillageStatus.village_id)
        .where(
            Village.code == code,
            VillageStatus.reference_date == date(year, 10, 1),
            VillageStatus.dwelling_type == DwellingType.permanent,
        )
    ).one()


def holiday_homes(session: Session) -> int | None:
    return session.scalar(
        select(func.count())
        .select_from(VillageStatus)
        .where(VillageStatus.dwelling_type == DwellingType.holiday)
    )


def test_the_summary_counts_what_is_stored(demo: Session, summary: DemoSummary) -> None:
    """145 villages in each of 11 rounds; 20 associations in 10 rounds, one late, five early."""
    assert summary.villages == 145
    assert summary.associations == 20
    assert summary.rounds == 11
    assert summary.reports == 20 * 10 - 1 + 5
    assert summary.published == 145 * 11 + (holiday_homes(demo) or 0)
    assert summary.counts == demo.scalar(select(func.count(ConnectionCount.id)))


def test_the_county_publishes_the_weighted_means(demo: Session) -> None:
    assert [published(demo, year) for year in (2016, 2018, 2021)] == ["49.54", "72.55", "83.95"]


def test_the_municipalities_publish_their_figures_of_2018(demo: Session) -> None:
    codes = ("1080", "1082", "1060", "1081", "1083")
    shown = [published(demo, 2018, code) for code in codes]
    assert shown == ["80.46", "72.26", "68.28", "66.81", "55.73"]


def test_karlskrona_publishes_its_coverage_of_2018(demo: Session) -> None:
    passed, dwellings = demo.execute(
        select(func.sum(VillageStatus.homes_passed), func.sum(VillageStatus.dwellings)).where(
            VillageStatus.dwelling_type == DwellingType.permanent,
            VillageStatus.reference_date == date(2018, 10, 1),
            VillageStatus.municipality_code == "1080",
        )
    ).one()
    assert rate(passed, dwellings) == "85.43"


def test_the_countryside_publishes_its_share_of_2018(demo: Session) -> None:
    connected, dwellings = demo.execute(
        select(func.sum(VillageStatus.connected), func.sum(VillageStatus.dwellings)).where(
            VillageStatus.dwelling_type == DwellingType.permanent,
            VillageStatus.reference_date == date(2018, 10, 1),
            VillageStatus.settlement_class == SettlementClass.outside,
        )
    ).one()
    assert round(Decimal(connected) * 100 / Decimal(dwellings), 1) == Decimal("25.6")


def test_what_the_late_association_did_not_report_is_carried_forward(demo: Session) -> None:
    late = status(demo, "1082-ringamala", 2025)
    assert (late.state, late.reported_on) == (VillageState.CARRIED_FORWARD, date(2024, 10, 1))


def test_nobody_is_expected_to_report_for_a_village_that_nobody_serves(demo: Session) -> None:
    alone = status(demo, "1080-utlangan", 2025)
    assert alone.state is VillageState.NOT_EXPECTED
    assert alone.connected is None
    assert alone.register_dwellings == 7


def test_two_networks_are_summed_and_bounded_by_the_dwellings(demo: Session) -> None:
    both = status(demo, "1080-oljersjo", 2025)
    assert both.associations == 2
    assert both.homes_passed == both.dwellings
    assert both.connected is not None
    assert both.connected < both.dwellings


def test_a_reported_zero_is_published_as_zero(demo: Session) -> None:
    early = status(demo, "1082-ringamala", 2016)
    assert (early.state, early.connected, early.homes_passed) == (VillageState.REPORTED, 0, 0)


def test_the_latest_round_is_open_and_every_round_expects_who_serves(demo: Session) -> None:
    """Each of 20 associations with its villages: 142 pairs, as the register has them."""
    states = list(demo.scalars(select(ReportingRound.state).order_by(ReportingRound.id)))
    assert states == [RoundState.CLOSED] * 10 + [RoundState.OPEN]
    pairs = select(func.count(ExpectedPair.id)).group_by(ExpectedPair.round_id)
    assert list(demo.scalars(pairs)) == [142] * 11


def test_the_open_round_publishes_only_what_is_approved(demo: Session) -> None:
    assert status(demo, "1080-gredeby", 2026).state is VillageState.REPORTED
    assert status(demo, "1083-solve", 2026).state is VillageState.CARRIED_FORWARD
    assert status(demo, "1080-kristianopel", 2026).state is VillageState.CARRIED_FORWARD


def test_staff_have_three_reports_to_review(demo: Session) -> None:
    states = Counter(demo.scalars(select(ReportVersion.state)))
    assert states[ReportState.SUBMITTED] == 3
    assert states[ReportState.RETURNED] == 2
    assert states[ReportState.SUPERSEDED] == 2


def test_every_role_has_an_account_with_the_shared_password(demo: Session) -> None:
    users = demo.scalars(select(User).order_by(User.id)).all()
    assert [user.email for user in users] == [account.email for account in ACCOUNTS]
    assert [user.roles[0].name for user in users] == [
        "administrator",
        "regional_staff",
        "association_reporter",
        "association_reporter",
        "session_logger",
    ]
    assert verify_password(PASSWORD, users[0].password)
    assert {user.password for user in users} == {users[0].password}


def test_the_first_reporter_has_five_villages_still_to_report(demo: Session) -> None:
    served = demo.scalars(
        select(Village.code)
        .join(ServedVillage, ServedVillage.village_id == Village.id)
        .join(AccessGrant, AccessGrant.association_id == ServedVillage.association_id)
        .join(User, User.id == AccessGrant.user_id)
        .where(User.email == "reporter@demo.example")
        .order_by(Village.code)
    ).all()
    assert served == [
        "1080-bromsebro",
        "1080-gronadal",
        "1080-hallarum",
        "1080-kristianopel",
        "1080TB104",
    ]
    assert status(demo, "1080-kristianopel", 2026).reported_on == date(2025, 10, 1)


def test_the_second_reporter_has_two_associations(demo: Session) -> None:
    grants = demo.scalar(
        select(func.count(AccessGrant.id))
        .join(User, User.id == AccessGrant.user_id)
        .where(User.email == "reporter2@demo.example")
    )
    assert grants == 2


def test_the_printed_accounts_are_the_stored_ones(demo: Session) -> None:
    printed = (FOLDER / "accounts.txt").read_text(encoding="utf-8")
    assert PASSWORD in printed
    for account in ACCOUNTS:
        assert account.email in printed
    reported_for = demo.scalars(
        select(Association.name).join(AccessGrant, AccessGrant.association_id == Association.id)
    )
    for name in reported_for:
        assert name.removesuffix(" (demo)").removesuffix(" ek. för.") in printed


def test_every_association_is_marked_and_complete(demo: Session) -> None:
    assert set(demo.scalars(select(Association.is_demonstration))) == {True}
    assert demo.scalar(select(func.count(AssociationContact.id))) == 40
    assert demo.scalar(select(func.count(Commitment.id))) == 40
    assert all(commitment.villages for commitment in demo.scalars(select(Commitment)))


def test_the_county_is_its_municipalities_put_together(demo: Session) -> None:
    county = demo.get_one(County, "10")
    areas = demo.scalars(select(Municipality.area)).all()
    parts = [loaded(area).area for area in areas if area is not None]
    assert county.area is not None
    assert loaded(county.area).area == pytest.approx(sum(parts))
    assert sum(parts) / 1e6 == pytest.approx(2_990, abs=10)


def test_a_village_comes_out_in_longitude_and_latitude(demo: Session) -> None:
    text = demo.scalars(select(geojson(Village.point)).where(Village.code == "1080TC109")).one()
    assert '"coordinates":[15.62' in text.replace(" ", "")


def test_loading_raises_the_data_version_and_is_on_record(demo: Session) -> None:
    assert data_version.current(demo) > 1
    loaded = select(AuditEvent).where(AuditEvent.action == "demonstration.loaded")
    event = demo.scalars(loaded).one()
    assert (event.action, event.at) == (
        "demonstration.loaded",
        datetime(2026, 11, 22, tzinfo=UTC),
    )


def test_loading_again_does_nothing(demo: Session) -> None:
    again = load(demo, today=date(2027, 1, 1))
    assert not again.is_new
    assert demo.scalar(select(func.count(Village.id))) == 145


def test_a_database_with_other_associations_is_left_alone(session: Session) -> None:
    factories.association(session)
    with pytest.raises(NotEmpty):
        load(session, today=TODAY)
    assert session.scalar(select(func.count(Association.id))) == 1


def test_a_database_with_other_places_is_left_alone(session: Session) -> None:
    factories.village(session)
    with pytest.raises(NotEmpty):
        load(session, today=TODAY)


def test_a_database_with_a_round_is_left_alone(session: Session) -> None:
    factories.reporting_round(session)
    with pytest.raises(NotEmpty):
        load(session, today=TODAY)


def test_borders_that_were_imported_before_stay(session: Session) -> None:
    factories.municipality(session, "1080", name="Karlskrona kommun")
    load(session, today=TODAY)
    assert session.get_one(Municipality, "1080").name == "Karlskrona kommun"
    assert session.scalar(select(func.count(Municipality.code))) == 5


def test_the_forecasts_range_holds_four_of_five_hidden_outcomes_of_the_region(
    demo: Session,
) -> None:
    """Both sides of each municipality, by every measure.

    The figures between the published years are smooth, so that coverage and connections are held
    more often, activation less often.
    """
    hits: list[bool] = []
    for measure in Measure:
        series: dict[tuple[str, bool], dict[date, list[int]]] = {}
        for one in progress(demo, ["10"], measure=measure):
            if one.day.year == TODAY.year or not one.share.known:
                continue
            side = one.municipality_code, one.fine_class is FineClass.outside
            pair = series.setdefault(side, {}).setdefault(one.day, [0, 0])
            pair[0] += one.share.numerator or 0
            pair[1] += one.share.denominator or 0
        for days in series.values():
            hits += backtest([Observation(day, Share(*pair)) for day, pair in days.items()])
    assert len(hits) == 4 * 5 * 2 * 2
    assert 0.70 <= sum(hits) / len(hits) <= 0.90
