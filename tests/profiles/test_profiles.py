"""Profiles as everyone reads them, as staff write in them, and as they are frozen and printed."""

import hashlib
import io
import json
import logging
import re
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from outreach.accounts.rules import RoleName
from outreach.connections.models import VillageStatus
from outreach.database import data_version
from outreach.database.times import utc_now
from outreach.mail.queue import queue_of
from outreach.measures.rates import Counts
from outreach.profiles.jobs import make_papers
from outreach.profiles.kept import from_json, to_json
from outreach.profiles.models import ProfileEdition, ProfilePaper
from outreach.profiles.working import make_all
from tests import factories
from tests.gap.rows import TATORT, place, publish, sum_up, town_and_country
from tests.gap.test_pages import words_of
from tests.signing_in import sign_in, token


@pytest.fixture
def region(app: Flask, session: Session) -> Iterator[Session]:
    """A town and a countryside in one municipality, and another municipality beside it."""
    town_and_country(session)
    other = place(
        session,
        "Grannstad",
        settlement_class=TATORT,
        municipality_code="1081",
        municipality="Ronneby",
    )
    publish(session, other, Counts(500, 400, 300, 200), settlement_class=TATORT)
    yield session
    queue_of(app).huey.storage.close()


@pytest.fixture
def staff(region: Session, client: FlaskClient) -> FlaskClient:
    user = factories.user(region, role=RoleName.REGIONAL_STAFF, counties=["10"])
    sign_in(client, user)
    return client


def post(client: FlaskClient, address: str, page: str, **fields: str) -> TestResponse:
    return client.post(address, data={"csrf_token": token(client, page), **fields})


def written(client: FlaskClient, text: str, *, version: str = "0") -> TestResponse:
    address = "/profiles/1080/edit/position"
    return post(client, address, "/profiles/1080/edit", text=text, version=version)


def frozen(client: FlaskClient) -> str:
    answer = post(client, "/profiles/1080/freeze", "/profiles/1080")
    assert answer.status_code == 303
    return answer.location


def test_a_profile_says_in_words_what_the_figures_are(region: Session, client: FlaskClient) -> None:
    text = words_of(client.get("/profiles/1080").text)
    # 200 rural dwellings of which 100 are passed, 1 000 in town of which 900 are.
    assert "I Karlskrona når nätet 1 000 av 1 200 bostäder, 83,3 %." in text
    assert "Nätet når 50,0 % av bostäderna på landsbygden och 90,0 % i städerna" in text
    assert "en skillnad på 40,0 procentenheter" in text
    assert "Halva utbyggnadsklyftan sluts med" in text


def test_a_municipality_is_compared_with_those_of_its_county(
    region: Session, client: FlaskClient
) -> None:
    text = words_of(client.get("/profiles/1080").text)
    assert "Karlskrona har plats 1 av 2 i utbyggnadsgrad." in text


def test_the_list_leads_to_every_municipality(region: Session, client: FlaskClient) -> None:
    page = client.get("/profiles").text
    assert re.findall(r'href="/profiles/(\d+)"', page) == ["10", "1080", "1081"]


@pytest.mark.parametrize("code", ["all", "9999", "1282"])
def test_an_area_without_figures_has_no_profile(
    region: Session, client: FlaskClient, code: str
) -> None:
    assert client.get(f"/profiles/{code}").status_code == 404


def test_what_staff_write_stands_in_the_place_of_the_generated_text(staff: FlaskClient) -> None:
    assert written(staff, "Vi har byggt.\nNu pratar vi med folk.").status_code == 303
    text = words_of(staff.get("/profiles/1080").text)
    assert "Vi har byggt. Nu pratar vi med folk. Text av regionen." in text
    assert "I Karlskrona når nätet" not in text


def test_an_empty_text_gives_the_generated_one_back(staff: FlaskClient) -> None:
    written(staff, "Vi har byggt.")
    written(staff, "", version="1")
    assert "I Karlskrona når nätet" in words_of(staff.get("/profiles/1080").text)


