"""The gap from published rows, on both databases: sums in SQL, division in Python."""

from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from outreach.extensions import db
from outreach.gap.disclosed import Audience, Disclosure
from outreach.gap.finding import find
from outreach.gap.queries.options import options
from outreach.gap.results import Advice, Direction, Findings
from outreach.gap.rules import Area, Choice, VillageState
from outreach.measures.classes import Scheme
from outreach.measures.disclosure import Withheld, WithheldCounts
from outreach.measures.rates import Counts, Measure, Share
from tests.gap.rows import DAY, OUTSIDE, SMAORT, TATORT, place, publish, town_and_country

NOTHING_WITHHELD = WithheldCounts.together(Withheld(frozenset(), frozenset()))


def found(
    session: Session,
    *,
    measure: Measure = Measure.coverage,
    scheme: Scheme = Scheme.pts,
    day: date = DAY,
    area: str = "10",
) -> Findings:
    place_ = options(session).area(area)
    assert isinstance(place_, Area)
    return find(
        session,
        Choice(measure, scheme, day, place_),
        audience=Audience.PUBLIC,
        disclosure=Disclosure(dict.fromkeys(place_.counties, NOTHING_WITHHELD)),
    )


def test_the_gap_is_rural_minus_urban_in_percentage_points(session: Session) -> None:
    town_and_country(session)
    build = found(session).build
    assert build.gap.points == pytest.approx(50 - 90)
    assert build.gap.ratio == pytest.approx(50 / 90)


def test_both_gaps_stand_side_by_side_whatever_measure_is_chosen(session: Session) -> None:
    town_and_country(session)
    findings = found(session, measure=Measure.activation)
    assert findings.take_up.gap.points == pytest.approx(80 - 100 * 600 / 900)
    assert findings.build.gap.points == pytest.approx(-40)
    assert findings.chosen.gap.rural.share == Share(60, 80)


def test_dwellings_to_close_and_the_gain_if_all_were_urban(session: Session) -> None:
    town_and_country(session)
    build = found(session).build
    # 90 % of 200 is 180, and 100 are passed; the whole area has 1000 of 1200.
    assert build.to_close == 80
    assert build.par == pytest.approx(90 - 100 * 1000 / 1200)


def test_schemes_divide_the_same_villages_otherwise(session: Session) -> None:
    town_and_country(session)
    hamlet = place(session, "Småorten", settlement_class=SMAORT)
    publish(session, hamlet, Counts(100, 70, 50, 40), settlement_class=SMAORT)
    assert found(session, scheme=Scheme.pts).build.gap.rural.share == Share(100, 200)
    assert found(session, scheme=Scheme.scb).build.gap.rural.share == Share(170, 300)
    assert found(session, scheme=Scheme.large).build.gap.urban.share == Share(900, 1000)


def test_an_urban_area_without_villages_has_no_gap_and_not_a_gap_of_zero(
    session: Session,
) -> None:
    publish(session, place(session), Counts(200, 100, 80, 60))
    findings = found(session)
    assert findings.build.gap.points is None
    assert findings.build.direction is Direction.UNKNOWN
    assert findings.advice is Advice.UNKNOWN


def test_nothing_passed_gives_no_take_up_rather_than_zero(session: Session) -> None:
    publish(session, place(session), Counts(50, 0, 0, None))
    findings = found(session, measure=Measure.take_up)
    assert findings.chosen.gap.rural.share == Share(0, 0)
    assert findings.chosen.gap.rural.share.value is None
    assert findings.villages[0].state is VillageState.UNDEFINED


def test_a_reported_zero_is_a_zero_and_a_blank_is_not(session: Session) -> None:
    publish(session, place(session, "Noll"), Counts(50, 0, 0, 0))
    publish(session, place(session, "Blank"), Counts(50, None, None, None))
    findings = found(session)
    assert [(v.name, v.state) for v in findings.villages] == [
        ("Blank", VillageState.NOT_SHOWN),
        ("Noll", VillageState.ZERO),
    ]
    assert findings.build.gap.rural.share == Share(0, 50)
    assert findings.build.gap.rural.villages == 1


