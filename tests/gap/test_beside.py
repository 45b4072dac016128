"""Maturity and training reach as measures of the gap page and its map."""

import json
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.gap.forms import understood
from outreach.gap.rules import Area, AreaKind, Beside, Options
from outreach.measures.rates import Counts
from tests import factories
from tests.factories import At
from tests.gap.rows import DAY, place, publish
from tests.gap.test_pages import page, words_of
from tests.gap.test_reach import held
from tests.gap.test_reach import region as reach_region
from tests.gap.test_skills import region as surveyed_region
from tests.gap.test_why import table
from tests.maturity.making import answers, closed, mixed, survey_round


def values(client: FlaskClient, measure: str) -> dict[str, list[object]]:
    told = json.loads(client.get(f"/gap/values.json?measure={measure}").text)
    assert told["measure"] == measure
    found: dict[str, list[object]] = told["villages"]
    return found


def test_the_choice_of_measure_offers_both_on_the_gap_page_and_on_the_map(
    session: Session, client: FlaskClient
) -> None:
    surveyed_region(session)
    for address in ("/gap", "/gap/map"):
        text = page(client, address)
        assert '<option value="maturity">Digital mognad</option>' in text
        assert '<option value="reach">Utbildningens räckvidd</option>' in text


def test_maturity_comes_with_its_numbers_interval_and_passport(
    session: Session, client: FlaskClient
) -> None:
    surveyed_region(session)
    text = words_of(page(client, "/gap?measure=maturity"))
    # 44 of 80 in the countryside, 80 of 100 in towns.
    assert "Klyftan i digital mognad −25,0 procentenheter" in text
    assert "Landsbygd 44 av 80 (44,1 %–65,4 %)" in text
    assert "personer med minst grundläggande färdigheter: landsbygd 44, stad 80" in text
    assert "De som valde att svara på mätningen 15 mars 2025: läs med försiktighet." in text
    assert "Utbyggnadsklyftan" in text


def test_maturity_village_by_village_is_the_same_in_map_table_and_file(
    session: Session, client: FlaskClient
) -> None:
    villages = surveyed_region(session)
    told = values(client, "maturity")
    assert told[villages["Anslutna"].code][:3] == ["reported", 10, 40]
    assert told[villages["Omätta"].code][:3] == ["not_shown", None, None]
    rows = {row["name"]: row for row in table(client, "/gap/villages.csv?measure=maturity")}
    anslutna = rows["Anslutna"]
    assert (anslutna["maturity_numerator"], anslutna["maturity"]) == ("10", "0.25")
    assert (anslutna["connection_rate"], anslutna["source"]) == ("0.8", "survey")
    assert (rows["Omätta"]["maturity"], rows["Omätta"]["state"]) == ("", "not_shown")
    shown = words_of(page(client, "/gap?measure=maturity&sort=-shown"))
    assert (
        shown.index("Kunniga") < shown.index("Staden Karlskrona Tätort") < shown.index("Anslutna K")
    )


def test_a_village_asked_earlier_and_not_now_keeps_its_figure_marked_as_older(
    session: Session, client: FlaskClient
) -> None:
    villages = surveyed_region(session)
    newest = survey_round(session, date(2025, 9, 1))
    answers(session, newest, villages["Staden"], mixed(60, 40), fine_class="tatort_small")
    answers(session, newest, villages["Kunniga"], mixed(0, 30))
    closed(session, newest)
    told = values(client, "maturity")
    assert told[villages["Anslutna"].code][0] == "overdue"
    assert told[villages["Anslutna"].code][4] == "2025-03-15"
    assert told[villages["Kunniga"].code][:3] == ["zero", 0, 30]
    series = table(client, "/gap/series.csv?measure=maturity")
    assert [(row["date"], row["rural_share"]) for row in series] == [
        ("2025-03-15", "0.55"),
        ("2025-09-01", "0.0"),
    ]


def test_a_county_without_a_survey_is_a_state_of_its_own(
    session: Session, client: FlaskClient
) -> None:
    village = place(session)
    publish(session, village, Counts(100, 90, 80, None))
    assert values(client, "maturity")[village.code][:3] == ["not_expected", None, None]
    assert "hade inte mätts här då" in words_of(page(client, "/gap?measure=maturity"))


def test_reach_is_told_by_inhabitants_and_unknown_where_nothing_is_logged(
    session: Session, client: FlaskClient
) -> None:
    villages = reach_region(session)
    assert values(client, "reach")[villages["Nära"].code][0] == "not_expected"
    held(session, factories.organisation(session), villages["Staden"])
    told = values(client, "reach")
    assert told[villages["Nära"].code][:3] == ["reported", 100, 100]
    assert told[villages["Långt"].code][:3] == ["zero", 0, 100]
    text = words_of(page(client, "/gap?measure=reach"))
    # Of 200 in the countryside the 100 within 10 km, and everybody in town.
    assert "Klyftan i utbildningens räckvidd −50,0 procentenheter" in text
    assert "För att stänga den 100 invånare" in text
    assert "Ett tillfälle inom avståndet" not in text.split("Orterna")[0]
    assert "Inget tillfälle inom avståndet" in text
    gaps = table(client, "/gap/gaps.csv?measure=reach")
    assert [(row["measure"], row["gap_points"], row["source"]) for row in gaps] == [
        ("reach", "-50.0", "session_log")
    ]


