"""The gap page and the overview as readers and staff get them."""

import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from outreach.connections.models import VillageStatus
from outreach.database import data_version
from outreach.extensions import db
from outreach.measures.rates import Counts
from tests import factories
from tests.gap.rows import DAY, TATORT, place, publish, sum_up, town_and_country
from tests.signing_in import sign_in
from tests.training.held import held

SMALL = Counts(60, 40, 3, 2)
"""Three connected dwellings are too few to show."""


def page(client: FlaskClient, address: str = "/gap") -> str:
    response = client.get(address, follow_redirects=True)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def words_of(html: str) -> str:
    """The page as it is read: without its tags, with plain spaces."""
    without_scripts = re.sub(r"<(script|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", without_scripts).replace("\xa0", " ").split())


def hidden_company(session: Session) -> None:
    """A small village that nobody may see, others to hide it among, and a town."""
    town = place(session, "Staden", settlement_class=TATORT)
    publish(session, town, Counts(1000, 900, 600, 500), settlement_class=TATORT)
    publish(session, place(session, "Lilla"), SMALL)
    for number in range(4):
        counts = Counts(100 + number, 70, 50, 40)
        publish(session, place(session, f"Granne {number}"), counts)


def test_both_gaps_stand_on_the_page_in_percentage_points(
    session: Session, client: FlaskClient
) -> None:
    town_and_country(session)
    text = words_of(page(client))
    assert "−40,0 procentenheter" in text
    # Take-up: 80 of 100 against 600 of 900.
    assert "+13,3 procentenheter" in text
    assert "Landsbygd 50,0 % Stad 90,0 %" in text


def test_the_page_says_what_the_gaps_call_for(session: Session, client: FlaskClient) -> None:
    town_and_country(session)
    assert "Bygg ut. Det är nätet som saknas" in words_of(page(client))


def test_the_published_county_figure_of_2018_is_reproduced(
    session: Session, client: FlaskClient
) -> None:
    on = date(2018, 10, 1)
    municipalities = {
        "1080": ("Karlskrona", 66_420, 80.46),
        "1082": ("Karlshamn", 31_996, 72.26),
        "1060": ("Olofström", 13_061, 68.28),
        "1081": ("Ronneby", 29_021, 66.81),
        "1083": ("Sölvesborg", 17_475, 55.73),
    }
    for code, (name, weight, percent) in municipalities.items():
        town = place(
            session, name, settlement_class=TATORT, municipality_code=code, municipality=name
        )
        connected = round(weight * percent / 100)
        counts = Counts(weight, connected, connected, None)
        publish(session, town, counts, on=on, settlement_class=TATORT, inhabitants=weight)
    csv = client.get("/gap/gaps.csv?measure=connection_rate").get_data(as_text=True).splitlines()
    row = dict(zip(csv[0].split(","), csv[3].split(","), strict=True))
    # The weighted mean of the five, and neither their plain mean, 68.7, nor the published 72.57.
    assert (row["measure"], round(float(row["all_share"]) * 100, 2)) == ("connection_rate", 72.55)
    table = words_of(page(client, "/gap?measure=connection_rate"))
    assert "Karlskrona ·· not shown" not in table
    assert "80,5 %" in table
    assert "55,7 %" in table


def test_nothing_divided_by_nothing_is_not_shown_as_zero_per_cent(
    session: Session, client: FlaskClient
) -> None:
    publish(session, place(session), Counts(50, 0, 0, 0))
    text = words_of(page(client, "/gap?measure=take_up"))
    coverage = text[text.index("Utbyggnadsklyftan") :]
    assert "Landsbygd 0,0 % Stad – uppgift saknas" in coverage
    take_up = text[text.index("Anslutningsklyftan") :]
    assert "Landsbygd – uppgift saknas Stad – uppgift saknas" in take_up


def test_a_page_before_anything_is_published_says_so(client: FlaskClient) -> None:
    assert "Inga siffror är publicerade än" in page(client)
    assert "Inga siffror är publicerade än" in page(client, "/")


