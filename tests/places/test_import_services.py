"""Service points and strategic nodes from files: idempotent, dated, refused row by row."""

from datetime import date
from pathlib import Path

import pytest
from shapely.geometry import MultiPolygon, Point, box
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.database.audit import AuditEvent
from outreach.database.spatial import loaded, stored
from outreach.places.models import Municipality
from outreach.places.rules import ImportKind
from outreach.places.service_models import ServicePoint, StrategicNode
from outreach.places.service_rules import has_full_range
from outreach.places.shapes import Options
from tests import factories
from tests.files.making import feature, geojson
from tests.places.importing import counts, imported, refusals, traces, warnings

SERVICES, NODES = ImportKind.SERVICE_POINTS, ImportKind.NODES
SHOP = (
    "Namn;Kommun;Typ;Öppnad;Stängd;east;north\nByboden;1080;livsmedel;1998-05-01;;520000;6230000\n"
)
NODE = (
    "namn;kommun;bedömd;grundservice;offentlig_service;kultur;kollektivtrafik;arbete;bredband;"
    "east;north\nTorhamn;1080;2023-10-01;ja;nej;ja;ja;;ja;560000;6215000\n"
)


@pytest.fixture(autouse=True)
def _karlskrona(session: Session) -> None:
    factories.municipality(session, "1080", name="Karlskrona")


def points(session: Session) -> list[ServicePoint]:
    return list(session.scalars(select(ServicePoint).order_by(ServicePoint.code)))


def test_the_same_file_twice_changes_nothing(session: Session, tmp_path: Path) -> None:
    result = imported(session, SERVICES, SHOP, folder=tmp_path, source="Länsstyrelsen")
    assert list(result.new) == ["1080-grocery-byboden"]
    [shop] = points(session)
    assert (shop.kind, shop.opened, shop.closed) == ("grocery", date(1998, 5, 1), None)
    assert (loaded(shop.point).x, shop.source) == (520000.0, "Länsstyrelsen")
    before = traces(session)
    assert counts(imported(session, SERVICES, SHOP, folder=tmp_path)) == (0, 0, 1, 0)
    assert traces(session) == before


def test_a_shop_that_has_closed_keeps_its_row_and_the_change_is_on_record(
    session: Session, tmp_path: Path
) -> None:
    imported(session, SERVICES, SHOP, folder=tmp_path)
    closed = "namn;kommun;typ;stängd\nByboden;1080;dagligvaror;2024-01-31\n"
    assert counts(imported(session, SERVICES, closed, folder=tmp_path)) == (0, 1, 0, 0)
    session.expire_all()
    [shop] = points(session)
    assert (shop.opened, shop.closed) == (date(1998, 5, 1), date(2024, 1, 31))
    event = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "service_point.imported")
    ).one()
    assert (event.before, event.after) == ('{"closed": null}', '{"closed": "2024-01-31"}')


def test_refused_rows_are_told_with_number_and_column(session: Session, tmp_path: Path) -> None:
    content = (
        "namn;kommun;typ;öppnad;stängd;east;north\n"
        "A;1080;bensinmack;;;520000;6230000\n"
        "B;1080;fuel;2020-01-01;2019-01-01;520000;6230000\n"
        "C;1080;skola;;;;\n"
        "D;1080;skola;;;6230000;520000\n"
        "E;1081;skola;;;520000;6230000\n"
        "F;1080;skola;;;520000;6230000\n"
    )
    result = imported(session, SERVICES, content, folder=tmp_path)
    assert refusals(result) == [
        ("kind_unknown", 2, "typ"),
        ("closed_before_opened", 3, "stängd"),
        ("position_needed", 4, None),
        ("axes_swapped", 5, "east, north"),
        ("municipality_unknown", 6, None),
    ]
    assert list(result.new) == ["1080-school-f"]


def test_a_later_file_cant_close_a_point_before_it_opened(session: Session, tmp_path: Path) -> None:
    imported(session, SERVICES, SHOP, folder=tmp_path)
    closed = "namn;kommun;typ;stängd\nByboden;1080;grocery;1990-01-31\n"
    assert refusals(imported(session, SERVICES, closed, folder=tmp_path)) == [
        ("closed_before_opened", 2, None)
    ]


def test_geojson_in_degrees_and_areas_become_points(session: Session, tmp_path: Path) -> None:
    ground = box(15.58, 56.16, 15.59, 56.17)
    content = geojson(
        [
            feature(Point(15.58, 56.16), **_shop("Macken", "fuel")),
            feature(ground, **_shop("Skolan", "school")),
        ]
    )
    assert counts(imported(session, SERVICES, content, folder=tmp_path)) == (2, 0, 0, 0)
    assert [round(loaded(one.point).x, -3) for one in points(session)] == [536000, 536000]
    assert counts(imported(session, SERVICES, content, folder=tmp_path)) == (0, 0, 2, 0)


def test_a_node_in_another_municipality_is_warned_of(session: Session, tmp_path: Path) -> None:
    session.get_one(Municipality, "1080").area = stored(
        MultiPolygon([box(500_000, 6_210_000, 530_000, 6_240_000)])
    )
    session.flush()
    assert warnings(imported(session, NODES, NODE, folder=tmp_path)) == [("lies_far_away", 2)]


def test_a_new_assessment_adds_a_row_and_blank_is_neither_yes_nor_no(
    session: Session, tmp_path: Path
) -> None:
    imported(session, NODES, NODE, folder=tmp_path)
    later = NODE.replace("2023-10-01", "2024-10-01").replace(";nej;", ";ja;")
    result = imported(session, NODES, later, folder=tmp_path)
    assert list(result.new) == ["1080-torhamn 2024-10-01"]
    assert counts(imported(session, NODES, later, folder=tmp_path)) == (0, 0, 1, 0)
    rows = session.scalars(select(StrategicNode).order_by(StrategicNode.assessed_on)).all()
    assert [(row.public_service, row.jobs) for row in rows] == [(False, None), (True, None)]


def test_a_node_needs_its_day_which_the_command_may_state(session: Session, tmp_path: Path) -> None:
    undated = "namn;kommun;bredband;east;north\nTorhamn;1080;kanske;560000;6215000\n"
    refused = imported(session, NODES, undated, folder=tmp_path)
    assert refusals(refused) == [("reference_date_missing", 2, "assessed_on")]
    options = Options(reference_date=date(2024, 10, 1))
    refused = imported(session, NODES, undated, folder=tmp_path, options=options)
    assert refusals(refused) == [("not_yes_or_no", 2, "bredband")]


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ((True, True, True, True, False, False), True),
        ((True, True, True, True, None, None), True),
        ((True, True, True, None, False, False), None),
        ((True, True, True, False, False, False), False),
        ((None,) * 6, None),
    ],
)
def test_full_range_is_four_of_six_and_unknown_while_the_unknown_decide(
    properties: tuple[bool | None, ...], expected: object
) -> None:
    assert has_full_range(properties) is expected


def _shop(name: str, kind: str) -> dict[str, str]:
    return {"name": name, "municipality": "1080", "kind": kind}
