"""What the pages of places show of the gap."""

from datetime import date

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from outreach.measures.rates import Counts
from tests import factories
from tests.gap.rows import place, publish, town_and_country
from tests.gap.test_pages import hidden_company, words_of
from tests.signing_in import sign_in


def village_page(client: FlaskClient, code: str) -> str:
    response = client.get(f"/places/villages/{code}")
    assert response.status_code == 200
    return words_of(response.text)


def test_a_villages_page_shows_its_rates_with_what_they_rest_on(
    session: Session, client: FlaskClient
) -> None:
    _, country = town_and_country(session)
    text = village_page(client, country.code)
    assert "Utbyggnadsgrad 50,0 % 100 av 200 bostäder" in text
    assert "Anslutningsgrad 80,0 % 80 av 100 bostäder som kan anslutas" in text


def test_a_villages_history_stands_as_a_table_beside_its_drawing(
    session: Session, client: FlaskClient
) -> None:
    village = place(session, "Byn")
    publish(session, village, Counts(200, 100, 80, 60), on=date(2024, 10, 1))
    publish(session, village, Counts(200, 150, 90, 70))
    text = village_page(client, village.code)
    assert "1 oktober 2024 200 100 80 50,0 %" in text
    assert "1 oktober 2025 200 150 90 75,0 %" in text


def test_an_older_figure_says_its_age(session: Session, client: FlaskClient) -> None:
    village = place(session, "Byn")
    publish(session, village, Counts(200, 100, 80, 60), reported_on=date(2024, 10, 1))
    assert "Den senaste rapporten är från 1 oktober 2024." in village_page(client, village.code)


def test_a_village_that_nobody_reports_for_says_so(session: Session, client: FlaskClient) -> None:
    village = place(session, "Byn")
    publish(session, village, None, is_expected=False, register=40)
    assert "Ingen förening väntas rapportera här." in village_page(client, village.code)


def test_a_village_too_small_to_show_is_shown_to_the_countys_staff(
    session: Session, client: FlaskClient
) -> None:
    hidden_company(session)
    small = place(session, "Minsta")
    publish(session, small, Counts(60, 40, 3, 2))
    hidden = "3 av 60 bostäder"
    assert hidden not in village_page(client, small.code)
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    text = village_page(client, small.code)
    assert hidden in text
    assert "Inte offentlig" in text


def test_a_municipalitys_page_shows_its_own_two_gaps(session: Session, client: FlaskClient) -> None:
    town_and_country(session)
    text = words_of(client.get("/places/municipalities/1080").text)
    assert "Stad och landsbygd här, 1 oktober 2025" in text
    assert "−40,0 procentenheter" in text
    assert "+13,3 procentenheter" in text


def test_places_without_published_figures_have_their_pages(
    session: Session, client: FlaskClient
) -> None:
    village = place(session, "Byn")
    assert "Fiber här" not in village_page(client, village.code)
    assert client.get("/places/municipalities/1080").status_code == 200