@pytest.mark.parametrize(
    "query",
    [
        "measure=maturity",
        "scheme=",
        "date=2024-02-30",
        "date=1999-01-01",
        "date=٢٠٢٥-١٠-٠١",
        "area=9999",
        "area=%00",
        "area=10&area=11&measure[]=x",
        "page=99999999999999999999",
        "sort=%27%3B--",
        "view=internal",
        "measure=" + "x" * 3000,
        "%ff=%fe",
    ],
)
def test_what_is_not_published_leads_to_the_nearest_that_is(
    session: Session, client: FlaskClient, query: str
) -> None:
    town_and_country(session)
    response = client.get(f"/gap?{query}")
    assert response.status_code in {200, 302}
    assert "−40,0" in page(client, f"/gap?{query}")


def test_a_changed_choice_is_told_and_stands_in_the_address(
    session: Session, client: FlaskClient
) -> None:
    town_and_country(session)
    response = client.get("/gap?utm_source=mail&date=2026-03-01&measure=take_up")
    assert response.headers["Location"] == "/gap?measure=take_up&date=2025-10-01&adjusted=date"
    assert "Adressen frågade efter något som inte är publicerat" in page(
        client, response.headers["Location"]
    )


def test_the_choice_is_a_form_that_needs_no_script(session: Session, client: FlaskClient) -> None:
    town_and_country(session)
    html = page(client, "/gap?measure=take_up&scheme=scb")
    assert '<form class="filters gap-choice no-print" method="get" action="/gap"' in html
    for chosen in ("take_up", "scb", "2025-10-01", "10"):
        assert f'<option value="{chosen}" selected>' in html


def test_a_figure_too_small_to_show_is_seen_by_the_countys_staff_only(
    session: Session, client: FlaskClient
) -> None:
    hidden_company(session)
    staff = factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",))
    others = factories.user(session, RoleName.REGIONAL_STAFF, counties=("07",))
    shown = '<td class="num" data-value="3">3</td>'
    assert shown not in page(client)
    sign_in(client, staff)
    internal = client.get("/gap")
    html = internal.get_data(as_text=True)
    assert shown in html
    assert "Intern vy, inte för publicering" in html
    assert "no-store" in internal.headers["Cache-Control"]
    assert shown not in page(client, "/gap?view=public")
    visitor = client.application.test_client()
    assert shown not in page(visitor)
    sign_in(visitor, others)
    assert shown not in page(visitor)


