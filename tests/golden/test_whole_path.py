"""Published figures of Blekinge through the whole path: sheet, report, approval, page, file, PDF.

The weights are the inhabitants of 2023, taken as dwellings, the shares those of 2018. Karlskrona
also has its share passed. What must come out is the weighted mean of 72.55 %, not the plain one of
68.7 %, and Karlskrona's take-up of 94.2 %.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from outreach.connections.models import ReportVersion
from outreach.connections.rules import ReportState
from outreach.database.times import utc_now
from outreach.exchange.working import work_on_all
from outreach.mail.queue import queue_of
from outreach.measures.classes import SettlementClass
from outreach.profiles.working import make_all
from tests import factories
from tests.exchange.making import number, xlsx
from tests.gap.test_pages import words_of
from tests.signing_in import sign_in, token

DAY = date(2018, 10, 1)
PUBLISHED = {
    ("1080", "Karlskrona"): (66_420, 80.46, 85.43),
    ("1082", "Karlshamn"): (31_996, 72.26, None),
    ("1060", "Olofström"): (13_061, 68.28, None),
    ("1081", "Ronneby"): (29_021, 66.81, None),
    ("1083", "Sölvesborg"): (17_475, 55.73, None),
}
"""Dwellings, per cent connected and per cent passed by municipality."""


def of(dwellings: int, percent: float | None) -> int | None:
    return None if percent is None else round(dwellings * percent / 100)


@pytest.fixture
def approved(app: Flask, session: Session, client: FlaskClient) -> Iterator[FlaskClient]:
    """Staff send a sheet, import its rows and approve what they have become."""
    for (code, name), (dwellings, _, _) in PUBLISHED.items():
        factories.municipality(session, code, name=name)
        village = factories.village(
            session,
            name,
            municipality_code=code,
            settlement_class=SettlementClass.tatort,
            dwellings=dwellings,
        )
        factories.association(session, f"{name}s byanät", serving=[village])
    session_round = factories.reporting_round(session, DAY)
    staff = factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",))
    sign_in(client, staff)
    rows = [
        (name, code, dwellings, of(dwellings, passed), of(dwellings, connected))
        for (code, name), (dwellings, connected, passed) in PUBLISHED.items()
    ]
    sheet = xlsx(("Ort", "Kommunkod", "Hushåll", "Kan anslutas", "Anslutna"), *rows)
    form = {"csrf_token": token(client, "/imports"), "round": str(session_round.id)}
    sent = client.post("/imports", data=form | {"file": (io.BytesIO(sheet), "pts.xlsx")})
    page = sent.location
    client.post(f"{page}/confirm", data={"csrf_token": token(client, page)})
    work_on_all(session, clock=utc_now)
    assert "Filen är importerad" in words_of(client.get(page).text), number(page)
    waiting = select(ReportVersion.id).where(ReportVersion.state == ReportState.SUBMITTED)
    versions = session.scalars(waiting).all()
    assert len(versions) == len(PUBLISHED)
    for version_id in versions:
        review = f"/review/{version_id}"
        fields = {"csrf_token": token(client, review)}
        answer = client.post(f"{review}/approve", data=fields)
        assert (answer.status_code, answer.location) == (303, "/review")
    yield client
    queue_of(app).huey.storage.close()


def test_the_published_figures_come_out_on_page_file_and_paper(
    approved: FlaskClient, session: Session, app: Flask
) -> None:
    reader = app.test_client()
    query = "measure=connection_rate&scheme=pts&date=2018-10-01&area=10"
    page = words_of(reader.get(f"/gap?{query}", follow_redirects=True).text)
    assert "72,5 %" in page
    assert "68,7 %" not in page

    text = reader.get(f"/gap/municipalities.csv?{query}", follow_redirects=True).text
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    found = {row["name"]: round(100 * float(row["all_share"]), 2) for row in rows}
    assert found == {name: connected for (_, name), (_, connected, _) in PUBLISHED.items()}

    fields = {"csrf_token": token(approved, "/profiles/1080")}
    paper = approved.post("/profiles/1080/pdf", data=fields).location
    make_all(session, clock=utc_now)
    pdf = PdfReader(io.BytesIO(approved.get(f"{paper}.pdf").data))
    printed = pdf.pages[0].extract_text().replace("\xa0", " ")
    assert all(share in printed for share in ("85,4 %", "80,5 %", "94,2 %"))
