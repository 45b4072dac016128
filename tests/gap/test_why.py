"""Why it changed, as readers get it."""

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.database import data_version
from outreach.measures.rates import Counts
from tests import factories
from tests.gap.rows import DAY, TATORT, place, publish
from tests.gap.test_pages import page, words_of

BEFORE = date(2024, 10, 1)


def table(client: FlaskClient, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200, address
    return list(csv.DictReader(io.StringIO(response.get_data(as_text=True))))


def change(
    session: Session, before: Counts | None, after: Counts | None, *, name: str = "Byn"
) -> None:
    village = place(session, name)
    publish(session, village, before, on=BEFORE, register=100)
    publish(session, village, after, on=DAY, register=100)


def test_sixty_of_120_to_sixty_of_100_is_ten_points_with_no_new_connection(
    session: Session, client: FlaskClient
) -> None:
    change(session, Counts(120, 100, 60, 50), Counts(100, 100, 60, 50))
    text = words_of(page(client, "/gap/why?measure=connection_rate"))
    assert (
        "Anslutningsandelen i Blekinge län, alla orter, gick från 50,0 % den 1 oktober 2024 till "
        "60,0 % den 1 oktober 2025: +10,0 procentenheter. Allt kommer av antalet bostäder (+10,0). "
        "Ingen ny bostad har anslutits. Ingen siffra här har mer än en definition."
    ) in text
    # Where there is one definition its part is no 0: page, picture and file say so.
    assert "Definition en definition samma båda datumen" in text
    svg = client.get("/gap/why/chart/waterfall.svg?measure=connection_rate").text
    assert ">en definition<" in svg
    client.get("/language/en")
    english = words_of(page(client, "/gap/why?measure=connection_rate"))
    assert "+10.0 percentage points" in english
    assert "No new dwelling has been connected." in english
    row = table(client, "/gap/why/causes.csv?measure=connection_rate")[0]
    assert row["numerator_points"] == "0.0"
    assert (row["denominator_points"], row["definition_points"]) == ("10.0", "")
    assert (row["change_points"], row["added_numerator"]) == ("10.0", "0")


def test_a_village_that_begins_to_report_is_told_apart(
    session: Session, client: FlaskClient
) -> None:
    change(session, Counts(100, 50, 50, 40), Counts(100, 50, 50, 40))
    change(session, None, Counts(100, 100, 100, 90), name="Nya")
    row = table(client, "/gap/why/causes.csv?measure=connection_rate")[0]
    assert (row["reporting_points"], row["numerator_points"]) == ("25.0", "0.0")


def test_a_reclassified_village_moves_the_gap(session: Session, client: FlaskClient) -> None:
    town = place(session, "Staden", settlement_class=TATORT)
    for on in (BEFORE, DAY):
        publish(session, town, Counts(100, 80, 80, 70), on=on, settlement_class=TATORT)
    change(session, Counts(100, 50, 10, 5), Counts(100, 50, 10, 5))
    grows = place(session, "Växer")
    publish(session, grows, Counts(100, 90, 90, 80), on=BEFORE)
    publish(session, grows, Counts(100, 90, 90, 80), on=DAY, settlement_class=TATORT)
    row = table(client, "/gap/why/causes.csv?measure=connection_rate&group=gap")[0]
    # Rural from 50 to 10 %, urban from 80 to 85 %: the gap from -30 to -75 points.
    assert row["reclassified_points"] == "-45.0"
    assert (row["start_percent"], row["end_percent"]) == ("-30.0", "-75.0")
    assert "Själva klyftan" in page(client, "/gap/why?measure=connection_rate&group=gap")


def test_each_municipality_has_its_own_split(session: Session, client: FlaskClient) -> None:
    change(session, Counts(100, 50, 40, 30), Counts(100, 50, 50, 30))
    other = place(session, "Annan", municipality_code="1081", municipality="Ronneby")
    publish(session, other, Counts(100, 50, 20, 10), on=BEFORE)
    publish(session, other, Counts(100, 50, 50, 10), on=DAY)
    rows = table(client, "/gap/why/municipalities.csv?measure=connection_rate")
    assert [(row["name"], row["numerator_points"]) for row in rows] == [
        ("Karlskrona", "10.0"),
        ("Ronneby", "30.0"),
    ]
    text = words_of(page(client, "/gap/why?measure=connection_rate"))
    assert "Kommun för kommun" in text
    one = table(client, "/gap/why/causes.csv?area=1081&measure=connection_rate")[0]
    assert one["numerator_points"] == "30.0"


def test_dates_that_rest_on_unlike_reporting_are_warned_of(
    session: Session, client: FlaskClient
) -> None:
    change(session, Counts(100, 50, 40, 30), Counts(100, 50, 50, 30))
    late = place(session, "Sen")
    publish(session, late, Counts(100, 50, 40, 30), on=BEFORE)
    publish(session, late, Counts(100, 50, 40, 30), on=DAY, reported_on=BEFORE)
    text = words_of(page(client, "/gap/why"))
    told = (
        "Jämför med försiktighet. Olika stor del av orterna har rapporterat: 1 oktober 2024 "
        "100,0 %, mot 50,0 % för 1 oktober 2025."
    )
    assert told in text
    kept = client.get("/gap/why/causes.json").get_json()
    assert kept["facts"]["Jämför med försiktighet"].startswith("Olika stor del av orterna")
    svg = client.get("/gap/why/chart/waterfall.svg").text
    assert "Jämför med försiktighet." in svg


def test_one_date_alone_has_no_change(session: Session, client: FlaskClient) -> None:
    publish(session, place(session), None)
    assert "en förändring kräver två" in words_of(page(client, "/gap/why"))
    assert table(client, "/gap/why/causes.csv")[0]["change_points"] == ""
    assert client.get("/gap/why/chart/waterfall.svg").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/gap/why/chart/waterfall.svg",
        "/gap/why/chart/waterfall.png",
        "/gap/why/municipalities-excel.csv",
    ],
)
def test_its_files_are_served(session: Session, client: FlaskClient, address: str) -> None:
    change(session, Counts(100, 50, 40, 30), Counts(100, 50, 50, 30))
    response = client.get(address)
    assert response.status_code == 200
    assert (
        client.get(address, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
    )


@pytest.mark.parametrize(
    "address",
    [
        "/gap/nowhere/causes.csv",
        "/gap/why/nothing.csv",
        "/gap/why/chart/nothing.svg",
        "/gap/x/chart/y.svg",
    ],
)
def test_what_is_not_there_is_not_found(
    session: Session, client: FlaskClient, address: str
) -> None:
    change(session, Counts(100, 50, 40, 30), Counts(100, 50, 50, 30))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("room", ["why", "next", "spread", "forecast"])
def test_before_anything_is_published_each_page_says_so(client: FlaskClient, room: str) -> None:
    assert "Inga siffror är publicerade än" in page(client, f"/gap/{room}")


@pytest.mark.parametrize("room", ["why", "next", "spread", "forecast"])
def test_the_number_of_statements_does_not_grow_with_villages(
    session: Session,
    client: FlaskClient,
    statements: Callable[[Callable[[], object]], int],
    room: str,
) -> None:
    change(session, Counts(100, 50, 40, 30), Counts(100, 50, 50, 30))
    few = statements(lambda: client.get(f"/gap/{room}?scheme=scb"))
    for number in range(12):
        change(session, Counts(100, 50, 40, 30), Counts(100, 60, 50, 30), name=f"By {number}")
    data_version.bump(session, at=factories.NOW)
    assert statements(lambda: client.get(f"/gap/{room}?scheme=pts")) <= few