@pytest.mark.parametrize(
    "address",
    [
        "/gap/values.json",
        "/gap/villages.geojson",
        "/gap/villages.csv",
        "/gap/villages-excel.csv",
        "/gap/chart/map.svg",
    ],
)
def test_files_of_the_internal_view_do_not_exist_for_others(
    session: Session, client: FlaskClient, address: str
) -> None:
    hidden_company(session)
    assert client.get(f"{address}?view=internal").status_code == 404
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("07",)))
    assert client.get(f"{address}?view=internal").status_code == 404
    staff = client.application.test_client()
    sign_in(staff, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    answer = staff.get(f"{address}?view=internal")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_next_request_after_a_change_shows_it(session: Session, client: FlaskClient) -> None:
    _, country = town_and_country(session)
    before = client.get("/gap")
    assert "−40,0" in before.get_data(as_text=True)
    row = session.get_one(VillageStatus, (DAY, country.id, "permanent"))
    row.homes_passed = 160
    data_version.bump(session, at=factories.NOW)
    session.flush()
    sum_up(session)
    after = client.get("/gap", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "−10,0" in after.get_data(as_text=True)
    again = client.get("/gap", headers={"If-None-Match": after.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_each_language_is_kept_apart(session: Session, client: FlaskClient) -> None:
    town_and_country(session)
    assert "Klyftan mellan stad och landsbygd" in page(client)
    client.get("/language/en")
    assert "The gap between town and countryside" in page(client)


def test_no_visitors_page_holds_anything_of_the_visitor(
    session: Session, client: FlaskClient
) -> None:
    town_and_country(session)
    for address in ("/gap", "/"):
        html = page(client, address)
        assert "csrf" not in html
        assert "nonce" not in html
        assert "Set-Cookie" not in client.get(address).headers


def test_long_tables_are_divided_into_pages(session: Session, client: FlaskClient) -> None:
    for number in range(201):
        publish(session, place(session, f"By {number:03}"), Counts(100, 70, 50, 40))
    first = page(client, "/gap?sort=name")
    assert "Orter 1–100 av 201" in words_of(first)
    assert "By 099" in first
    assert "By 200" in page(client, "/gap?sort=name&page=3")


def test_the_unknown_comes_last_whichever_way_a_table_is_sorted(
    session: Session, client: FlaskClient
) -> None:
    publish(session, place(session, "Okänd"), Counts(50, None, None, None))
    publish(session, place(session, "Hög"), Counts(100, 90, 50, 40))
    publish(session, place(session, "Låg"), Counts(100, 30, 20, 10))
    for sort, order in (
        ("coverage", ["Låg", "Hög", "Okänd"]),
        ("-coverage", ["Hög", "Låg", "Okänd"]),
    ):
        html = page(client, f"/gap?sort={sort}")
        assert re.findall(r'<th scope="row"><a href="/places/villages/[^"]+">(\w+)', html) == order


def test_the_page_sends_no_more_statements_for_more_villages(
    session: Session, client: FlaskClient
) -> None:
    def statements() -> int:
        sent: list[str] = []

        def note(*arguments: object) -> None:
            sent.append(str(arguments[2]))

        event.listen(db.engine, "before_cursor_execute", note)
        page(client)
        event.remove(db.engine, "before_cursor_execute", note)
        return len(sent)

    town_and_country(session)
    page(client)
    data_version.bump(session, at=factories.NOW)
    few = statements()
    for _ in range(15):
        town_and_country(session)
    data_version.bump(session, at=factories.NOW)
    session.flush()
    assert statements() == few


def test_the_overview_tells_the_story_and_the_next_steps(
    session: Session, client: FlaskClient
) -> None:
    town_and_country(session)
    text = words_of(page(client, "/"))
    assert "−40,0 procentenheter" in text
    # 1000 are passed and 680 of them connected; 200 of 1200 have no network.
    assert "320 bostäder kan anslutas men är det inte" in text
    assert "200 bostäder har inget nät inom räckhåll" in text
    assert "Karlskrona 2 av 2" in text


def test_a_reporter_finds_the_report_to_send_on_the_overview(
    session: Session, client: FlaskClient
) -> None:
    _, country = town_and_country(session)
    association = factories.association(session, "Landets Fiber", serving=[country])
    reporter = factories.user(
        session, RoleName.ASSOCIATION_REPORTER, associations=(association.id,)
    )
    sign_in(client, reporter)
    response = client.get("/")
    assert "Rapportera för Landets Fiber" in response.get_data(as_text=True)
    assert "no-store" in response.headers["Cache-Control"]


def test_a_logger_finds_the_log_and_its_gaps_on_the_overview(
    session: Session, client: FlaskClient
) -> None:
    village, _ = town_and_country(session)
    organisation = factories.organisation(session)
    held(session, organisation, village, learners=None)
    logger = factories.user(session, RoleName.SESSION_LOGGER, organisations=(organisation.id,))
    sign_in(client, logger)
    text = page(client, "/")
    assert "Logga ett tillfälle" in text
    assert "1 tillfälle saknar något." in text


def test_staff_find_what_waits_for_them_on_the_overview(
    session: Session, client: FlaskClient
) -> None:
    town_and_country(session)
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    assert "Ingen rapport väntar på ditt beslut." in page(client, "/")
