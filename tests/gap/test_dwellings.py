"""Holiday homes beside permanent dwellings: chosen in the address, never added together."""

import csv
import io
import json
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.measures.classes import DwellingType
from outreach.measures.rates import Counts
from outreach.places.models import Village
from tests.gap.rows import DAY, TATORT, place, publish, town_and_country
from tests.gap.test_pages import page, words_of

HOLIDAY = DwellingType.holiday
PAGES = ("/gap", "/gap/map", "/gap/why", "/gap/next", "/gap/spread", "/gap/forecast")


@pytest.fixture
def homes(session: Session) -> tuple[Village, Village]:
    """Town 90 % and country 50 % passed of permanent ones; 50 % and 75 % of holiday homes."""
    town, country = town_and_country(session)
    publish(
        session,
        town,
        Counts(40, 20, 10, None),
        settlement_class=TATORT,
        inhabitants=4000,
        dwellings=HOLIDAY,
    )
    publish(session, country, Counts(80, 60, 30, None), dwellings=HOLIDAY)
    return town, country


def rows(client: FlaskClient, address: str) -> list[dict[str, str]]:
    """A CSV file's rows."""
    return list(csv.DictReader(io.StringIO(client.get(address).text)))


@pytest.mark.usefixtures("homes")
def test_the_gap_of_holiday_homes_is_theirs_alone(client: FlaskClient) -> None:
    text = words_of(page(client, "/gap?dwellings=holiday"))
    assert "Landsbygd 75,0 % Stad 50,0 %" in text
    assert "Utbyggnadsgrad (fritidshus)" in text
    assert "fritidshus som kan anslutas, av alla fritidshus" in text
    assert "hushåll" not in text.casefold()
    assert "Fritidshus räknas, där en förening rapporterar dem" in text
    assert "Landsbygd 50,0 % Stad 90,0 %" in words_of(page(client, "/gap"))


@pytest.mark.usefixtures("homes")
def test_how_much_of_all_holiday_homes_is_covered_is_unknown(client: FlaskClient) -> None:
    (row,) = rows(client, "/gap/municipalities.csv?dwellings=holiday")
    assert (row["all_numerator"], row["all_denominator"]) == ("80", "120")
    assert row["dwelling_type"] == "holiday"
    assert (row["all_covered_dwellings"], row["all_register_dwellings"]) == ("", "")


@pytest.mark.usefixtures("homes")
def test_the_maps_values_and_files_say_which_dwellings_they_are_of(client: FlaskClient) -> None:
    answer = client.get("/gap/villages.geojson?dwellings=holiday")
    collection = json.loads(answer.data)
    assert collection["dwelling_type"] == "holiday"
    passed = {
        one["properties"]["name"]: one["properties"]["homes_passed"]
        for one in collection["features"]
    }
    assert passed == {"Landet": 60, "Staden": 20}
    assert {one["properties"]["dwelling_type"] for one in collection["features"]} == {"holiday"}


@pytest.mark.usefixtures("homes")
@pytest.mark.parametrize("address", PAGES)
def test_every_page_of_the_gap_keeps_the_dwellings_in_its_links(
    client: FlaskClient, address: str
) -> None:
    html = page(client, f"{address}?dwellings=holiday")
    assert "dwellings=holiday" in html
    assert '<option value="holiday" selected>' in html
    assert "Fritidshus räknas, där en förening rapporterar dem" in words_of(html)


def test_without_any_report_of_holiday_homes_there_is_no_choice(
    session: Session, client: FlaskClient
) -> None:
    town_and_country(session)
    assert 'name="dwellings"' not in page(client, "/gap")
    answer = client.get("/gap?dwellings=holiday")
    assert (answer.status_code, answer.location) == (302, "/gap?adjusted=dwellings")


@pytest.mark.usefixtures("homes")
def test_what_is_measured_of_people_knows_no_dwellings(client: FlaskClient) -> None:
    answer = client.get("/gap?measure=reach&dwellings=holiday")
    assert answer.status_code == 302
    assert "dwellings=holiday" not in answer.location
    assert 'name="dwellings"' not in page(client, answer.location)


def test_few_holiday_homes_are_withheld_like_few_dwellings(
    session: Session, client: FlaskClient
) -> None:
    town_and_country(session)
    for number in range(5):
        village = place(session, f"Granne {number}")
        publish(session, village, Counts(100 + number, 70, 50, 40))
        publish(session, village, Counts(60 + number, 40, 20, None), dwellings=HOLIDAY)
    few = place(session, "Lilla")
    publish(session, few, Counts(100, 70, 50, 40))
    publish(session, few, Counts(60, 40, 3, None), dwellings=HOLIDAY)
    by_name = {one["name"]: one for one in rows(client, "/gap/villages.csv?dwellings=holiday")}
    assert by_name["Lilla"]["connected"] == ""
    assert by_name["Granne 1"]["homes_passed"] == "40"
    usual = {one["name"]: one for one in rows(client, "/gap/villages.csv")}
    assert usual["Lilla"]["connected"] == "50"


def test_dates_without_holiday_homes_are_not_offered(session: Session, client: FlaskClient) -> None:
    town, _ = town_and_country(session)
    publish(
        session, town, Counts(1000, 900, 700, 500), on=date(2024, 10, 1), settlement_class=TATORT
    )
    publish(session, town, Counts(40, 20, 10, None), settlement_class=TATORT, dwellings=HOLIDAY)
    assert '<option value="2024-10-01"' in page(client, "/gap")
    html = page(client, "/gap?dwellings=holiday")
    assert f'<option value="{DAY}"' in html
    assert '<option value="2024-10-01"' not in html