def test_nobody_overwrites_a_text_unseen(staff: FlaskClient) -> None:
    written(staff, "Först.")
    late = written(staff, "Sedan.")
    assert late.status_code == 409
    assert "Först." in words_of(late.text)
    assert ">Sedan.</textarea>" in late.text
    assert written(staff, "Sedan.", version="1").status_code == 303


def test_a_text_that_is_too_long_is_kept_in_the_field(staff: FlaskClient) -> None:
    answer = written(staff, "x" * 4001)
    assert (answer.status_code, "x" * 4001 in answer.text) == (422, True)


def test_a_personal_number_is_refused_and_control_characters_are_left_out(
    staff: FlaskClient,
) -> None:
    answer = written(staff, "Ring 19121212-1212.")
    assert (answer.status_code, "19121212-1212" in answer.text) == (422, True)
    assert written(staff, "Vi har\0 byggt.\n\nOch mer.").status_code == 303
    text = staff.get("/profiles/1080/edit").text
    assert "Vi har byggt.\n\nOch mer.</textarea>" in text


def test_text_is_never_taken_for_markup(staff: FlaskClient) -> None:
    written(staff, "<script>alert(1)</script>")
    assert "<script>alert(1)" not in staff.get("/profiles/1080").text


def test_staff_of_another_county_write_nothing_here(region: Session, client: FlaskClient) -> None:
    factories.county(region, "07", "Kronobergs län")
    sign_in(client, factories.user(region, role=RoleName.REGIONAL_STAFF, counties=["07"]))
    assert client.get("/profiles/1080/edit").status_code == 404


def test_a_frozen_profile_stays_to_the_byte(staff: FlaskClient, region: Session) -> None:
    address = frozen(staff)
    before = staff.get(f"{address}.json")
    row = region.scalars(select(VillageStatus).where(VillageStatus.homes_passed == 900)).one()
    row.homes_passed = 950
    region.flush()
    sum_up(region)
    data_version.bump(region, at=utc_now())
    region.flush()
    assert "90,0 % i städerna" not in words_of(staff.get("/profiles/1080").text)
    assert "90,0 % i städerna" in words_of(staff.get(address).text)
    after = staff.get(f"{address}.json")
    assert after.data == before.data
    assert hashlib.sha256(after.data).hexdigest() in staff.get(address).text


def test_a_frozen_profile_is_kept_in_both_languages(staff: FlaskClient) -> None:
    kept = json.loads(staff.get(f"{frozen(staff)}.json").data)
    assert {locale: one["sections"][0]["heading"] for locale, one in kept.items()} == {
        "sv": "Så är läget",
        "en": "Where things stand",
    }


def test_a_document_comes_back_from_json_as_it_was(staff: FlaskClient, region: Session) -> None:
    frozen(staff)
    content = region.scalars(select(ProfileEdition.content)).one()
    assert to_json(from_json(content)) == content


def test_everybody_gets_the_pdf_of_a_frozen_profile(
    staff: FlaskClient, region: Session, app: Flask
) -> None:
    address = frozen(staff)
    make_papers(app)
    visitor = app.test_client()
    link = re.search(r'href="(/profiles/papers/\d+\.pdf)">PDF \(svenska', visitor.get(address).text)
    assert link is not None
    reader = PdfReader(io.BytesIO(visitor.get(link[1]).data))
    assert "Så är läget" in reader.pages[0].extract_text()


def test_the_pdf_is_tagged_and_its_drawings_have_words(
    staff: FlaskClient, region: Session, app: Flask
) -> None:
    answer = post(staff, "/profiles/10/pdf", "/profiles/10", kind="pack")
    assert make_all(region, clock=utc_now) == 1
    assert "PDF-filen är klar" in words_of(staff.get(answer.location).text)
    reader = PdfReader(io.BytesIO(staff.get(f"{answer.location}.pdf").data))
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("sv", True)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid" in reader.xmp_metadata.stream.get_data().decode()
    scopes = {head["/A"]["/Scope"] for head in tagged(root["/StructTreeRoot"], "/TH")}
    assert scopes == {"/Column", "/Row"}
    # What a list holds are its items, with nothing in between.
    lists = tagged(root["/StructTreeRoot"], "/L")
    assert {child["/S"] for one in lists for child in children(one)} == {"/LI"}
    alts = [one.get("/Alt") for one in tagged(root["/StructTreeRoot"], "/Figure")]
    assert alts
    assert all(alts)
    text = "".join(page.extract_text() for page in reader.pages)
    assert all(name in text for name in ("Blekinge", "Karlskrona", "Ronneby"))


