"""The public pages of closed rounds: exact figures, what is withheld, and nothing of open ones."""

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.maturity.queries.rounds import RoundRow
from outreach.measures.maturity import AgeGroup, Level
from tests import factories
from tests.maturity.making import answers, closed, mixed, survey_round


def table(client: FlaskClient, of: RoundRow, name: str) -> list[dict[str, str]]:
    """A table's rows by the Swedish names of its columns."""
    text = client.get(f"/maturity/{of.id}/{name}-excel.csv").data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_an_open_round_shows_nothing(client: FlaskClient, session: Session) -> None:
    opened = survey_round(session)
    answers(session, opened, factories.village(session), mixed(20, 20))
    assert client.get("/maturity").status_code == 200
    assert client.get(f"/maturity?round={opened.id}").status_code == 404
    assert client.get(f"/maturity/{opened.id}/villages.csv").status_code == 404
    assert client.get(f"/maturity/{opened.id}/secrets.csv").status_code == 404


@pytest.fixture
def surveyed(session: Session) -> RoundRow:
    """Two villages: 30 of 50 at least basic, and 20 of 40; 5 not assessed in each."""
    opened = survey_round(session)
    north, south = factories.village(session, "Norrby"), factories.village(session, "Söderby")
    answers(session, opened, north, mixed(30, 15, 5))
    answers(session, opened, south, mixed(20, 15, 5), age=AgeGroup.from_65)
    closed(session, opened)
    return opened


def test_shares_are_given_of_all_and_of_those_assessed(
    client: FlaskClient, surveyed: RoundRow
) -> None:
    county = table(client, surveyed, "municipalities")[0]
    assert (county["Svar"], county["Minst grundläggande"]) == ("90", "50")
    assert county["Andel av alla"] == repr(50 / 90).replace(".", ",")
    assert (county["Bedömda"], county["Andel av bedömda"]) == ("80", "0,625")


def test_the_page_says_how_to_read_it(client: FlaskClient, surveyed: RoundRow) -> None:
    page = client.get("/maturity").text
    for words in ("55,6", "90 svar", "Läs med eftertanke", "Sverige 2023", "80", "svarat"):
        assert words in page
    assert client.get("/maturity", headers={"Cookie": "language=en"}).status_code == 200


def test_villages_stand_raw_and_drawn_with_their_rank(
    client: FlaskClient, surveyed: RoundRow
) -> None:
    rows = table(client, surveyed, "villages")
    assert [(row["Ort"], row["Svar"], row["Andel av alla"], row["Plats"]) for row in rows] == [
        ("Norrby", "50", "0,6", "1"),
        ("Söderby", "40", "0,5", "2"),
    ]
    drawn = [float(row["Dragen mot kommunen"].replace(",", ".")) for row in rows]
    assert drawn == [50 / 90, 50 / 90], "they differ no more than by chance"


def test_levels_that_are_few_stand_with_their_neighbours(
    client: FlaskClient, session: Session
) -> None:
    """3 at narrow are too few: they stand with limited, which nobody is at."""
    opened = survey_round(session)
    answers(session, opened, factories.village(session), [*mixed(20, 20, 9), *[Level.narrow] * 3])
    closed(session, opened)
    rows = {row["Nivå"]: row["Personer"] for row in table(client, opened, "levels")}
    assert 3 not in {int(number) for number in rows.values()}
    assert sum(map(int, rows.values())) == 52


def test_ages_and_areas_are_given_for_the_county(client: FlaskClient, surveyed: RoundRow) -> None:
    ages = [row for row in table(client, surveyed, "ages") if row["Plats"] == "Blekinge län"]
    assert [(row["Ålder"], row["Svar"]) for row in ages] == [("25–44", "50"), ("65–79", "40")]
    areas = table(client, surveyed, "areas")
    shown = {row["Område"]: row["Minst grundläggande"] for row in areas if row["Sverige"]}
    assert (shown["Information och data"], shown["Säkerhet"]) == ("80", "50")


def test_a_small_village_is_withheld_with_another(client: FlaskClient, session: Session) -> None:
    """Three of four answers at basic; without company it would be the total less the others."""
    opened = survey_round(session)
    for name, counts in {"A": (30, 20), "B": (25, 25), "C": (9, 8), "D": (3, 1)}.items():
        answers(session, opened, factories.village(session, name), mixed(*counts))
    closed(session, opened)
    shown = {row["Ort"] for row in table(client, opened, "villages")}
    assert "D" not in shown
    assert len({"A", "B", "C"} - shown) >= 1
    assert table(client, opened, "municipalities")[0]["Svar"] == "121"


def test_the_change_since_the_round_before_is_in_points(
    client: FlaskClient, session: Session
) -> None:
    village = factories.village(session)
    for day, counts in ((date(2025, 3, 15), (20, 20)), (date(2026, 3, 15), (30, 10))):
        made = survey_round(session, day)
        answers(session, made, village, mixed(*counts))
        closed(session, made)
    assert "+25,0" in client.get("/maturity").text


def test_the_page_asks_no_more_for_more_villages(
    client: FlaskClient, session: Session, statements: Callable[[Callable[[], object]], int]
) -> None:
    counts = []
    for year, villages in ((2024, 2), (2025, 12)):
        made = survey_round(session, date(year, 3, 15))
        for _ in range(villages):
            answers(session, made, factories.village(session), mixed(10, 10))
        closed(session, made)
        counts.append(statements(lambda made=made: client.get(f"/maturity?round={made.id}")))
    assert counts[0] == counts[1]
