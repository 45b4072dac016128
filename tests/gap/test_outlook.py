"""Where it heads, as readers get it."""

from datetime import date

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.measures.rates import Counts
from tests.gap.rows import place, publish
from tests.gap.test_pages import page, words_of
from tests.gap.test_why import table

PASSED = (120, 180, 260, 350, 450, 550, 640, 720)


def years(session: Session, count: int, *, name: str = "Byn") -> None:
    """A village whose network grows year by year from 2016."""
    village = place(session, name)
    for step, passed in enumerate(PASSED[:count]):
        publish(session, village, Counts(1000, passed, 10, None), on=date(2016 + step, 10, 1))


def test_fewer_than_four_dates_give_no_forecast_and_say_so(
    session: Session, client: FlaskClient
) -> None:
    years(session, 3)
    text = words_of(page(client, "/gap/forecast"))
    assert "Ingen prognos görs: det krävs minst 4 datum med siffror, och det finns 3." in text
    assert client.get("/gap/forecast/chart/fan.svg").status_code == 404
    assert {row["kind"] for row in table(client, "/gap/forecast/forecast.csv")} == {"counted"}


def test_the_goal_is_reached_within_a_range_of_years(session: Session, client: FlaskClient) -> None:
    years(session, 8)
    text = words_of(page(client, "/gap/forecast?goal=80"))
    assert "Utbyggnadsgraden i Blekinge län, alla orter, var 72,0 % den 1 oktober 2023." in text
    assert "nås målet 80 %" in text
    assert "Den bygger på 8 datum, 1 oktober 2016 till 1 oktober 2023." in text
    assert "En logistisk anslutningskurva på antal" in text
    assert "av 2 utfall" in text
    assert "i simulerade regioner 77 %" in text
    rows = table(client, "/gap/forecast/forecast.csv?goal=80")
    ahead = [row for row in rows if row["kind"] == "forecast"]
    assert ahead[0]["date"] == "2024-10-01"
    assert all(float(r["low"]) < float(r["share"]) < float(r["high"]) for r in ahead)


def test_a_goal_already_reached_is_said(session: Session, client: FlaskClient) -> None:
    years(session, 8)
    assert "Målet 70 % är redan nått." in words_of(page(client, "/gap/forecast?goal=70"))


def test_a_date_few_have_reported_for_is_left_out_and_named(
    session: Session, client: FlaskClient
) -> None:
    years(session, 5)
    for number in range(2):
        years(session, 5, name=f"By {number}")
        village = place(session, f"Sen {number}")
        last = Counts(1000, 450, 10, None)
        publish(session, village, last, on=date(2021, 10, 1), reported_on=date(2020, 10, 1))
    text = words_of(page(client, "/gap/forecast"))
    assert "har gjort det: 1 oktober 2021." in text
    assert "Den bygger på 5 datum" in text


def test_the_dates_end_with_the_one_chosen(session: Session, client: FlaskClient) -> None:
    years(session, 8)
    rows = table(client, "/gap/forecast/forecast.csv?date=2020-10-01")
    assert [row["date"] for row in rows if row["kind"] == "counted"][-1] == "2020-10-01"
    assert client.get("/gap/forecast/chart/fan.png?date=2020-10-01").status_code == 200


def test_the_measures_without_a_goal_of_their_own_have_the_projects(
    session: Session, client: FlaskClient
) -> None:
    years(session, 8)
    assert 'value="98" selected' in page(client, "/gap/forecast")
    assert 'value="90" selected' in page(client, "/gap/forecast?measure=take_up")