def test_poppler_reads_the_structure_and_finds_every_font_in_the_pdf(
    staff: FlaskClient, region: Session, tmp_path: Path
) -> None:
    answer = post(staff, "/profiles/1080/pdf", "/profiles/1080")
    make_all(region, clock=utc_now)
    file = tmp_path / "profile.pdf"
    file.write_bytes(staff.get(f"{answer.location}.pdf").data)
    assert re.search(r"Tagged:\s+yes", told("pdfinfo", file))
    structure = told("pdfinfo", "-struct", file)
    assert structure.lstrip().startswith("Document")
    assert all(f"\n{indent}" not in structure for indent in ("Unknown", "Syntax Error"))
    assert {"H1", "H2", "Table", "TH", "TD", "Figure"} <= set(re.findall(r"\w+", structure))
    fonts = told("pdffonts", file).splitlines()[2:]
    # The columns from the right: object and generation, unicode map, subset, embedded.
    assert fonts
    assert {tuple(line.split()[-5:-2]) for line in fonts} == {("yes", "yes", "yes")}


def told(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout


def tagged(node: DictionaryObject, tag: str) -> Iterator[DictionaryObject]:
    """Everything of a kind in a structure tree."""
    if node.get("/S") == tag:
        yield node
    for child in children(node):
        yield from tagged(child, tag)


def children(node: DictionaryObject) -> list[DictionaryObject]:
    """What stands in a part of a structure tree; its marked content is left out."""
    kids = node.get("/K", [])
    found = kids.get_object() if hasattr(kids, "get_object") else kids
    listed = found if isinstance(found, list) else [found]
    opened = [one.get_object() for one in listed if hasattr(one, "get_object")]
    return [one for one in opened if isinstance(one, DictionaryObject) and "/S" in one]


class HeldOpen(logging.Handler):
    """Whether a transaction is open at each step that WeasyPrint tells of."""

    def __init__(self, session: Session) -> None:
        super().__init__(logging.INFO)
        self.session, self.found = session, list[bool]()

    def emit(self, record: logging.LogRecord) -> None:
        """Note it."""
        self.found.append(self.session.in_transaction())


def test_no_transaction_is_held_while_a_pdf_is_printed(
    staff: FlaskClient, region: Session, caplog: pytest.LogCaptureFixture
) -> None:
    """A county takes minutes: SQLite would let nobody write, PostgreSQL would hang up."""
    post(staff, "/profiles/1080/pdf", "/profiles/1080")
    progress, held = logging.getLogger("weasyprint.progress"), HeldOpen(region)
    progress.addHandler(held)
    try:
        with caplog.at_level(logging.INFO, logger=progress.name):
            make_all(region, clock=utc_now)
    finally:
        progress.removeHandler(held)
    assert len(held.found) >= 5
    assert not any(held.found)


def test_another_persons_pdf_is_not_found(staff: FlaskClient, region: Session) -> None:
    answer = post(staff, "/profiles/1080/pdf", "/profiles/1080")
    make_all(region, clock=utc_now)
    sign_in(staff, factories.user(region, role=RoleName.ADMINISTRATOR))
    assert staff.get(answer.location).status_code == 404
    assert staff.get(f"{answer.location}.pdf").status_code == 404


def test_a_pdf_whose_worker_was_lost_is_begun_anew_but_not_for_ever(
    staff: FlaskClient, region: Session
) -> None:
    post(staff, "/profiles/1080/pdf", "/profiles/1080")
    paper = region.scalars(select(ProfilePaper)).one()
    paper.state, paper.claimed_at, paper.tries = "making", utc_now() - timedelta(minutes=6), 3
    region.flush()
    make_all(region, clock=utc_now)
    region.expire_all()
    assert (paper.state.value, paper.content) == ("failed", None)
