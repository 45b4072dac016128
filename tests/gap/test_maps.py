"""The map page: two dates, their difference, what stands out, the picture, and the embedded map."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from shapely.geometry import MultiPolygon, box
from sqlalchemy.orm import Session

from outreach.associations.models import ServedVillage
from outreach.database.spatial import stored
from outreach.measures.rates import Counts
from outreach.places.models import Municipality, Village
from outreach.places.rules import ImportKind
from tests import factories
from tests.gap.rows import TATORT, place, publish, town_and_country
from tests.places.importing import imported

EARLIER = date(2023, 10, 1)
PICTURES = ("png", "svg", "pdf")


@pytest.fixture
def country(session: Session) -> Village:
    """Town and country on two dates; the countryside has gone from 40 % to 50 % passed."""
    town, country = town_and_country(session)
    publish(
        session,
        town,
        Counts(1000, 900, 600, 500),
        on=EARLIER,
        settlement_class=TATORT,
        inhabitants=4000,
    )
    publish(session, country, Counts(200, 80, 60, 40), on=EARLIER)
    ground = session.get_one(Municipality, "1080")
    ground.area = stored(MultiPolygon([box(470_000, 6_220_000, 530_000, 6_260_000)]))
    session.flush()
    return country


def rows_of(client: FlaskClient, address: str) -> dict[str, dict[str, str]]:
    """A CSV file's rows by name."""
    return {row["name"]: row for row in csv.DictReader(io.StringIO(client.get(address).text))}


def test_the_title_says_how_much_the_reports_cover(country: Village, client: FlaskClient) -> None:
    page = client.get("/gap/map").text
    assert "Utbyggnadsgrad i Blekinge" in page.replace("\n", "")
    assert "Rapporterna täcker 100,0\xa0% av bostäderna." in page


def test_a_difference_is_in_percentage_points(country: Village, client: FlaskClient) -> None:
    rows = rows_of(client, "/gap/map/changes.csv?mode=change&before=2023-10-01")
    assert [rows["Landet"][name] for name in ("share_before", "share_after")] == ["0.4", "0.5"]
    assert (rows["Landet"]["change_points"], rows["Staden"]["change_points"]) == ("10.0", "0.0")


def test_the_page_has_the_differences_as_a_table(country: Village, client: FlaskClient) -> None:
    page = client.get("/gap/map?mode=change").text
    assert "Av 2 orter med siffror på båda datumen har 1 ökat med minst 2,0" in page
    assert ">+10,0<" in page


def test_a_difference_obeys_disclosure_on_both_dates(
    session: Session, country: Village, client: FlaskClient
) -> None:
    small = place(session, "Småbyn")
    publish(session, small, Counts(40, 2, 1, 1), on=EARLIER)
    publish(session, small, Counts(40, 30, 20, 10))
    row = rows_of(client, "/gap/map/changes.csv?mode=change")["Småbyn"]
    assert (row["share_before"], row["change_points"], row["state"]) == ("", "", "not_shown")
    assert row["share_after"] == "0.75"


def test_with_one_date_there_is_nothing_to_compare(session: Session, client: FlaskClient) -> None:
    town_and_country(session)
    page = client.get("/gap/map?mode=change")
    assert page.status_code == 200
    assert 'id="tables"' not in page.text


def test_an_earlier_date_that_is_not_earlier_is_brought_to_one_that_is(
    country: Village, client: FlaskClient
) -> None:
    page = client.get("/gap/map?date=2025-10-01&mode=beside&before=2025-10-01").text
    assert "1 oktober 2023 och 1 oktober 2025" in page


def test_the_legend_links_to_the_map_where_a_class_stands_out(
    country: Village, client: FlaskClient
) -> None:
    page = client.get("/gap/map").text
    marked = re.search(r'href="(/gap/map\?[^"]*mark=class-2)"', page)
    assert marked is not None
    again = client.get(marked.group(1).replace("&amp;", "&")).text
    assert re.search(r'data-mark="class-2" aria-current="true"', again)


