"""The gap's files: shapes, values, GeoJSON, CSV and pictures."""

import csv
import gzip
import io
import json
import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from shapely.geometry import MultiPolygon, box
from sqlalchemy.orm import Session

from outreach.database.spatial import stored
from outreach.measures.rates import Counts
from outreach.places.models import Municipality
from tests.gap.rows import TATORT, place, publish, town_and_country

PICTURES = ("series", "rank", "map")


def outlined(session: Session) -> None:
    """Two villages on a municipality of 60 by 40 kilometres, one of them with an area."""
    town, _ = town_and_country(session)
    town.area = stored(MultiPolygon([box(499_000, 6_239_000, 501_000, 6_241_000).segmentize(500)]))
    ground = session.get_one(Municipality, "1080")
    ground.area = stored(MultiPolygon([box(470_000, 6_220_000, 530_000, 6_260_000)]))
    session.flush()


@pytest.fixture
def files(session: Session, client: FlaskClient) -> FlaskClient:
    """A visitor where two villages are published."""
    outlined(session)
    return client


def outer_ring(feature: dict[str, dict[str, list[object]]]) -> list[list[float]]:
    """SpatiaLite writes a single part as a polygon, PostGIS as a multipolygon."""
    ring = feature["geometry"]["coordinates"][0]
    return ring if len(ring[0]) == 2 else ring[0]


def test_shapes_are_in_degrees_with_longitude_first(files: FlaskClient) -> None:
    answer = files.get("/gap/shapes.geojson")
    assert answer.content_type == "application/geo+json"
    features = json.loads(answer.data)["features"]
    assert [one["properties"]["kind"] for one in features] == ["municipality", "village", "village"]
    east, north = outer_ring(features[1])[0]
    assert (14.9 < east < 15.1, 56.2 < north < 56.4) == (True, True)
    assert max(len(digits) for digits in re.findall(r"\.(\d+)", answer.text)) <= 6


def test_a_village_is_a_polygon_where_known_and_else_a_point(files: FlaskClient) -> None:
    features = json.loads(files.get("/gap/shapes.geojson").data)["features"]
    kinds = {one["properties"]["name"]: one["geometry"]["type"] for one in features}
    assert (kinds["Staden"].endswith("Polygon"), kinds["Landet"]) == (True, "Point")


def test_shapes_leave_out_detail_that_no_map_shows(files: FlaskClient) -> None:
    features = json.loads(files.get("/gap/shapes.geojson").data)["features"]
    town = next(one for one in features if one["properties"]["name"] == "Staden")
    assert len(outer_ring(town)) == 5


def test_shapes_stay_the_same_while_figures_change_date_and_measure(files: FlaskClient) -> None:
    assert (
        files.get("/gap/shapes.geojson?measure=take_up").headers["ETag"]
        == files.get("/gap/shapes.geojson").headers["ETag"]
    )


def test_values_are_by_village_code(session: Session, files: FlaskClient) -> None:
    data = json.loads(files.get("/gap/values.json?measure=take_up").data)
    assert (data["measure"], data["date"], data["limits"]) == (
        "take_up",
        "2025-10-01",
        [0.4, 0.6, 0.75, 0.9],
    )
    assert sorted(data["villages"].values()) == [
        ["reported", 80, 100, 200, "2025-10-01", 0],
        ["reported", 600, 900, 1000, "2025-10-01", 0],
    ]


def test_the_published_villages_have_counts_rates_and_passports(files: FlaskClient) -> None:
    data = json.loads(files.get("/gap/villages.geojson").data)
    assert (data["reference_date"], data["audience"]) == ("2025-10-01", "public")
    landet = next(one for one in data["features"] if one["properties"]["name"] == "Landet")
    properties = landet["properties"]
    counts = [properties[name] for name in ("dwellings", "homes_passed", "connected", "active")]
    assert counts == [200, 100, 80, 60]
    rates = ("coverage", "connection_rate", "take_up", "activation")
    assert [properties[name] for name in rates] == [0.5, 0.4, 0.8, 0.75]
    assert (properties["reported_on"], properties["source"]) == (
        "2025-10-01",
        "association_report",
    )


def test_csv_for_programs_follows_the_standard(files: FlaskClient) -> None:
    answer = files.get("/gap/villages.csv")
    assert answer.data.count(b"\r\n") == 3
    assert not answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["name"] for row in rows] == ["Landet", "Staden"]
    assert (rows[0]["coverage"], rows[0]["municipality_code"]) == ("0.5", "1080")
    passport = ("reference_date", "dwelling_type", "source", "scheme", "definition_version")
    assert [rows[0][name] for name in passport] == [
        "2025-10-01",
        "permanent",
        "association_report",
        "pts",
        "1",
    ]


def test_csv_for_excel_has_semicolons_commas_and_a_mark(files: FlaskClient) -> None:
    answer = files.get("/gap/villages-excel.csv")
    assert answer.data.startswith(b"\xef\xbb\xbfcode;name;")
    assert ";0,5;" in answer.text


