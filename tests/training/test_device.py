"""The log form as an app: its manifest, its worker, and pages that hold nothing of anybody."""

import json
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from tests import factories
from tests.signing_in import sign_in

SHELLS = [
    f"/sessions/offline/{language}/{page}" for language in ("sv", "en") for page in ("log", "queue")
]


def status_of(client: FlaskClient, address: str) -> int:
    """Asked for and put down again, as an answer from a file stays open."""
    with client.get(address) as answer:
        return answer.status_code


def kept(client: FlaskClient) -> dict[str, object]:
    """What the worker is told to keep."""
    first, _, _ = client.get("/service-worker.js").text.partition("\n")
    found: dict[str, object] = json.loads(first.removeprefix("const OUTREACH = ").removesuffix(";"))
    return found


def test_the_manifest_makes_the_log_form_installable(client: FlaskClient) -> None:
    answer = client.get("/manifest.webmanifest")
    content = json.loads(answer.text)
    assert answer.content_type == "application/manifest+json; charset=utf-8"
    assert (content["start_url"], content["scope"]) == ("/sessions/log", "/")
    assert content["display"] == "standalone"
    assert {icon["sizes"] for icon in content["icons"]} == {"any", "192x192", "512x512"}
    for icon in content["icons"]:
        assert status_of(client, icon["src"]) == 200


def test_the_worker_is_always_asked_for_anew(client: FlaskClient) -> None:
    answer = client.get("/service-worker.js")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.content_type.startswith("text/javascript")
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "manifest-src 'self'" in answer.headers["Content-Security-Policy"]


def test_everything_the_worker_keeps_is_there_and_public(client: FlaskClient) -> None:
    listed = kept(client)
    files, shells = listed["files"], listed["shells"]
    assert isinstance(files, list)
    assert isinstance(shells, list)
    pages = [page for shell in shells for page in shell["languages"].values()]
    assert sorted(pages) == sorted(SHELLS)
    for address in [*files, *pages]:
        assert status_of(client, address) == 200, address
    assert not [address for address in files if not address.startswith("/static/")]


def test_the_kept_pages_need_nothing_that_is_not_kept(client: FlaskClient) -> None:
    files = kept(client)["files"]
    assert isinstance(files, list)
    for shell in SHELLS:
        text = client.get(shell).text
        needed = set(re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css|woff2))"', text))
        assert needed <= set(files)


@pytest.mark.parametrize("shell", SHELLS)
def test_a_kept_page_is_the_same_for_whoever_asks_and_sets_no_cookie(
    client: FlaskClient, session: Session, shell: str
) -> None:
    stranger = client.get(shell)
    organisation = factories.organisation(session, "Hemliga föreningen")
    user = factories.user(session, RoleName.SESSION_LOGGER, organisations=(organisation.id,))
    sign_in(client, user)
    signed_in = client.get(shell)
    assert stranger.text == signed_in.text
    assert "Set-Cookie" not in stranger.headers
    assert "csrf_token" not in stranger.text
    for personal in (user.email, user.name, organisation.name):
        assert personal not in signed_in.text


def test_a_kept_page_is_in_its_own_language(client: FlaskClient) -> None:
    assert '<html lang="en"' in client.get("/sessions/offline/en/queue").text
    assert '<html lang="sv"' in client.get("/sessions/offline/sv/queue").text
    assert client.get("/sessions/offline/de/queue").status_code == 404


def test_the_form_says_whose_it_is_without_a_name(client: FlaskClient, session: Session) -> None:
    organisation = factories.organisation(session)
    sign_in(
        client, factories.user(session, RoleName.SESSION_LOGGER, organisations=(organisation.id,))
    )
    page = client.get("/sessions/log").text
    assert re.search(r'data-owner="[0-9a-f]{24}"', page)
    assert 'rel="manifest" href="/manifest.webmanifest"' in page
