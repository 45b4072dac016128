"""Built files: found by their source's name, kept by browsers, and made again when old."""

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from outreach import assets
from outreach.web import static_files

STYLES = b"body { color: black }" * 20


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    """An application whose build holds one stylesheet."""
    build = tmp_path / "static" / "build"
    build.mkdir(parents=True)
    (build / "app-1A2B.css").write_bytes(STYLES)
    (build / "app-1A2B.css.gz").write_bytes(gzip.compress(STYLES))
    (build / "manifest.json").write_text(json.dumps({"app.css": "app-1A2B.css"}))
    app = Flask("site", root_path=str(tmp_path), static_folder="static")
    static_files.init_app(app)
    return app


@pytest.fixture
def browser(site: Flask) -> FlaskClient:
    return site.test_client()


def test_a_built_file_is_found_by_its_sources_name(tmp_path: Path, site: Flask) -> None:
    found = static_files.Assets(tmp_path / "static" / "build", "/static")
    assert found.url("app.css") == "/static/build/app-1A2B.css"


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("app.css", "/static/css/app.css"),
        ("entry-map.js", "/static/js/entry-map.js"),
        ("favicon.svg", "/static/img/favicon.svg"),
    ],
)
def test_without_a_build_the_source_itself_is_named(
    tmp_path: Path, name: str, address: str
) -> None:
    assert static_files.Assets(tmp_path / "nothing", "/static").url(name) == address


def test_a_new_build_is_noticed_without_a_restart(tmp_path: Path) -> None:
    found = static_files.Assets(tmp_path, "/static")
    found.url("app.css")
    (tmp_path / "manifest.json").write_text(json.dumps({"app.css": "app-9Z.css"}))
    assert found.url("app.css") == "/static/build/app-9Z.css"


def fetched(browser: FlaskClient, encoding: str = "") -> TestResponse:
    """The stylesheet as a browser gets it, read to its end."""
    with browser.get("/static/build/app-1A2B.css", headers={"Accept-Encoding": encoding}) as answer:
        answer.get_data()
        return answer


def test_a_browser_that_takes_gzip_gets_the_small_file(browser: FlaskClient) -> None:
    answer = fetched(browser, "gzip")
    assert (
        answer.headers["Content-Encoding"],
        answer.mimetype,
        gzip.decompress(answer.data),
    ) == ("gzip", "text/css", STYLES)


def test_a_browser_that_does_not_gets_the_plain_one(browser: FlaskClient) -> None:
    answer = fetched(browser)
    assert ("Content-Encoding" in answer.headers, answer.data) == (False, STYLES)


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_both_say_that_they_differ_by_encoding(browser: FlaskClient, encoding: str) -> None:
    assert fetched(browser, encoding).headers["Vary"] == "Accept-Encoding"


def test_a_built_file_is_kept_for_a_year(browser: FlaskClient) -> None:
    kept = fetched(browser).cache_control
    assert (kept.max_age, kept.immutable) == (31_536_000, True)


def test_nothing_outside_the_build_is_reached_through_it(
    browser: FlaskClient, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    assert browser.get("/static/build/../../secret.txt").status_code == 404


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A source tree whose build is one second newer than everything it was made from."""
    for name in ("package-lock.json", "build.mjs", "static/css/app.css", "static/js/app.js"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tmp_path / "static" / "img").mkdir()
    for path in (tmp_path, *tmp_path.rglob("*")):
        os.utime(path, (1_000, 1_000))
    manifest = tmp_path / "static" / "build" / "manifest.json"
    manifest.parent.mkdir()
    manifest.write_text("{}")
    os.utime(manifest, (1_001, 1_001))
    return tmp_path


def test_a_build_newer_than_its_sources_is_current(tree: Path) -> None:
    assert assets.is_current(tree)


def test_a_changed_source_makes_the_build_old(tree: Path) -> None:
    os.utime(tree / "static" / "css" / "app.css", (1_002, 1_002))
    assert not assets.is_current(tree)


def test_a_source_taken_away_makes_the_build_old(tree: Path) -> None:
    (tree / "static" / "js" / "app.js").unlink()
    assert not assets.is_current(tree)


def test_no_build_is_not_current(tree: Path) -> None:
    (tree / "static" / "build" / "manifest.json").unlink()
    assert not assets.is_current(tree)
