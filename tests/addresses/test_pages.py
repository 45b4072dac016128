"""From a file of addresses to a report: sent, counted by the worker, looked at, reported."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from shapely.geometry import Point
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from outreach.addresses.jobs import folder_of
from outreach.addresses.models import AddressCount
from outreach.addresses.working import count_all, tidy
from outreach.connections.models import ConnectionCount
from outreach.connections.rules import ReportState
from outreach.database.spatial import stored
from outreach.database.times import utc_now
from outreach.mail.queue import queue_of
from outreach.places.models import VillagePopulation
from tests.connections.making import Counts, report, version
from tests.connections.pages import signed_in_reporter, words
from tests.exchange.making import Desk
from tests.signing_in import token

LINES = ("e,n,hushall,kan anslutas,anslutna", "530500,6230500,90,80,70", "530510,6230500,10,5,0")


@pytest.fixture
def desk(app: Flask, session: Session, client: FlaskClient) -> Iterator[Desk]:
    desk = Desk(session, client)
    desk.aby.point = stored(Point(530_500, 6_230_500))
    session.add(
        VillagePopulation(
            village_id=desk.aby.id,
            reference_date=date(2020, 12, 31),
            inhabitants=300,
            area_hectares=100,
            source="test",
        )
    )
    session.flush()
    yield desk
    queue_of(app).huey.storage.close()


def send(desk: Desk, content: bytes, **fields: str) -> TestResponse:
    data = {
        "csrf_token": token(desk.client, "/addresses"),
        "round": str(desk.round.id),
        "file": (io.BytesIO(content), "adresser.csv"),
        **fields,
    }
    return desk.client.post("/addresses", data=data, content_type="multipart/form-data")


def sent(desk: Desk, *lines: str) -> str:
    answer = send(desk, "\n".join(lines).encode())
    assert answer.status_code == 303, answer.text
    return answer.location


def folder(app: Flask) -> Path:
    return folder_of(app)


def test_addresses_become_a_report_and_are_gone(app: Flask, desk: Desk) -> None:
    page = sent(desk, *LINES)
    assert "Väntar på att räknas" in words(desk.client.get(page))
    count_all(desk.session, folder(app), clock=utc_now)
    assert "Åby omrisset är okänt" in words(desk.client.get(page))
    answer = desk.client.post(f"{page}/hand-on", data={"csrf_token": token(desk.client, page)})
    imported = desk.press(answer.location, "confirm")
    assert "Filen är importerad" in words(imported)
    (version,) = desk.versions()
    counts = desk.session.scalars(
        select(ConnectionCount).where(ConnectionCount.version_id == version.id)
    )
    assert [(c.dwellings, c.homes_passed, c.connected) for c in counts] == [(100, 85, 70)]
    assert list(folder(app).iterdir()) == []


def test_a_reason_for_lower_figures_goes_along_with_the_sums(app: Flask, desk: Desk) -> None:
    of = report(desk.session, desk.association, desk.round)
    counts = [(desk.aby, Counts(100, 90, 80, 60))]
    version(desk.session, of, counts=counts, state=ReportState.APPROVED)
    page = sent(desk, *LINES)
    count_all(desk.session, folder(app), clock=utc_now)
    form = {"csrf_token": token(desk.client, page), "reason": "Fem hus är\nrivna"}
    address = desk.client.post(f"{page}/hand-on", data=form).location
    desk.press(address, "confirm")
    newest = desk.versions()[-1]
    assert [(c.homes_passed, c.reason) for c in newest.counts] == [(85, "Fem hus är rivna")]


def test_no_coordinate_reaches_the_database(app: Flask, desk: Desk) -> None:
    sent(desk, *LINES, "530500,6230500,x,0,0")
    count_all(desk.session, folder(app), clock=utc_now)
    kept = desk.session.scalars(select(AddressCount)).one()
    assert "530500" not in f"{kept.counted}{kept.message}"
    audit = desk.session.execute(text("SELECT * FROM audit_event")).all()
    assert "530500" not in str(audit)


def test_an_import_is_made_once(app: Flask, desk: Desk) -> None:
    page = sent(desk, *LINES)
    count_all(desk.session, folder(app), clock=utc_now)
    form = {"csrf_token": token(desk.client, page)}
    first, second = (desk.client.post(f"{page}/hand-on", data=form).location for _ in range(2))
    assert ("/imports/" in first, second) == (True, page)


def test_a_file_that_can_not_be_read_says_why_and_is_gone(app: Flask, desk: Desk) -> None:
    page = sent(desk, "adress,hushall", "Storgatan 1,2")
    count_all(desk.session, folder(app), clock=utc_now)
    assert "Filen har inga kolumner för koordinater" in words(desk.client.get(page))
    assert list(folder(app).iterdir()) == []


def test_a_file_that_went_missing_is_said_to_be_lost(app: Flask, desk: Desk) -> None:
    page = sent(desk, *LINES)
    next(folder(app).iterdir()).unlink()
    count_all(desk.session, folder(app), clock=utc_now)
    assert "Skicka den igen" in words(desk.client.get(page))


def test_a_file_that_waits_is_not_swept_away(app: Flask, desk: Desk) -> None:
    sent(desk, *LINES)
    assert tidy(desk.session, folder(app)) == 0
    assert len(list(folder(app).iterdir())) == 1


def test_without_a_file_the_form_says_so_and_keeps_the_choice(desk: Desk) -> None:
    answer = send(desk, b"")
    assert answer.status_code == 422
    assert "Välj en fil." in words(answer)


def test_a_file_larger_than_other_pages_take_is_taken_here(
    app: Flask, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 10_000)
    content = "\n".join([LINES[0], *["530500,6230500,1,1,1"] * 1500]).encode()
    assert desk.post(content, "rapport.csv").status_code == 413
    page = send(desk, content).location
    count_all(desk.session, folder(app), clock=utc_now)
    assert "1\xa0500" in desk.client.get(page).text


def test_another_persons_counting_is_not_found(app: Flask, desk: Desk) -> None:
    page = sent(desk, *LINES)
    signed_in_reporter(desk.client, desk.session, desk.association)
    assert desk.client.get(page).status_code == 404
