"""Unusual growth: against the village's own history and villages like it, in form and review."""

import time
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from outreach.associations.models import Association
from outreach.connections.commands.publish import rebuild
from outreach.connections.queries.usual import usual_growth
from outreach.connections.rules import (
    CountEntry,
    CountField,
    CountFigures,
    Known,
    ReportState,
    UsualGrowth,
)
from outreach.measures.outliers import usual
from outreach.places.models import Village
from tests import factories
from tests.connections.making import PERMANENT, Counts, approved, report, version
from tests.factories import NOW
from tests.signing_in import sign_in

CONNECTED = CountField.CONNECTED
THIS = date(2026, 10, 1)


def doubted(connected: int, known: Known, *, passed: int | None = None) -> list[tuple[str, object]]:
    figures = CountFigures(homes_passed=passed, connected=connected)
    doubts = CountEntry(1, PERMANENT, figures).doubts(known)
    return [(rule.code, rule.facts) for rule in doubts]


def known(*, own: list[int] | None = None, similar: list[int] | None = None) -> Known:
    growth = UsualGrowth(usual(own or []), usual(similar or []))
    return Known(CountFigures(connected=60), usual={CONNECTED: growth})


def test_growth_far_from_the_villages_own_asks_with_the_numbers() -> None:
    # Median 2, MAD 1: z = 0.6745 · (40 - 2) / 1 = 25.6.
    facts = {"before": 60, "after": 100, "grown": 40, "own_low": 1, "own_high": 3, "own_z": 25.6}
    assert doubted(100, known(own=[0, 1, 2, 3, 4])) == [("jump_own", facts)]


def test_growth_is_unusual_when_either_yardstick_says_so() -> None:
    both = known(own=[30, 35, 40, 45, 50], similar=[1, 2, 3, 4, 5])
    [(code, facts)] = doubted(100, both)
    # Own: median 40, so 0. Similar: median 3, MAD 1, 0.6745 · 37.
    assert code == "jump_own_similar"
    assert isinstance(facts, dict)
    assert (facts["own_z"], facts["similar_z"]) == (0.0, 25.0)


def test_growth_as_usual_asks_nothing_though_it_is_more_than_a_fifth() -> None:
    assert doubted(100, known(own=[30, 35, 40, 45, 50], similar=[20, 30, 40, 50, 60])) == []


def test_ten_homes_are_never_a_jump() -> None:
    assert doubted(70, known(own=[0, 0, 0, 0, 0])) == []
    assert [code for code, _ in doubted(71, known(own=[0, 0, 0, 0, 0]))] == ["jump_own"]


def test_too_short_a_history_falls_back_on_the_share() -> None:
    assert [code for code, _ in doubted(100, known(own=[1, 2, 3, 4]))] == ["jump"]


@pytest.mark.parametrize(("connected", "asked"), [(70, []), (71, ["outpaced"])])
def test_more_connected_than_passed_asks_beyond_ten_homes(connected: int, asked: list[str]) -> None:
    last = Known(CountFigures(homes_passed=100, connected=60), usual=known(own=[10] * 5).usual)
    found = doubted(connected, last, passed=100)
    assert [code for code, _ in found if code == "outpaced"] == asked


@pytest.mark.parametrize(("connected", "asked"), [(1_100, []), (1_101, ["outpaced"])])
def test_in_a_large_village_a_fifth_of_those_who_waited_may_connect(
    connected: int, asked: list[str]
) -> None:
    # 1 500 passed and 1 000 connected: 500 waited, of whom 100 may connect beside the newly passed.
    last = Known(CountFigures(homes_passed=1_500, connected=1_000), usual=known(own=[99] * 5).usual)
    found = [one for one in doubted(connected, last, passed=1_500) if one[0] == "outpaced"]
    assert [code for code, _ in found] == asked
    if found:
        assert found[0][1] == {"connected": 101, "passed": 0, "left": 500}


def test_connected_may_grow_with_what_is_newly_passed() -> None:
    last = Known(CountFigures(homes_passed=100, connected=60), usual=known(own=[50] * 5).usual)
    assert doubted(110, last, passed=150) == [("jump", {"before": 100, "after": 150})]


@pytest.fixture
def places(session: Session) -> list[Village]:
    return [factories.village(session, f"By {number}", dwellings=100) for number in range(7)]


