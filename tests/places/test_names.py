"""Two municipalities of one name are told apart by their counties, wherever they stand."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.measures.rates import Counts
from tests import factories
from tests.gap.rows import OUTSIDE, TATORT, place, publish

ONE, OTHER = "Håby (Blekinge län)", "Håby (Kronobergs län)"


@pytest.fixture
def namesakes(session: Session, client: FlaskClient) -> FlaskClient:
    """Two municipalities called Håby with a town and a village each, and one with its own name."""
    factories.county(session, "10", name="Blekinge län")
    factories.county(session, "07", name="Kronobergs län")
    for code, name in (("1080", "Håby"), ("0780", "Håby"), ("0760", "Uppvidinge")):
        for settlement_class, passed in ((TATORT, 800), (OUTSIDE, 400 + int(code[:2]))):
            village = place(
                session,
                f"{settlement_class} {code}",
                settlement_class=settlement_class,
                municipality_code=code,
                municipality=name,
            )
            counts = Counts(1000, passed, 300, 100)
            publish(session, village, counts, settlement_class=settlement_class)
    session.flush()
    return client


@pytest.mark.parametrize(
    "address",
    [
        "/gap?area=all",
        "/gap/chart/rank.svg?area=all",
        "/gap/municipalities.csv?area=all",
        "/gap/why/municipalities.csv?area=all",
        "/gap/next?area=all",
        "/official",
        "/profiles",
        "/places",
    ],
)
def test_they_bear_their_counties_names(namesakes: FlaskClient, address: str) -> None:
    answer = namesakes.get(address, follow_redirects=True)
    assert answer.status_code == 200
    text = answer.text
    assert (ONE in text, OTHER in text) == (True, True)
    assert "Uppvidinge (" not in text


def test_one_of_a_name_of_its_own_has_it_alone(session: Session, client: FlaskClient) -> None:
    publish(session, place(session, settlement_class=TATORT), Counts(1000, 800, 300, 100))
    assert "Karlskrona (" not in client.get("/gap").text