@pytest.mark.parametrize("measure", ["maturity", "reach"])
def test_the_map_has_its_legend_picture_difference_and_history(
    session: Session, client: FlaskClient, measure: str
) -> None:
    villages = surveyed_region(session)
    for village in villages.values():
        publish(session, village, Counts(100, 95, 80, None), on=date(2025, 4, 1))
    held(session, factories.organisation(session), villages["Staden"])
    text = words_of(page(client, f"/gap/map?measure={measure}&mode=change"))
    assert "Förändring" in text
    assert client.get(f"/gap/map/picture.svg?measure={measure}").status_code == 200
    assert client.get(f"/gap/chart/series.svg?measure={measure}").status_code == 200
    assert client.get(f"/gap/map.gpkg?measure={measure}").status_code == 200
    assert client.get(f"/gap/tables.xlsx?measure={measure}").status_code == 200
    assert client.get(f"/gap/map/embed?measure={measure}").status_code == 200
    code = villages["Staden"].code
    history = json.loads(client.get(f"/gap/map/villages/{code}.json?measure={measure}").text)
    assert history["history"][-1][1] == {"maturity": 0.8, "reach": 1.0}[measure]
    features = json.loads(client.get(f"/gap/villages.geojson?measure={measure}").text)["features"]
    assert {one["properties"][measure] for one in features} >= {history["history"][-1][1]}


def test_pages_about_connection_only_leave_them_out_and_days_of_the_past_do_not(
    session: Session, client: FlaskClient
) -> None:
    surveyed_region(session)
    assert "measure=maturity" not in client.get("/gap/why?measure=maturity").headers["Location"]
    assert 'href="/gap/why?area=10&amp;measure=connection_rate' in page(
        client, "/gap?measure=maturity"
    )
    options = Options((DAY,), (Area("10", "Blekinge län", AreaKind.COUNTY, ("10",)),))
    asked = {"measure": "maturity"}
    now = understood(asked, options, others={}, takes_beside=True)
    then = understood(asked, options, others={}, takes_beside=True, known_on=DAY)
    assert (now.choice.shown, then.choice.shown) == (Beside.maturity, Beside.maturity)


def test_of_several_counties_maturity_is_shown_only_where_all_were_asked(
    session: Session, client: FlaskClient
) -> None:
    surveyed_region(session)
    other = place(
        session, "Andra", municipality_code="0780", municipality="Växjö", at=At(480_000, 6_300_000)
    )
    publish(session, other, Counts(100, 90, 80, None))
    rows = table(client, "/gap/gaps.csv?area=all&measure=maturity")
    assert {(row["rural_share"], row["gap_points"]) for row in rows} == {("", "")}
    told = json.loads(client.get("/gap/values.json?area=all&measure=maturity").text)["villages"]
    assert told[other.code][0] == "not_expected"


@pytest.mark.parametrize("measure", ["maturity", "reach"])
def test_the_gap_chosen_stands_before_those_of_the_network(
    session: Session, client: FlaskClient, measure: str
) -> None:
    surveyed_region(session)
    text = words_of(page(client, f"/gap?measure={measure}"))
    gap = "Klyftan i digital mognad" if measure == "maturity" else "utbildningens räckvidd"
    assert text.index(gap) < text.index("Bredvid: fibernätet") < text.index("Utbyggnadsklyftan")


def test_what_low_skills_in_the_countryside_call_for_is_said(
    session: Session, client: FlaskClient
) -> None:
    surveyed_region(session)
    text = words_of(page(client, "/gap?measure=maturity"))
    assert "Färre klarar grunderna på landsbygden än i tätorter. Håll utbildning där." in text


def test_how_near_a_session_must_be_is_chosen_on_the_gap_page(
    session: Session, client: FlaskClient
) -> None:
    villages = reach_region(session)
    held(session, factories.organisation(session), villages["Staden"])
    html = page(client, "/gap?measure=reach&km=20")
    assert '<option value="20" selected>' in html
    assert "inom 20 km" in words_of(html)
    # Both villages of the countryside lie within 20 km, and neither within 5.
    for near, within in (("20", "200"), ("5", "0")):
        (row,) = table(client, f"/gap/gaps.csv?measure=reach&km={near}")
        assert (row["rural_numerator"], row["rural_denominator"]) == (within, "200")
    told = json.loads(client.get("/gap/values.json?measure=reach&km=20").text)["villages"]
    assert told[villages["Långt"].code][0] == "reported"


@pytest.mark.parametrize("query", ["measure=reach&km=7", "measure=coverage&km=20"])
def test_a_distance_that_is_not_offered_or_of_no_use_leaves_the_address(
    session: Session, client: FlaskClient, query: str
) -> None:
    reach_region(session)
    answer = client.get(f"/gap?{query}")
    assert answer.location == f"/gap?{query.split('&')[0]}"