@pytest.fixture
def association(session: Session, places: list[Village]) -> Association:
    """Six years in which the first village grew by 1, 2, 3, 2, 1, and the others by 4 to 9."""
    made = factories.association(session, "Åby Fiber", serving=places)
    for year, own in zip(range(2020, 2026), (40, 41, 43, 46, 48, 49), strict=True):
        of_year = factories.reporting_round(session, date(year, 10, 1))
        counts = [(places[0], Counts(100, 90, own, None))]
        counts += [
            (place, Counts(100, 90, 20 + (year - 2020) * (3 + number), None))
            for number, place in enumerate(places[1:], start=1)
        ]
        approved(session, made, of_year, counts=counts)
    rebuild(
        session,
        village_ids={place.id for place in places},
        since=date(2020, 10, 1),
        carry_forward_months=24,
        at=NOW,
    )
    return made


def test_what_is_usual_is_read_from_approved_and_published_figures(
    session: Session, association: Association, places: list[Village]
) -> None:
    found = usual_growth(
        session, association.id, before=THIS, villages=[place.id for place in places]
    )
    growth = found[places[0].id, PERMANENT][CONNECTED]
    assert growth.own is not None
    assert growth.similar is not None
    # Own 1, 2, 3, 2, 1. Others: six villages, two steps each of 4, 5, 6, 7, 8, 9.
    assert (growth.own.points, growth.own.median) == (5, 2)
    assert (growth.similar.points, growth.similar.median) == (12, 6.5)


def test_villages_of_another_size_are_not_similar(
    session: Session, association: Association
) -> None:
    town = factories.village(session, "Staden", dwellings=900)
    assert town.id not in {
        key[0]
        for key, growth in usual_growth(
            session, association.id, before=THIS, villages=[town.id]
        ).items()
        if growth[CONNECTED].similar
    }


def test_fewer_than_five_other_villages_tell_nothing(
    session: Session, association: Association, places: list[Village]
) -> None:
    for place in places[5:]:
        factories.municipality(session, "0780", name="Växjö")
        place.municipality_code = "0780"
    session.flush()
    rebuild(
        session,
        village_ids={place.id for place in places},
        since=date(2020, 10, 1),
        carry_forward_months=24,
        at=NOW,
    )
    found = usual_growth(session, association.id, before=THIS, villages=[places[0].id])
    assert found[places[0].id, PERMANENT][CONNECTED].similar is None


def test_reading_what_is_usual_takes_two_statements_and_little_time(
    session: Session,
    association: Association,
    places: list[Village],
    statements: Callable[[Callable[[], object]], int],
) -> None:
    def read(count: int) -> None:
        ids = [place.id for place in places[:count]]
        usual_growth(session, association.id, before=THIS, villages=ids)

    assert [statements(lambda: read(1)), statements(lambda: read(7))] == [2, 2]
    started = time.perf_counter()
    read(7)
    assert time.perf_counter() - started < 0.25


def test_the_reviewer_sees_the_warning_with_its_numbers_and_the_reason(
    session: Session, client: FlaskClient, association: Association, places: list[Village]
) -> None:
    made = version(
        session,
        report(session, association, factories.reporting_round(session)),
        counts=[(places[0], Counts(100, 90, 89, None))],
        state=ReportState.SUBMITTED,
    )
    made.counts[0].reason = "Hela Norra vägen anslöts"
    session.flush()
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    page = client.get(f"/review/{made.id}").text
    assert "49 förra gången, nu 89: 40 fler. Orten brukar öka med 1–2" in page
    assert "z = 25,6" in page
    assert "Anslutna. 49 förra gången, nu 89" in page
    assert "40 fler anslutna, medan antalet som kan anslutas ändrades med 0." in page
    assert "Hela Norra vägen anslöts" in page


def test_the_form_asks_why_with_the_same_numbers(
    session: Session, client: FlaskClient, association: Association, places: list[Village]
) -> None:
    factories.reporting_round(session)
    sign_in(
        client,
        factories.user(session, RoleName.ASSOCIATION_REPORTER, associations=(association.id,)),
    )
    page = client.get(f"/reports/{association.id}/2026-10-01").text
    assert "data-usual" in page
    assert "&#34;own&#34;:" in page