def test_limits_that_follow_the_data_are_the_same_on_both_dates(
    country: Village, client: FlaskClient
) -> None:
    page = client.get("/gap/map?mode=beside&limits=quantile").text
    settings = json.loads(page.split('id="gap-map-settings">')[1].split("</script>")[0])
    # Quintiles of 40, 50, 90 and 90 %.
    assert [round(limit, 2) for limit in settings["limits"]] == [0.46, 0.58, 0.82, 0.9]


@pytest.mark.parametrize("mode", ["one", "beside", "change"])
@pytest.mark.parametrize("kind", PICTURES)
def test_the_picture_shows_what_the_screen_shows(
    country: Village, client: FlaskClient, mode: str, kind: str
) -> None:
    asked = f"mode={mode}&mark=class-2&layers=municipalities-associations"
    answer = client.get(
        f"/gap/map/picture.{kind}?{asked}&at=480000/6230000/520000/6260000", follow_redirects=True
    )
    assert answer.status_code == 200
    assert answer.data[:4] in {b"\x89PNG", b"<svg", b"%PDF"}


def test_the_picture_is_of_the_part_that_is_asked_for(
    country: Village, client: FlaskClient
) -> None:
    whole = client.get("/gap/map/picture.svg").data
    part = client.get("/gap/map/picture.svg?at=509000/6244000/511000/6246000").data
    assert whole != part
    assert client.get("/gap/map/picture.svg?at=1/2/3").status_code == 302


def test_the_picture_names_its_date_and_source(country: Village, client: FlaskClient) -> None:
    text = client.get("/gap/map/picture.svg?mode=change").text
    assert "1 oktober 2023 till 1 oktober 2025, procentenheter" in text
    assert "Källa: fiberföreningarnas rapporter" in text


def test_shapes_are_whole_metres_and_dots_from_afar(
    session: Session, country: Village, client: FlaskClient
) -> None:
    country.area = stored(MultiPolygon([box(509_900, 6_244_900, 510_100, 6_245_100)]))
    session.flush()
    wide, near = (
        json.loads(client.get(f"/gap/map/shapes-{detail}.json").data) for detail in ("wide", "near")
    )
    places = [next(one for one in data["villages"] if one[1] == "Landet") for data in (wide, near)]
    assert (places[0][3], len(places[1][3])) == ([], 1)
    assert sorted(set(places[1][3][0])) == [509_900, 510_100, 6_244_900, 6_245_100]


def test_neighbours_keep_their_common_border(session: Session, client: FlaskClient) -> None:
    town, country = town_and_country(session)
    border = [(500_000 + (step % 2) * 8, 6_240_000 + step * 100) for step in range(11)]
    west, east = (499_000, 501_000)
    for village, side in ((town, west), (country, east)):
        ring = [*border, (side, 6_241_000), (side, 6_240_000)]
        village.area = stored(MultiPolygon([(ring, [])]))
    session.flush()
    data = json.loads(client.get("/gap/map/shapes-near.json").data)
    edges = [set(zip(one[3][0][::2], one[3][0][1::2], strict=True)) for one in data["villages"]]
    shared = edges[0] & edges[1]
    assert {(500_000, 6_240_000), (500_000, 6_241_000)} <= shared


def test_areas_of_associations_are_drawn_from_the_villages_they_serve(
    session: Session, country: Village, client: FlaskClient
) -> None:
    association = factories.association(session, "Landets fiber")
    session.add(
        ServedVillage(
            association_id=association.id, village_id=country.id, valid_from=date(2020, 1, 1)
        )
    )
    session.flush()
    areas = json.loads(client.get("/gap/map/associations.json").data)["areas"]
    assert [one[1] for one in areas] == ["Landets fiber"]
    assert client.get("/gap/map/associations.json?date=2019-10-01").status_code == 302


