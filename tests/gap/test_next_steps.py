"""What next, as readers get it: the ranked list, the cheapest half, and villages to try out."""

import re

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from outreach.measures.rates import Counts
from tests import factories
from tests.gap.rows import TATORT, place, publish
from tests.gap.test_pages import hidden_company, page, words_of
from tests.gap.test_why import table
from tests.signing_in import sign_in


def region(session: Session) -> dict[str, str]:
    """The villages of the measures' own test; their codes by name."""
    town = place(session, "Staden", settlement_class=TATORT)
    publish(session, town, Counts(1000, 900, 600, None), settlement_class=TATORT)
    codes = {}
    for name, counts in (
        ("Ala", Counts(100, 60, 20, None)),
        ("By", Counts(50, 50, 30, None)),
        ("Ceby", Counts(50, 10, 10, None)),
    ):
        village = place(session, name)
        publish(session, village, counts)
        codes[name] = village.code
    return codes


def test_the_ranking_differs_for_associations_and_funders(
    session: Session, client: FlaskClient
) -> None:
    region(session)
    talk = table(client, "/gap/next/actions.csv?for=associations")
    assert [(row["name"], row["dwellings"]) for row in talk] == [
        ("Staden", "300"),
        ("Ala", "40"),
        ("By", "20"),
    ]
    build = table(client, "/gap/next/actions.csv?for=funders")
    assert [(row["name"], row["dwellings"]) for row in build] == [
        ("Staden", "100"),
        ("Ceby", "40"),
        ("Ala", "40"),
    ]
    # Coverage: from 120 to 160 of 200 against 90 %.
    assert (build[1]["coverage_gap_before"], build[1]["coverage_gap_after"]) == ("-30.0", "-10.0")


def test_who_can_act_follows_the_measure_unless_it_is_asked(
    session: Session, client: FlaskClient
) -> None:
    region(session)
    assert "har inget nät inom räckhåll, flest i Staden (100)" in words_of(
        page(client, "/gap/next")
    )
    take_up = words_of(page(client, "/gap/next?measure=take_up"))
    assert (
        "360 bostäder i Blekinge län kan anslutas men är det inte, flest i Staden (300)" in take_up
    )


def test_the_cheapest_set_that_halves_the_gap_is_named(
    session: Session, client: FlaskClient
) -> None:
    region(session)
    text = words_of(page(client, "/gap/next?for=associations"))
    assert "1 ort räcker för att stänga halva anslutningsklyftan: 20 bostäder." in text
    assert "Minst 10 bostäder behövs." in text
    assert "(löst exakt)" in text
    assert [row["name"] for row in table(client, "/gap/next/half.csv?for=associations")] == ["By"]


def test_ticked_villages_move_both_gaps_and_stand_in_the_address(
    session: Session, client: FlaskClient
) -> None:
    codes = region(session)
    ticked = f"village={codes['Ala']}&village={codes['Ceby']}"
    response = client.get(f"/gap/next?for=funders&{ticked}")
    assert response.status_code == 302
    assert f"villages={codes['Ala']}~{codes['Ceby']}" in response.location
    answer = client.get(response.location)
    assert "no-store" in answer.headers["Cache-Control"]
    text = words_of(answer.get_data(as_text=True))
    # All 200 rural dwellings passed against 90 %; 60 of 200 against 600 of 900 connected.
    assert (
        "Med de 2 orter du har bockat för (80 bostäder) går utbyggnadsklyftan från −30,0 till "
        "+10,0 och anslutningsklyftan från −16,7 till −36,7 procentenheter."
    ) in text
    checked = re.findall(r'value="([^"]+)" id="v-[^"]+" checked', answer.get_data(as_text=True))
    assert sorted(checked) == sorted([codes["Ala"], codes["Ceby"]])


def test_villages_nobody_knows_and_broken_lists_are_left_out(
    session: Session, client: FlaskClient
) -> None:
    region(session)
    text = words_of(page(client, "/gap/next?villages=9999-ingenstans"))
    assert "Bocka för orter i tabellen" in text
    assert client.get("/gap/next?villages=%22%3E%3Cscript").status_code == 302


def test_no_half_is_offered_where_the_countryside_leads(
    session: Session, client: FlaskClient
) -> None:
    town = place(session, "Staden", settlement_class=TATORT)
    publish(session, town, Counts(1000, 500, 100, None), settlement_class=TATORT)
    publish(session, place(session), Counts(100, 90, 80, None))
    text = words_of(page(client, "/gap/next?for=associations"))
    assert "Landsbygden ligger inte efter" in text
    assert "Den billigaste halvan" not in text


def test_withheld_villages_are_on_the_staffs_list_only(
    session: Session, client: FlaskClient
) -> None:
    hidden_company(session)
    address = "/gap/next/actions.csv?for=associations"
    assert "Lilla" not in {row["name"] for row in table(client, address)}
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    assert "Lilla" in {row["name"] for row in table(client, f"{address}&view=internal")}
    html = page(client, "/gap/next?for=associations")
    assert "Lilla" in html
    assert "Intern vy, inte för publicering" in html
    assert "Lilla" not in page(client, "/gap/next?for=associations&view=public")


def test_nothing_left_to_do_is_said(session: Session, client: FlaskClient) -> None:
    publish(session, place(session), Counts(50, 50, 50, None))
    assert "Det finns inget kvar att göra" in words_of(page(client, "/gap/next"))


def test_the_sentence_has_the_areas_number_also_where_a_village_is_not_shown(
    session: Session, client: FlaskClient
) -> None:
    region(session)
    # Two dwellings are left in each: too few to show, but part of the published sum.
    for name in ("Liten", "Mindre", "Minst"):
        publish(session, place(session, name), Counts(100, 98, 90, 80), register=100)
    listed = table(client, "/gap/next/actions.csv?for=funders")
    assert sum(int(row["dwellings"]) for row in listed) == 180
    whole = table(client, "/gap/gaps.csv?measure=coverage")[0]
    assert int(whole["all_denominator"]) - int(whole["all_numerator"]) == 186
    assert "186 bostäder i Blekinge län har inget nät" in words_of(page(client, "/gap/next"))


def test_a_gap_that_is_called_level_is_not_to_be_halved(
    session: Session, client: FlaskClient
) -> None:
    town = place(session, "Staden", settlement_class=TATORT)
    publish(session, town, Counts(1000, 900, 600, 0), settlement_class=TATORT)
    publish(session, place(session), Counts(1000, 895, 500, 0), register=1000)
    text = words_of(page(client, "/gap/next"))
    assert "Stad och landsbygd ligger lika, med mindre än en procentenhet emellan" in text
    assert "Den billigaste halvan" not in text
