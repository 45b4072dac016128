"""Nothing withheld follows from all that is public: two regions that differ in it look the same.

Every route that the policy opens to the public is read with its parameters: pages, files of each
kind, pictures, maps, calendars; and a frozen edition with its files and the text of its PDFs.
Where both regions get the same bytes, no reader can tell them apart, by subtraction or otherwise;
and each withheld count differs between them. Of each route's addresses PostGIS reads every third
and SpatiaLite the others: what differs between the databases is asked for by all of a route.
"""

import io
import re
import sqlite3
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from outreach.database import data_version
from outreach.extensions import db
from outreach.profiles.jobs import make_papers
from outreach.profiles.models import ProfileEdition, ProfileFile, ProfilePaper
from outreach.web import kept
from tests import factories
from tests.safety.public_addresses import OF_NO_EDITION, addresses_of, public_rules
from tests.safety.two_worlds import (
    DAYS,
    TOWNS,
    Region,
    files_of_staff,
    first_world,
    second_world,
)
from tests.signing_in import sign_in, token

NONCE = re.compile(rb'(nonce|csrf_token"\s.*?value|submission_key" value)="[^"]+"')


def keys_of(found: Region) -> dict[str, list[object]]:
    towns, villages = list(TOWNS), [one.code for one in found.villages.values()]
    return {
        "area": ["10", *towns],
        "days": list(DAYS),
        "held": [date(2024, 2, 1), date(2024, 10, 1)],
        "round_id": [one.id for one in found.rounds],
        "programme_id": list(found.programmes),
        "session_id": list(found.held.values())[:4],
        "organisation_id": [found.organisation],
        "association_id": found.associations,
        "commitment_id": [found.commitment],
        "code gap.map_village": villages,
        "code places.village": villages,
        "code places.municipality": towns,
        "code profiles.show": ["10", *towns],
        "code profiles.slide": ["10", towns[0]],
        "code profiles.tables": ["10", *towns],
        "code training.municipality_feed": towns,
    }


def told(content_type: str, body: bytes, folder: Path) -> bytes:
    """What an answer says, without what differs between any two answers."""
    if "spreadsheet" in content_type:
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            names = [one for one in sorted(book.namelist()) if not one.startswith("docProps")]
            return b"\n".join(book.read(one) for one in names)
    if "geopackage" in content_type:
        path = folder / "read.gpkg"
        path.write_bytes(body)
        with sqlite3.connect(path) as package:
            layers = package.execute("SELECT table_name FROM gpkg_contents ORDER BY table_name")
            rows = [package.execute(f'SELECT * FROM "{one}"').fetchall() for (one,) in layers]
        return repr(rows).encode()
    if content_type == "application/pdf":
        return "\n".join(one.extract_text() for one in PdfReader(io.BytesIO(body)).pages).encode()
    return NONCE.sub(b"", body)


def everything(
    app: Flask, keys: Mapping[str, list[object]], folder: Path, *, is_postgis: bool
) -> dict[str, bytes]:
    """What the public reads, by address."""
    read: dict[str, bytes] = {}
    client = app.test_client()
    for rule in public_rules(app):
        if rule.endpoint in OF_NO_EDITION:
            continue
        statuses = set()
        addresses = list(addresses_of(rule, keys=keys))
        own = [one for at, one in enumerate(addresses) if (at % 3 == 2) == is_postgis]
        for address in own or addresses:
            answer = client.get(address, follow_redirects=True)
            statuses.add(answer.status_code)
            read[address] = told(answer.content_type or "", answer.data, folder)
        assert 200 in statuses <= {200, 403, 404}, f"{rule} answers {statuses}"
    return read


def of_an_edition(app: Flask, staff: FlaskClient, folder: Path) -> dict[str, bytes]:
    """What the public reads of a profile that is frozen now: its files and its PDFs too."""
    code = next(iter(TOWNS))
    page = f"/profiles/{code}"
    frozen = staff.post(f"{page}/freeze", data={"csrf_token": token(staff, page)}).location
    public = app.test_client()
    edition = {"edition": public.get(f"{frozen}.json").data}
    files = db.session().execute(select(ProfileFile.locale, ProfileFile.name)).all()
    made = {f"{locale}/{name}": f"{frozen}/{locale}/{name}" for locale, name in files}
    # The other language is of the same figures, and of what the edition's JSON says.
    db.session().execute(delete(ProfilePaper).where(ProfilePaper.locale != "sv"))
    make_papers(app)
    papers = db.session().execute(select(ProfilePaper.locale, ProfilePaper.id)).all()
    made |= {f"{locale}/pdf": f"/profiles/papers/{number}.pdf" for locale, number in papers}
    for name, address in made.items():
        answer = public.get(address)
        assert answer.status_code == 200, name
        edition[name] = told(answer.content_type or "", answer.data, folder)
    assert TOWNS[code] in edition["sv/pdf"].decode()
    return edition


def look(
    app: Flask, staff: FlaskClient, found: Region, folder: Path, *, is_postgis: bool
) -> list[dict[str, bytes]]:
    """What the public reads, and what those do who may see all."""
    kept.use(app, lambda: data_version.current(db.session()))
    # One database is enough for what is a copy of pages that both read.
    edition = of_an_edition(app, staff, folder) if is_postgis else {}
    inside = {one: staff.get(one).data for one in files_of_staff(found)}
    # Or else the other region would be told apart by having two.
    db.session().execute(delete(ProfilePaper))
    db.session().execute(delete(ProfileFile))
    db.session().execute(delete(ProfileEdition))
    kept.use(app, lambda: data_version.current(db.session()))
    return [everything(app, keys_of(found), folder, is_postgis=is_postgis) | edition, inside]


def test_no_withheld_count_can_be_told_from_all_that_is_public(
    app: Flask, session: Session, tmp_path: Path, backend: str
) -> None:
    is_postgis = backend == "postgis"
    found = first_world(session)
    staff = app.test_client()
    sign_in(staff, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    outside, inside = look(app, staff, found, tmp_path, is_postgis=is_postgis)
    second_world(session, found)
    outside_then, inside_then = look(app, staff, found, tmp_path, is_postgis=is_postgis)
    assert [one for one in outside if outside[one] != outside_then[one]] == []
    # What is withheld was there to be told: those who may see it see other counts.
    assert [one for one in inside if inside[one] == inside_then[one]] == []