def test_a_village_without_a_report_lowers_completeness_and_not_the_rate(
    session: Session,
) -> None:
    publish(session, place(session), Counts(200, 100, 80, 60))
    publish(session, place(session, "Tyst"), None, register=50)
    findings = found(session)
    assert findings.build.gap.rural.share == Share(100, 200)
    assert findings.reporting.completeness == Share(200, 250)
    assert findings.reporting.share == Share(1, 2)


def test_a_figure_carried_forward_counts_and_shows_its_age(session: Session) -> None:
    old = date(2024, 10, 1)
    publish(session, place(session), Counts(200, 100, 80, 60), reported_on=old)
    findings = found(session)
    village = findings.villages[0]
    assert (village.state, village.reported_on) == (VillageState.OVERDUE, old)
    assert findings.build.gap.rural.share == Share(100, 200)
    assert (findings.reporting.oldest, findings.reporting.reported) == (old, 0)


def test_nobody_is_expected_to_report_where_no_association_serves(session: Session) -> None:
    publish(session, place(session), None, is_expected=False, register=40)
    findings = found(session)
    assert findings.villages[0].state is VillageState.NOT_EXPECTED
    assert findings.villages[0].dwellings == 40
    assert findings.reporting.share == Share(0, 0)


def test_the_series_has_every_date_and_a_hole_where_nothing_is_known(session: Session) -> None:
    village = place(session)
    publish(session, village, Counts(200, 100, 80, 60), on=date(2023, 10, 1))
    publish(session, village, None, on=date(2024, 10, 1), register=200)
    publish(session, village, Counts(200, 150, 80, 60))
    rural = [(point.day.year, point.rural.value) for point in found(session).series]
    assert rural == [(2023, 0.5), (2024, None), (2025, 0.75)]


def test_an_area_of_several_counties_sums_their_counts(session: Session) -> None:
    town_and_country(session)
    other = place(session, "Ryd", municipality_code="0763", municipality="Tingsryd")
    publish(session, other, Counts(100, 80, 60, 40))
    assert found(session, area="all").build.gap.rural.share == Share(180, 300)
    assert found(session, area="0763").build.gap.rural.share == Share(80, 100)
    assert found(session, area="10").build.gap.rural.share == Share(100, 200)


def test_municipalities_have_both_sides_of_their_own(session: Session) -> None:
    town_and_country(session)
    other = place(session, "Byn", municipality_code="1081", municipality="Ronneby")
    publish(session, other, Counts(100, 80, 60, 40))
    karlskrona, ronneby = found(session).municipalities
    assert (karlskrona.name, karlskrona.rural.share) == ("Karlskrona", Share(100, 200))
    assert karlskrona.points == pytest.approx(-40)
    assert (ronneby.name, ronneby.urban.share.value, ronneby.points) == ("Ronneby", None, None)


def test_a_village_without_a_class_counts_in_the_whole_and_on_no_side(session: Session) -> None:
    town_and_country(session)
    publish(session, place(session), Counts(100, 100, 50, 50), settlement_class=None)
    findings = found(session)
    assert findings.build.whole.share == Share(1100, 1300)
    assert findings.build.gap.rural.share == Share(100, 200)


@pytest.mark.parametrize(
    ("rural", "advice"),
    [
        (Counts(200, 100, 80, 60), Advice.BUILD),
        (Counts(200, 180, 60, 60), Advice.TALK),
        (Counts(200, 100, 40, 30), Advice.BOTH),
        (Counts(200, 181, 130, 90), Advice.NEITHER),
    ],
)
def test_the_two_gaps_say_whether_to_dig_or_to_talk(
    session: Session, rural: Counts, advice: Advice
) -> None:
    town = place(session, settlement_class=TATORT)
    publish(session, town, Counts(1000, 900, 600, 500), settlement_class=TATORT)
    publish(session, place(session), rural, settlement_class=OUTSIDE)
    assert found(session).advice is advice


def test_no_more_statements_are_sent_for_more_villages(session: Session) -> None:
    def statements() -> int:
        sent: list[str] = []

        def note(*arguments: object) -> None:
            sent.append(str(arguments[2]))

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            found(session)
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        return len(sent)

    town_and_country(session)
    few = statements()
    for _ in range(20):
        town_and_country(session)
    session.flush()
    assert statements() == few