def test_a_villages_history_is_what_is_shown_of_it(country: Village, client: FlaskClient) -> None:
    data = json.loads(client.get(f"/gap/map/villages/{country.code}.json").data)
    assert data["history"] == [["2023-10-01", 0.4, "reported"], ["2025-10-01", 0.5, "reported"]]
    assert client.get("/gap/map/villages/nowhere.json").status_code == 404
    internal = client.get(f"/gap/map/villages/{country.code}.json?view=internal")
    assert internal.status_code == 404


def test_an_embedded_map_may_be_framed_and_sets_no_cookie(
    country: Village, client: FlaskClient
) -> None:
    answer = client.get("/gap/map/embed")
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "form-action 'none'" in policy
    assert "X-Frame-Options" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert "frame-ancestors 'none'" in client.get("/gap/map").headers["Content-Security-Policy"]
    assert client.get("/gap/map").headers["X-Frame-Options"] == "DENY"


def test_the_map_asks_as_much_of_the_database_for_thirty_villages_as_for_two(
    session: Session,
    country: Village,
    client: FlaskClient,
    statements: Callable[[Callable[[], object]], int],
) -> None:
    few = statements(lambda: client.get("/gap/map?mode=change&measure=take_up"))
    for number in range(28):
        village = place(session, f"By {number}")
        publish(session, village, Counts(50, 40, 30, 20))
        publish(session, village, Counts(50, 30, 20, 10), on=EARLIER)
    assert statements(lambda: client.get("/gap/map?mode=change&measure=activation")) == few


def test_layers_are_links_without_a_script_and_stay_in_the_frame_of_an_embedded_map(
    session: Session, client: FlaskClient
) -> None:
    town_and_country(session)
    for address in ("/gap/map", "/gap/map/embed"):
        text = client.get(address).text
        links = dict(re.findall(r'<a href="([^"]+)" data-layer="(\w+)"', text))
        by_layer = {layer: href for href, layer in links.items()}
        assert by_layer["associations"].startswith(f"{address}?")
        assert "layers=municipalities-associations" in by_layer["associations"]
        assert "layers=none" in by_layer["municipalities"]
        assert 'data-layer="associations" aria-current' not in text


def test_the_gap_and_its_map_say_which_dwellings_are_counted(
    session: Session, client: FlaskClient
) -> None:
    town_and_country(session)
    for address in ("/gap", "/gap/map"):
        assert "Permanentbostäder räknas." in client.get(address).text


def test_layers_of_service_points_and_nodes_stand_as_on_the_date(
    session: Session, country: Village, client: FlaskClient, tmp_path: Path
) -> None:
    shops = (
        "name,municipality,kind,opened,closed,east,north\n"
        "Boden,1080,grocery,,,500000,6240000\nBoden,1080,fuel,,,500000,6240000\n"
        "Macken,1080,fuel,,2023-01-01,500100,6240000\n"
    )
    imported(session, ImportKind.SERVICE_POINTS, shops, folder=tmp_path)
    asked = (
        "name,municipality,assessed_on,basic_service,culture,public_transport,jobs,east,north\n"
        "Torhamn,1080,2023-10-01,yes,no,no,,500000,6230000\n"
        "Torhamn,1080,2024-10-01,yes,yes,yes,yes,500000,6230000\n"
    )
    imported(session, ImportKind.NODES, asked, folder=tmp_path)
    services = client.get("/gap/map/services.json").get_json()
    assert services == {"marks": [["service", "Boden: Drivmedel, Dagligvaror", [500000, 6240000]]]}
    now = client.get("/gap/map/nodes.json?date=2025-10-01").get_json()["marks"]
    before = client.get("/gap/map/nodes.json?date=2023-10-01").get_json()["marks"]
    assert [one[0] for one in (*before, *now)] == ["node", "full_node"]
    page = client.get("/gap/map?layers=municipalities-services-nodes").text
    assert 'name="layers" value="municipalities-services-nodes"' in page
    picture = client.get("/gap/map/picture.svg?layers=services-nodes").text
    assert "Strategisk nod med fullskaligt utbud" in picture
    assert "Servicepunkt" in picture
    assert "Strategisk nod" not in client.get("/gap/map/picture.svg").text
