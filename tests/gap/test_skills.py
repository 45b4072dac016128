"""Maturity beside the connection, and where civil society is asked to go."""

from datetime import date

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.measures.rates import Counts
from outreach.places.models import Village
from tests import factories
from tests.factories import At
from tests.gap.rows import TATORT, place, publish
from tests.gap.test_pages import page, words_of
from tests.gap.test_reach import held
from tests.gap.test_why import table
from tests.maturity.making import answers, closed, mixed, survey_round

BEFORE = date(2025, 3, 15)


def region(session: Session) -> dict[str, Village]:
    """A town and three villages 30 km apart; what is connected and who has basic skills:

    Staden 90 % and 80 of 100, Anslutna 80 % and 10 of 40, Kunniga 30 % and 34 of 40, and Omätta,
    connected and never asked.
    """
    found = {}
    survey = survey_round(session, BEFORE)
    for place_in_row, (name, connected, basic, low) in enumerate(
        (
            ("Staden", 90, 80, 20),
            ("Anslutna", 80, 10, 30),
            ("Kunniga", 30, 34, 6),
            ("Omätta", 80, 0, 0),
        )
    ):
        is_town = name == "Staden"
        settlement = {"settlement_class": TATORT} if is_town else {}
        village = place(session, name, at=At(500_000 + 30_000 * place_in_row), **settlement)
        publish(session, village, Counts(100, 95, connected, None), inhabitants=300, **settlement)
        answers(
            session,
            survey,
            village,
            mixed(basic, low),
            fine_class="tatort_small" if is_town else "outside",
        )
        found[name] = village
    closed(session, survey)
    return found


def test_both_sides_are_told_with_their_answers(session: Session, client: FlaskClient) -> None:
    region(session)
    text = words_of(page(client, "/gap/maturity"))
    # 44 of 80 in the countryside, 80 of 100 in towns.
    assert (
        "I Blekinge län har 55,0 % av dem som svarade på landsbygden och 80,0 % i tätorter minst "
        "grundläggande digitala kunskaper. Landsbygden ligger 25,0 procentenheter efter."
    ) in text
    row = table(client, "/gap/maturity/sides.csv")[0]
    assert (row["rural_answers"], row["urban_answers"], row["gap_points"]) == ("80", "100", "-25.0")
    assert float(row["gap_low"]) < -25 < float(row["gap_high"]) < 0


def test_villages_stand_in_four_corners_and_those_not_measured_in_none(
    session: Session, client: FlaskClient
) -> None:
    region(session)
    corners = {row["name"]: row["corner"] for row in table(client, "/gap/maturity/corners.csv")}
    assert corners == {
        "Staden": "both",
        "Anslutna": "connected_only",
        "Kunniga": "skilled_only",
    }
    drawn = page(client, "/gap/maturity")
    assert "<title>Anslutna: 80,0 % anslutna," in drawn.replace("\xa0", " ")
    assert "Omätta" not in drawn


def test_before_the_first_round_nothing_is_told(session: Session, client: FlaskClient) -> None:
    village = place(session)
    publish(session, village, Counts(100, 95, 80, None))
    assert "hade inte mätts då" in words_of(page(client, "/gap/maturity"))


def test_civil_society_is_sent_where_skills_or_sessions_are_missing(
    session: Session, client: FlaskClient
) -> None:
    villages = region(session)
    held(session, factories.organisation(session), villages["Staden"])
    rows = table(client, "/gap/next/training.csv?for=civil_society")
    assert [(row["name"], row["reasons"]) for row in rows] == [
        ("Anslutna", "low_maturity out_of_reach"),
        ("Omätta", "out_of_reach"),
    ]
    assert {row["source"] for row in rows} == {"association_report survey session_log"}
    text = words_of(page(client, "/gap/next?for=civil_society"))
    assert "Börja i Anslutna (300 invånare)." in text


def test_without_a_log_no_village_is_said_to_lack_sessions(
    session: Session, client: FlaskClient
) -> None:
    region(session)
    rows = table(client, "/gap/next/training.csv?for=civil_society")
    assert [(row["name"], row["reasons"]) for row in rows] == [("Anslutna", "low_maturity")]
