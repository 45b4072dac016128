"""A profile's parts about causes and people, its slides and its workbook."""

import io
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from outreach.connections.models import VillageStatus
from outreach.database import data_version
from outreach.gap import file_words
from outreach.gap.views.rooms import ROOMS, Room
from outreach.mail.queue import queue_of
from outreach.measures.rates import Counts
from tests import factories
from tests.factories import NOW
from tests.gap.rows import DAY, TATORT, place, publish, sum_up
from tests.gap.test_pages import words_of
from tests.gap.test_reach import held
from tests.signing_in import sign_in, token

BEFORE = date(2024, 10, 1)


@pytest.fixture
def region(app: Flask, session: Session) -> Iterator[Session]:
    """60 of 120 passed became 60 of 100 in the countryside; a session was held in the town."""
    country = place(session, "=Landet")
    town = place(session, "Staden", settlement_class=TATORT)
    for day, dwellings in ((BEFORE, 120), (DAY, 100)):
        publish(session, country, Counts(dwellings, 60, 50, 40), on=day, register=100)
        publish(
            session,
            town,
            Counts(1000, 900, 600, 500),
            on=day,
            settlement_class=TATORT,
            inhabitants=4000,
        )
    held(session, factories.organisation(session), town)
    yield session
    queue_of(app).huey.storage.close()


def test_a_profile_says_why_the_coverage_changed(region: Session, client: FlaskClient) -> None:
    text = words_of(client.get("/profiles/1080").text)
    # 960 of 1 120 to 960 of 1 100: 85.71 to 87.27 %, all of it from fewer dwellings.
    assert "från 85,7 % den 1 oktober 2024 till 87,3 % den 1 oktober 2025" in text
    assert "Antal bostäder +1,56 −20 +10,00" in text
    assert "Fler kan anslutas 0,00 0 0,00" in text
    assert "Ingen ny bostad kan anslutas." in text


def test_a_profile_says_whom_training_reaches(region: Session, client: FlaskClient) -> None:
    text = words_of(client.get("/profiles/1080").text)
    assert "Utbildningens räckvidd" in text
    assert "4 100 av 4 100 invånare" in text
    assert "Den digitala mognaden i Karlskrona hade inte mätts då." in text


@pytest.mark.parametrize("part", ["development", "causes"])
def test_a_picture_is_a_slide_of_1920_by_1080(
    region: Session, client: FlaskClient, part: str
) -> None:
    answer = client.get(f"/profiles/1080/slides/{part}.png")
    assert answer.status_code == 200
    picture = Image.open(io.BytesIO(answer.data))
    assert (picture.format, picture.size) == ("PNG", (1920, 1080))


@pytest.mark.parametrize("part", ["villages", "nothing", "maturity"])
def test_a_part_without_a_picture_has_no_slide(
    region: Session, client: FlaskClient, part: str
) -> None:
    assert client.get(f"/profiles/1080/slides/{part}.png").status_code == 404


def test_the_workbook_has_a_sheet_for_each_table_and_one_of_definitions(
    region: Session, client: FlaskClient
) -> None:
    book = load_workbook(io.BytesIO(client.get("/profiles/1080/tables.xlsx").data))
    assert book.sheetnames == [
        "Klyftorna",
        "Över tid",
        "Orsaker",
        "Kommuner",
        "Orter",
        "Digital mognad",
        "Utbildningens räckvidd",
        "Vad utbildningen handlar om",
        "Föreningar",
        "Definitioner",
    ]
    rows = list(book["Orsaker"].values)
    causes = dict(zip(rows[0], rows[1], strict=True))
    assert causes["denominator_points"] == pytest.approx(1.558442)
    assert (causes["numerator_points"], causes["reference_date"].year) == (0, 2025)
    assert [row[1] for row in book["Orter"].values][1:] == ["'=Landet", "Staden"]
    said = {row[1]: row[2] for row in book["Definitioner"].values}
    assert "av alla bostäder" in said["Utbyggnadsgrad"]
    assert "DSI 2.0" in said["Digital mognad"]
    assert "inom 10 km" in said["Utbildningens räckvidd"]
    assert said["denominator_points"]


def test_every_column_of_the_analysis_has_a_meaning(region: Session, client: FlaskClient) -> None:
    unknown = set()
    for name, room in ROOMS.items():
        assert isinstance(room, Room)
        for table in room.tables:
            kept = client.get(f"/gap/{name}/{table}.json").get_json()
            unknown |= {(name, one["name"]) for one in kept["columns"] if not one["meaning"]}
    assert unknown == set()
    assert file_words.field("within", "reach") != file_words.field("within", "spread")


def test_a_frozen_profile_keeps_its_workbook_and_slides(
    region: Session, client: FlaskClient
) -> None:
    sign_in(client, factories.user(region, role=RoleName.REGIONAL_STAFF, counties=["10"]))
    sent = {"csrf_token": token(client, "/profiles/1080")}
    address = client.post("/profiles/1080/freeze", data=sent).location
    assert f'href="{address}/sv/tables.xlsx"' in client.get(address).text
    assert f'href="{address}/sv/development.png"' in client.get(address).text
    before = client.get(f"{address}/sv/tables.xlsx").data
    found = select(VillageStatus).where(
        VillageStatus.connected == 600, VillageStatus.reference_date == DAY
    )
    status = region.scalars(found).one()
    status.connected = 700
    sum_up(region)
    data_version.bump(region, at=NOW)
    assert client.get(f"{address}/sv/tables.xlsx").data == before
    book = load_workbook(io.BytesIO(before))
    counts = {row[1]: row for row in book["Orter"].values}
    assert 600 in counts["Staden"]
    said = {row[1]: row[2] for row in book["Definitioner"].values}
    assert said["Adress"] == "http://localhost/profiles/1080"
    picture = Image.open(io.BytesIO(client.get(f"{address}/en/causes.png").data))
    assert picture.size == (1920, 1080)
    assert client.get(f"{address}/sv/villages.png").status_code == 404
