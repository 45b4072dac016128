"""How unequal, as readers get it."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.measures.rates import Counts
from tests.factories import At
from tests.gap.rows import place, publish
from tests.gap.test_pages import hidden_company, page, words_of
from tests.gap.test_why import table


def halves(session: Session) -> None:
    """A grid of villages, connected in the west and not in the east, in two municipalities."""
    for east in range(6):
        for north in range(5):
            is_west = east < 3
            village = place(
                session,
                f"By {east} {north}",
                municipality_code="1080" if is_west else "1081",
                municipality="Karlskrona" if is_west else "Ronneby",
                at=At(500_000 + 1_000 * east, 6_240_000 + 1_000 * north),
            )
            connected = 90 if is_west else 30
            publish(session, village, Counts(100, 95, connected, None))


def test_the_plain_sentence_says_what_the_half_behind_has(
    session: Session, client: FlaskClient
) -> None:
    halves(session)
    text = words_of(page(client, "/gap/spread?measure=connection_rate"))
    # 15 villages with 30 of 100 each have 450 of 1 800.
    assert "i orterna längst efter har 25,0 % av alla anslutna bostäder" in text
    assert "100,0 % mellan kommuner" in text
    assert "Gini 0,25" in text
    assert "30 av 30 orter är med" in text


def test_between_and_within_add_up_in_the_file(session: Session, client: FlaskClient) -> None:
    halves(session)
    rows = table(client, "/gap/spread/theil.csv?measure=connection_rate")
    whole = {row["by"]: row for row in rows if row["group"] == "all"}
    assert set(whole) == {"municipality", "class"}
    for row in whole.values():
        parts = float(row["between"]) + float(row["within"])
        assert parts == pytest.approx(float(row["theil"]), abs=2e-6)
    # ln 1.5 · 3/4 + ln 0.5 / 4
    assert float(whole["municipality"]["theil"]) == pytest.approx(0.130812, abs=1e-6)


def test_villages_alike_near_each_other_are_told_with_care(
    session: Session, client: FlaskClient
) -> None:
    halves(session)
    text = words_of(page(client, "/gap/spread?measure=connection_rate"))
    assert "Orter nära varandra är mer lika än slumpen brukar göra dem" in text
    assert "Varför framgår inte av detta." in text
    assert "kan vara slump" in text
    rows = table(client, "/gap/spread/clusters.csv?measure=connection_rate")
    assert {row["cluster"] for row in rows} <= {"high", "low", "none"}
    assert {row["cluster"] for row in rows} >= {"high", "low"}


def test_few_villages_have_no_pattern(session: Session, client: FlaskClient) -> None:
    publish(session, place(session), Counts(100, 95, 90, None))
    text = words_of(page(client, "/gap/spread"))
    assert "det krävs minst 20 orter" in text
    assert client.get("/gap/spread/chart/clusters.svg").status_code == 404
    assert table(client, "/gap/spread/clusters.csv") == []


def test_nothing_counted_has_no_curve(session: Session, client: FlaskClient) -> None:
    publish(session, place(session), None)
    assert "går inte att säga: inget är räknat" in words_of(page(client, "/gap/spread"))
    assert table(client, "/gap/spread/lorenz.csv") == []
    assert client.get("/gap/spread/chart/lorenz.svg").status_code == 404


def test_withheld_villages_take_no_part(session: Session, client: FlaskClient) -> None:
    hidden_company(session)
    text = words_of(page(client, "/gap/spread?measure=connection_rate"))
    assert "av 6 orter är med" in text
    assert "6 av 6" not in text


@pytest.mark.parametrize(
    "name", ["chart/lorenz.svg", "chart/lorenz.png", "chart/clusters.svg", "clusters-excel.csv"]
)
def test_its_files_are_served(session: Session, client: FlaskClient, name: str) -> None:
    halves(session)
    assert client.get(f"/gap/spread/{name}?measure=connection_rate").status_code == 200
