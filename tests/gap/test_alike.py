"""Figures with unlike passports are never together without a warning, on pages and in files."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.database import data_version
from outreach.maturity.models import SurveyRound
from outreach.measures.rates import Counts
from tests import factories
from tests.gap.rows import DAY, place, publish
from tests.gap.test_pages import page, words_of
from tests.gap.test_reach import held
from tests.gap.test_reach import region as reach_region
from tests.gap.test_skills import region as surveyed_region
from tests.gap.test_why import table
from tests.maturity.making import answers, closed, mixed, survey_round

BEFORE = date(2024, 10, 1)
CARE = "Jämför med försiktighet."
REPORTED = (
    "Olika stor del av orterna har rapporterat: 1 oktober 2024 100,0 %, mot 50,0 % för "
    "1 oktober 2025."
)


@pytest.fixture
def late(session: Session) -> None:
    """All of Karlskrona reports on both dates, and Ronneby on the first alone."""
    for name, code, municipality in (("By", "1080", "Karlskrona"), ("Sen", "1081", "Ronneby")):
        village = place(session, name, municipality_code=code, municipality=municipality)
        is_late = code == "1081"
        publish(session, village, Counts(100, 50, 40, 30), on=BEFORE)
        publish(
            session,
            village,
            Counts(100, 50, 40, 30),
            reported_on=BEFORE if is_late else DAY,
        )


def test_the_gap_over_time_warns_of_dates_with_unlike_reporting(
    late: None, client: FlaskClient
) -> None:
    text = words_of(page(client, "/gap"))
    assert f"{CARE} {REPORTED}" in text
    assert "Karlskrona 100,0 %, Ronneby 0,0 %, mot 50,0 % för Blekinge län." in text


def test_a_difference_map_warns_and_so_do_its_files(late: None, client: FlaskClient) -> None:
    address = f"mode=change&before={BEFORE}"
    assert f"{CARE} {REPORTED}" in words_of(page(client, f"/gap/map?{address}"))
    assert "unlike" in table(client, f"/gap/map/changes.csv?{address}")[0]
    kept = client.get(f"/gap/map/changes.json?{address}").get_json()
    told = kept["facts"]["Jämför med försiktighet"].replace("\N{NO-BREAK SPACE}", " ")
    assert told.startswith(REPORTED)
    assert CARE in client.get(f"/gap/map/picture.svg?{address}").text


@pytest.mark.parametrize(
    ("address", "column", "unlike"),
    [
        ("/gap/series.csv", "date", {"2024-10-01": "reporting", "2025-10-01": ""}),
        ("/gap/municipalities.csv", "name", {"Karlskrona": "reporting", "Ronneby": "reporting"}),
        (f"/gap/why/causes.csv?from={BEFORE}", "area", {"10": "reporting"}),
        (
            f"/gap/why/municipalities.csv?from={BEFORE}",
            "name",
            {"Karlskrona": "", "Ronneby": "reporting"},
        ),
    ],
)
def test_a_file_says_of_each_row_what_is_unlike(
    late: None, client: FlaskClient, address: str, column: str, unlike: dict[str, str]
) -> None:
    assert {row[column]: row["unlike"] for row in table(client, address)} == unlike


def test_a_picture_that_is_saved_has_the_warning_in_it(late: None, client: FlaskClient) -> None:
    assert CARE in client.get("/gap/chart/series.svg").text
    assert CARE in client.get("/gap/chart/rank.svg").text


def test_a_profile_warns_beside_its_pictures_whatever_staff_write(
    late: None, client: FlaskClient
) -> None:
    text = words_of(client.get("/profiles/10").text)
    assert text.count(CARE) == 3


def test_alike_figures_are_not_warned_of(session: Session, client: FlaskClient) -> None:
    village = place(session)
    for day in (BEFORE, DAY):
        publish(session, village, Counts(100, 50, 40, 30), on=day)
    assert CARE not in words_of(page(client, "/gap"))
    assert CARE not in client.get("/gap/chart/series.svg").text


def test_a_series_of_surveys_with_unlike_questionnaires_is_warned_of(
    session: Session, client: FlaskClient
) -> None:
    villages = surveyed_region(session)
    newest = survey_round(session, date(2025, 9, 1))
    answers(session, newest, villages["Staden"], mixed(60, 40), fine_class="tatort_small")
    answers(session, newest, villages["Kunniga"], mixed(20, 10))
    closed(session, newest)
    told = "De är räknade på olika sätt: 1 september 2025, 15 mars 2025."
    assert told not in words_of(page(client, "/gap?measure=maturity"))
    session.get_one(SurveyRound, newest.id).questionnaire = newest.questionnaire + 1
    session.flush()
    data_version.bump(session, at=factories.NOW)
    assert f"{CARE} {told}" in words_of(page(client, "/gap?measure=maturity"))
    assert told in client.get("/gap/chart/series.svg?measure=maturity").text
    rows = table(client, "/gap/series.csv?measure=maturity")
    assert [row["unlike"] for row in rows] == ["definition", ""]
    assert f"{CARE} {told}" in words_of(page(client, "/gap/maturity"))
    rounds = table(client, "/gap/maturity/sides.csv")
    assert [(row["round"], row["unlike"]) for row in rounds if row["unlike"]] == [
        ("2025-03-15", "definition")
    ]


def test_a_ranking_of_reach_is_warned_of_where_few_villages_are_placed(
    session: Session, client: FlaskClient
) -> None:
    villages = reach_region(session)
    held(session, factories.organisation(session), villages["Staden"])
    village = place(session, "Utan läge", municipality_code="1081", municipality="Ronneby")
    village.point = None
    publish(session, village, Counts(100, 50, 40, 30))
    placed = place(session, "Med läge", municipality_code="1081", municipality="Ronneby")
    publish(session, placed, Counts(100, 50, 40, 30), inhabitants=100)
    text = words_of(page(client, "/gap?measure=reach"))
    assert f"{CARE} Läge och invånare är inte kända för lika stor del av orterna: " in text
    assert "Ronneby 50,0 %" in text


def test_the_days_of_maturity_and_connection_are_told_once(
    session: Session, client: FlaskClient
) -> None:
    surveyed_region(session)
    assert (
        "De kommer från olika källor: anslutna bostäder, från rapporter; digital mognad, från en "
        "enkät. Siffrorna är inte från samma dag: anslutna bostäder, från rapporter "
        "(1 oktober 2025); digital mognad, från en enkät (15 mars 2025)."
    ) in words_of(page(client, "/gap/maturity"))
