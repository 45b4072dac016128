"""What the gap page weighs: it must open on a slow line."""

import gzip
import json
import re
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.measures.rates import Counts
from tests.gap.rows import TATORT, place, publish

BUILD = Path(__file__).resolve().parents[2] / "static" / "build"
MOST_BYTES = 250_000
VILLAGES = 200


def test_the_page_with_its_scripts_and_styles_is_light(
    session: Session, client: FlaskClient
) -> None:
    for number in range(VILLAGES):
        counts = Counts(100 + number, 70, 50, 40)
        publish(session, place(session, f"By {number}"), counts)
    town = place(session, settlement_class=TATORT)
    publish(session, town, Counts(1000, 900, 600, 500), settlement_class=TATORT)
    html = client.get("/gap").text
    manifest = json.loads((BUILD / "manifest.json").read_text(encoding="utf-8"))
    used = set(re.findall(r'(?:href|src)="/static/build/([^"]+\.(?:js|css))"', html))
    assert {manifest["app.css"], manifest["entry-gap.css"], manifest["entry-map.js"]} <= used
    parts = [html.encode(), *((BUILD / name).read_bytes() for name in used)]
    assert sum(len(gzip.compress(part)) for part in parts) < MOST_BYTES
