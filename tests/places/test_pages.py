"""The list of places, a village's page and a municipality's."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date

import pytest
import shapely
from flask import Blueprint, Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.database import data_version
from outreach.database.spatial import stored
from outreach.measures.classes import DwellingType, SettlementClass
from outreach.places import panels
from outreach.places.models import (
    Municipality,
    Village,
    VillageClass,
    VillageDwellings,
    VillagePopulation,
)
from outreach.places.rules import VillagePlace
from tests import factories
from tests.factories import NOW, At
from tests.files.making import square


def _rows(page: str, table: str = "places") -> list[list[str]]:
    """The cells of a table's body as text."""
    found = re.search(rf'id="{table}".*?<tbody>(.*?)</tbody>', page, re.DOTALL)
    assert found, f"no table {table}"
    rows = re.findall(r"<tr>(.*?)</tr>", found[1], re.DOTALL)
    return [
        [_text(cell) for cell in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in rows
    ]


def _text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split()).replace("\N{NO-BREAK SPACE}", " ")


def _names(page: str) -> list[str]:
    return [row[0] for row in _rows(page)]


def _get(client: FlaskClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response.status_code
    return response.text


def test_the_list_tells_of_each_village_what_the_registers_say(
    client: FlaskClient, session: Session
) -> None:
    factories.village(
        session,
        "Torstäva",
        settlement_class=SettlementClass.smaort,
        dwellings=1234,
        inhabitants=None,
    )
    page = _get(client, "/places")
    assert _rows(page) == [["Torstäva", "Karlskrona", "Småort", "–uppgift saknas", "1 234"]]


def test_names_stand_in_swedish_order(client: FlaskClient, session: Session) -> None:
    for name in ("Öljehult", "Zinkås", "Ängsjö", "aspö", "Åby"):
        factories.village(session, name)
    assert _names(_get(client, "/places")) == ["aspö", "Zinkås", "Åby", "Ängsjö", "Öljehult"]
    downwards = _names(_get(client, "/places?sort=-name"))
    assert downwards == ["Öljehult", "Ängsjö", "Åby", "Zinkås", "aspö"]


def test_the_list_is_searched_and_filtered(client: FlaskClient, session: Session) -> None:
    factories.municipality(session, "1081", name="Ronneby")
    factories.village(session, "Öljehult", municipality_code="1081")
    factories.village(session, "Öljeby", settlement_class=SettlementClass.tatort)
    factories.village(session, "Hallabro", municipality_code="1081")
    assert _names(_get(client, "/places?q=ÖLJE")) == ["Öljeby", "Öljehult"]
    assert "Ingen ort stämmer" in _get(client, "/places?q=olje")
    assert _names(_get(client, "/places?municipality=1081")) == ["Hallabro", "Öljehult"]
    assert _names(_get(client, "/places?class=tatort")) == ["Öljeby"]
    assert _names(_get(client, "/places?class=outside&q=ö&municipality=1081")) == ["Öljehult"]


def test_what_nothing_matches_is_said(client: FlaskClient, session: Session) -> None:
    factories.village(session, "Torstäva")
    assert "Ingen ort stämmer" in _get(client, "/places?q=xyz")


def test_an_empty_installation_says_so(client: FlaskClient) -> None:
    assert "Inga orter ännu" in _get(client, "/places")


@pytest.mark.parametrize(
    "query", ["sort=x", "class=x", "page=0", "page=-1", "page=999999", "page=9" * 9, "q=%00%25_'"]
)
def test_an_address_that_makes_no_sense_shows_a_page(
    client: FlaskClient, session: Session, query: str
) -> None:
    factories.village(session, "Torstäva")
    _get(client, f"/places?{query}")


def test_the_unknown_comes_last_whichever_way_one_sorts(
    client: FlaskClient, session: Session
) -> None:
    factories.village(session, "Liten", inhabitants=9)
    factories.village(session, "Okänd", inhabitants=None)
    factories.village(session, "Stor", inhabitants=1000)
    assert _names(_get(client, "/places?sort=inhabitants")) == ["Liten", "Stor", "Okänd"]
    assert _names(_get(client, "/places?sort=-inhabitants")) == ["Stor", "Liten", "Okänd"]


def test_a_class_sorts_from_the_largest_kind_to_the_smallest(
    client: FlaskClient, session: Session
) -> None:
    for name, kind in (
        ("By", SettlementClass.outside),
        ("Ort", SettlementClass.tatort),
        ("Småort", SettlementClass.smaort),
    ):
        factories.village(session, name, settlement_class=kind)
    assert _names(_get(client, "/places?sort=class")) == ["Ort", "Småort", "By"]


def test_a_long_list_comes_a_page_at_a_time(client: FlaskClient, session: Session) -> None:
    for number in range(120):
        factories.village(session, f"By {number:03}")
    first, third = _get(client, "/places"), _get(client, "/places?page=3")
    assert (len(_rows(first)), len(_rows(third))) == (50, 20)
    assert _names(third)[0] == "By 100"
    assert "Orter 101–120 av 120" in third


def test_the_number_of_statements_does_not_grow_with_the_villages(
    client: FlaskClient, session: Session, statements: Callable[[Callable[[], object]], int]
) -> None:
    factories.village(session, "Torstäva")
    client.get("/places")  # what is asked once and kept, is asked now
    few = statements(lambda: client.get("/places?sort=dwellings"))
    for number in range(60):
        factories.village(session, f"By {number}")
    many = statements(lambda: client.get("/places?sort=-dwellings"))
    assert many == few


def test_the_newest_figures_up_to_today_are_shown(client: FlaskClient, session: Session) -> None:
    village = factories.village(session, "Torstäva", dwellings=100, inhabitants=200)
    for year, count in ((2020, 110), (2099, 999)):
        session.add(
            VillageDwellings(
                village_id=village.id,
                reference_date=date(year, 10, 1),
                dwelling_type=DwellingType.permanent,
                dwellings=count,
                source="test",
            )
        )
    session.add(
        VillageDwellings(
            village_id=village.id,
            reference_date=date(2021, 10, 1),
            dwelling_type=DwellingType.holiday,
            dwellings=7,
            source="test",
        )
    )
    session.add(
        VillageClass(
            village_id=village.id,
            delimitation_year=2023,
            valid_from=date(2023, 12, 31),
            settlement_class=SettlementClass.smaort,
            source="test",
        )
    )
    session.flush()
    row = ["Torstäva", "Karlskrona", "Småort", "200", "110"]
    assert _rows(_get(client, "/places")) == [row]


def test_the_list_is_a_file_too(client: FlaskClient, session: Session) -> None:
    village = factories.village(session, "Torstäva", dwellings=0, inhabitants=None)
    factories.village(session, "=1+1")
    response = client.get("/places-excel.csv?q=torst")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = response.get_data(as_text=True).removeprefix("\N{BYTE ORDER MARK}")
    header, row = csv.reader(io.StringIO(text), delimiter=";")
    assert dict(zip(header, row, strict=True)) == {
        "Kod": village.code,
        "Ort": "Torstäva",
        "Kommunkod": "1080",
        "Kommun": "Karlskrona",
        "Bebyggelsetyp": "Utanför tätort och småort",
        "Avgränsning": "2015",
        "Invånare": "",
        "Invånare per datum": "",
        "Permanentbostäder": "0",
        "Bostäder per datum": "2015-12-31",
    }
    assert "'=1+1" in client.get("/places.csv").get_data(as_text=True)


def test_a_village_shows_its_facts_and_history(client: FlaskClient, session: Session) -> None:
    village = factories.village(session, "Torstäva", dwellings=1234, inhabitants=2345)
    session.add(
        VillagePopulation(
            village_id=village.id,
            reference_date=date(2020, 12, 31),
            inhabitants=2400,
            area_hectares=88,
            source="SCB",
        )
    )
    session.flush()
    page = _get(client, f"/places/villages/{village.code}")
    assert "<h1>Torstäva</h1>" in page
    assert _rows(page, "classes") == [["2015", "Utanför tätort och småort", "test"]]
    assert _rows(page, "inhabitants") == [
        ["31 december 2020", "2 400", "88", "SCB"],
        ["31 december 2015", "2 345", "–uppgift saknas", "test"],
    ]
    assert _rows(page, "dwellings") == [["31 december 2015", "1 234", "test"]]
    assert (
        "<h1>Torstäva</h1>"
        in client.get(f"/places/villages/{village.code}", headers={"Cookie": "language=en"}).text
    )


def test_a_village_without_borders_around_it_has_a_page_without_a_map(
    client: FlaskClient, session: Session
) -> None:
    village = factories.village(session, "Torstäva")
    assert 'role="img"' not in _get(client, f"/places/villages/{village.code}")


def test_a_village_is_shown_in_its_municipality_and_in_words(
    client: FlaskClient, session: Session
) -> None:
    village = factories.village(session, "Torstäva", at=At(539_000, 6_238_000))
    karlskrona = session.get_one(Municipality, "1080")
    karlskrona.area = stored(shapely.MultiPolygon([square(520_000, 6_220_000, 20_000)]))
    session.flush()
    page = _get(client, f"/places/villages/{village.code}")
    assert 'role="img" aria-label="Karta: Torstäva. Karlskrona, kommunens nordöstra del."' in page
    assert "style=" not in page


def test_a_municipality_sums_its_villages_by_class(client: FlaskClient, session: Session) -> None:
    tatort = SettlementClass.tatort
    factories.village(session, "Ort", settlement_class=tatort, dwellings=900, inhabitants=2000)
    factories.village(session, "Ort två", settlement_class=tatort, dwellings=None, inhabitants=500)
    factories.village(session, "By", dwellings=20, inhabitants=None)
    page = _get(client, "/places/municipalities/1080")
    assert "<h1>Karlskrona</h1>" in page
    assert _rows(page, "classes") == [
        ["Tätort", "2", "2 500", "900 (1 av 2 orter)"],
        ["Utanför tätort och småort", "1", "–uppgift saknas", "20"],
    ]
    assert _names(page) == ["By", "Ort", "Ort två"]
    assert _names(_get(client, "/places/municipalities/1080?sort=-dwellings"))[0] == "Ort"


def test_a_municipality_draws_its_villages(client: FlaskClient, session: Session) -> None:
    factories.village(session, "By", at=At(530_000, 6_230_000))
    factories.village(
        session, "Ort", at=At(535_000, 6_235_000), settlement_class=SettlementClass.tatort
    )
    session.get_one(Municipality, "1080").area = stored(
        shapely.MultiPolygon([square(520_000, 6_220_000, 20_000)])
    )
    session.flush()
    drawing = re.search(
        r'<svg viewBox="0 0 480 480" role="img".*?</svg>',
        _get(client, "/places/municipalities/1080"),
        re.DOTALL,
    )
    assert drawing
    assert drawing[0].count("<circle") == 2


def test_a_municipality_of_many_villages_is_searched_and_comes_a_page_at_a_time(
    client: FlaskClient, session: Session
) -> None:
    for number in range(51):
        factories.village(session, f"By {number:02}")
    page = "/places/municipalities/1080"
    assert len(_rows(_get(client, page))) == 50
    assert _names(_get(client, f"{page}?page=2")) == ["By 50"]
    found = _get(client, f"{page}?q=y+1&sort=-name")
    assert _names(found) == [f"By {number}" for number in range(19, 9, -1)]
    assert "/places.csv?q=y+1&amp;municipality=1080&amp;sort=-name" in found
    assert "Ingen ort stämmer" in _get(client, f"{page}?q=inget")


@pytest.mark.parametrize("path", ["villages/1080-nothing", "municipalities/9999", "villages/x"])
def test_places_that_are_not_stored_are_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(f"/places/{path}").status_code == 404


def test_pages_are_kept_until_the_data_change(client: FlaskClient, session: Session) -> None:
    village = factories.village(session, "Torstäva")
    first = client.get("/places")
    again = client.get("/places", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    session.get_one(Village, village.id).name = "Nytt namn"
    data_version.bump(session, at=NOW)
    session.flush()
    assert _names(_get(client, "/places")) == ["Nytt namn"]


def test_panels_stand_in_their_order_and_may_have_nothing_to_say(
    app: Flask, session: Session
) -> None:
    village = factories.village(session, "Torstäva")
    place = VillagePlace(village.id, village.code, village.name, "1080", "Karlskrona", "10")
    fresh = Flask("panels")
    blueprint = Blueprint("upper", __name__)
    seen: list[str] = []

    def told(name: str) -> Callable[[Session, VillagePlace], str]:
        def load(_session: Session, of: VillagePlace) -> str:
            seen.append(of.code)
            return f"{name} of {of.name}"

        return load

    panels.on_village(blueprint, order=20, load=told("second"), template="b.html")
    panels.on_village(blueprint, order=10, load=told("first"), template="a.html")
    panels.on_village(blueprint, order=15, load=lambda _session, _place: None, template="c.html")
    assert panels.of_village(fresh, session, place=place) == []
    fresh.register_blueprint(blueprint)
    shown = panels.of_village(fresh, session, place=place)
    assert [(panel.template, panel.content) for panel in shown] == [
        ("a.html", "first of Torstäva"),
        ("b.html", "second of Torstäva"),
    ]
    assert seen == [village.code, village.code]


def test_the_public_may_open_every_page(client: FlaskClient, session: Session) -> None:
    village = factories.village(session, "Torstäva")
    for path in ("", ".csv", f"/villages/{village.code}", "/municipalities/1080"):
        assert client.get(f"/places{path}").status_code == 200