@pytest.mark.parametrize("kind", ["villages.csv", "villages-excel.csv"])
def test_no_name_becomes_a_formula(session: Session, client: FlaskClient, kind: str) -> None:
    publish(session, place(session, '=HYPERLINK("http://x")'), Counts(100, 70, 50, 40))
    assert "'=HYPERLINK" in client.get(f"/gap/{kind}").text


def test_unknown_is_an_empty_cell_and_zero_is_zero(session: Session, client: FlaskClient) -> None:
    publish(session, place(session, "Blank"), Counts(50, None, None, None))
    publish(session, place(session, "Noll"), Counts(50, 0, 0, 0))
    rows = list(csv.DictReader(io.StringIO(client.get("/gap/villages.csv").text)))
    assert [
        (row["name"], row["homes_passed"], row["coverage"], row["take_up"]) for row in rows
    ] == [
        ("Blank", "", "", ""),
        ("Noll", "0", "0.0", ""),
    ]


def test_every_table_has_its_file(files: FlaskClient) -> None:
    for name in ("gaps", "municipalities", "villages", "series"):
        for suffix in ("", "-excel"):
            assert files.get(f"/gap/{name}{suffix}.csv").status_code == 200
    assert files.get("/gap/secrets.csv").status_code == 404


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_have_neither_styles_nor_identifiers_nor_dates(
    files: FlaskClient, name: str
) -> None:
    svg = files.get(f"/gap/chart/{name}.svg").text
    assert svg.startswith("<svg ")
    assert svg.endswith("</svg>\n")
    assert re.findall(r'\sstyle=|<style|\sid="|url\(|xlink|<metadata', svg) == []
    assert 'role="img"' in svg


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_are_the_same_bytes_each_time_they_are_drawn(
    session: Session, client: FlaskClient, name: str
) -> None:
    outlined(session)
    first = client.get(f"/gap/chart/{name}.png?date=2025-10-01").data
    assert first.startswith(b"\x89PNG")
    assert client.get(f"/gap/chart/{name}.png").data == first


@pytest.mark.parametrize("address", ["/gap/chart/other.svg", "/gap/chart/map.gif"])
def test_there_are_no_other_pictures(files: FlaskClient, address: str) -> None:
    assert files.get(address).status_code == 404


def test_text_in_a_picture_is_text(files: FlaskClient) -> None:
    svg = files.get("/gap/chart/series.svg?measure=take_up").text
    assert ">Landsbygd</text>" in svg
    assert ">80,0\xa0%</text>" in svg


def test_a_map_of_equal_values_is_drawn(session: Session, client: FlaskClient) -> None:
    for name in ("A", "B", "C"):
        publish(session, place(session, name), Counts(100, 70, 50, 40))
    assert client.get("/gap/chart/map.svg").status_code == 200
    values = json.loads(client.get("/gap/values.json").data)["villages"].values()
    assert {tuple(value[:3]) for value in values} == {("reported", 70, 100)}


def test_a_hole_in_a_series_is_a_hole_in_its_line(session: Session, client: FlaskClient) -> None:
    village = place(session)
    counts = Counts(200, 100, 80, 60)
    for year in (2021, 2022, 2024, 2025):
        publish(session, village, counts, on=date(year, 10, 1))
    publish(session, village, None, on=date(2023, 10, 1), register=200)
    svg = client.get("/gap/chart/series.svg").text
    assert len(re.findall(r'stroke="#b4531a" stroke-width="3"', svg)) == 2
    told = " ".join(" ".join(re.findall(r">([^<]+)<", svg)).split())
    assert "ingen stad här att mäta mot. Stad, landsbygd eller båda saknar" in told
    assert "saknar siffra 1 oktober 2023. Visas inte" in told
    rows = list(csv.DictReader(io.StringIO(client.get("/gap/series.csv").text)))
    # There are no towns here, so no date has a figure of both.
    assert {row["blank"] for row in rows} == {"not_shown"}


def test_names_are_escaped_in_pictures(session: Session, client: FlaskClient) -> None:
    for code, name in (("1080", "A<script>"), ("1081", "B&C")):
        town = place(session, name, municipality_code=code, municipality=name)
        publish(session, town, Counts(100, 70, 50, 40))
        urban = place(session, name, municipality_code=code, settlement_class=TATORT)
        publish(session, urban, Counts(100, 80, 60, 40), settlement_class=TATORT)
    svg = client.get("/gap/chart/rank.svg").text
    assert "A&lt;script&gt;" in svg
    assert "<script>" not in client.get("/gap").text.split('id="rank"')[1].split("</figure>")[0]


def test_files_are_sent_gzipped_to_who_takes_them(files: FlaskClient) -> None:
    plain = files.get("/gap/villages.geojson")
    zipped = files.get("/gap/villages.geojson", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(zipped.data) == plain.data
    assert zipped.headers["Vary"] == "Accept-Encoding"
