"""The lists of service points and nodes, their files, and what of them stands on a day."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.places.models import Village
from outreach.places.queries.services import ServiceFilter, nodes, service_points
from outreach.places.rules import ImportKind
from tests import factories
from tests.factories import At
from tests.places.importing import counts, imported
from tests.places.test_import_services import NODE, SHOP

SERVICES, NODES = ImportKind.SERVICE_POINTS, ImportKind.NODES
ALL = ServiceFilter()


@pytest.fixture(autouse=True)
def _stored(session: Session, tmp_path: Path) -> None:
    factories.municipality(session, "1080", name="Karlskrona")
    closed = "Ångmacken;1080;drivmedel;;2020-06-30;521000;6230000\n"
    imported(session, SERVICES, SHOP + closed, folder=tmp_path)
    later = NODE.replace("2023-10-01", "2024-10-01").replace(";nej;", ";;")
    imported(session, NODES, NODE, folder=tmp_path)
    imported(session, NODES, later, folder=tmp_path)


def test_the_lists_say_what_is_open_and_what_is_not_known(client: FlaskClient) -> None:
    page = client.get("/places/services").text
    assert "Byboden" in page
    assert ">öppen</td>" in page
    assert "30 juni 2020" in page
    found = client.get("/places/services?kind=fuel&q=ång").text
    assert "Ångmacken" in found
    assert "Byboden" not in found
    assert "ja (4 av 6)" in client.get("/places/nodes").text
    assert "inte känt" in client.get("/places/nodes").text


@pytest.mark.parametrize(("path", "kind"), [("services", SERVICES), ("nodes", NODES)])
def test_what_is_taken_out_can_be_put_in_again_and_changes_nothing(
    client: FlaskClient, session: Session, tmp_path: Path, path: str, kind: ImportKind
) -> None:
    content = client.get(f"/places/{path}.csv").text
    rows = list(csv.DictReader(io.StringIO(content)))
    result = imported(session, kind, content, folder=tmp_path, source="Another")
    assert counts(result) == (0, 0, len(rows), 0)


def test_a_point_stands_on_the_days_it_is_open(session: Session) -> None:
    def open_on(day: date) -> list[str]:
        return [row.name for row in service_points(session, ALL, on=day)]

    assert open_on(date(1990, 1, 1)) == ["Ångmacken"]
    assert open_on(date(2020, 6, 29)) == ["Byboden", "Ångmacken"]
    assert open_on(date(2020, 6, 30)) == ["Byboden"]


def test_a_node_is_as_its_newest_assessment_of_the_day(session: Session) -> None:
    [before] = nodes(session, ALL, on=date(2024, 9, 30))
    [after] = nodes(session, ALL, on=date(2024, 10, 1))
    assert [before.properties[1], after.properties[1]] == [False, None]
    assert nodes(session, ALL, on=date(2020, 1, 1)) == []


def test_the_number_of_statements_does_not_grow_with_the_points(
    client: FlaskClient,
    session: Session,
    statements: Callable[[Callable[[], object]], int],
    tmp_path: Path,
) -> None:
    few = statements(lambda: client.get("/places/services"))
    more = [f"Skola {n};1080;skola;;;{520_000 + n};6230000\n" for n in range(40)]
    imported(session, SERVICES, SHOP + "".join(more), folder=tmp_path)
    assert statements(lambda: client.get("/places/services?sort=name")) == few


def test_a_village_says_what_lies_nearest_of_each_kind(
    client: FlaskClient, session: Session, tmp_path: Path
) -> None:
    nearer = "Torsboden;1080;dagligvaror;;;533000;6234000\n"
    imported(session, SERVICES, SHOP + nearer, folder=tmp_path)
    village = factories.village(session, "Torstäva", at=At(530_000, 6_230_000))
    page = client.get(f"/places/villages/{village.code}").text
    table = re.search(r'id="nearest-services".*?<tbody>(.*?)</tbody>', page, re.DOTALL)
    assert table
    rows = re.findall(r"<tr>(.*?)</tr>", table[1], re.DOTALL)
    # 3 km east and 4 km north; 30 km east and 15 km south. The fuel station closed in 2020.
    assert [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows] == [
        "Dagligvaror Torsboden (Karlskrona) 5,0",
        "Strategisk nod Torhamn (Karlskrona) 33,5",
    ]


def test_a_village_without_a_place_has_nothing_near(client: FlaskClient, session: Session) -> None:
    village = factories.village(session, "Ingenstans")
    session.get_one(Village, village.id).point = None
    session.flush()
    assert "nearest-services" not in client.get(f"/places/villages/{village.code}").text
