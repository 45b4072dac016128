"""Kept bytes as answers: ETag, 304, gzip, and who gets them."""

import gzip

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from outreach.web import kept
from outreach.web.kept_store import Built

BODY = "Åryd 72,6 % " * 100


@pytest.fixture
def site() -> FlaskClient:
    """A site of one file and one page, without a database."""
    app = Flask("kept")
    app.config["SESSION_COOKIE_NAME"] = "outreach"
    kept.use(app, lambda: 1)

    @app.get("/file")
    def file() -> Response:
        return kept.file("name", lambda: Built(BODY.encode(), "text/csv", "byar.csv"))

    @app.get("/page")
    def page() -> Response:
        return kept.page("name", lambda: BODY)

    return app.test_client()


def test_a_reader_who_has_the_bytes_gets_304_without_a_body(site: FlaskClient) -> None:
    first = site.get("/file")
    again = site.get("/file", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_reader_who_has_other_bytes_gets_all(site: FlaskClient) -> None:
    answer = site.get("/file", headers={"If-None-Match": '"else", "other"'})
    assert (answer.status_code, answer.data.decode()) == (200, BODY)


def test_gzip_is_sent_to_who_takes_it_under_a_tag_of_its_own(site: FlaskClient) -> None:
    plain = site.get("/file")
    zipped = site.get("/file", headers={"Accept-Encoding": "gzip, deflate, br"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    assert zipped.headers["ETag"] != plain.headers["ETag"]


@pytest.mark.parametrize("offered", ["", "identity", "br", "gzip;q=0", "deflate, gzip;q=0"])
def test_gzip_is_not_sent_to_who_refuses_it(site: FlaskClient, offered: str) -> None:
    answer = site.get("/file", headers={"Accept-Encoding": offered})
    assert "Content-Encoding" not in answer.headers
    assert answer.data.decode() == BODY


def test_browsers_ask_each_time_and_proxies_tell_the_encodings_apart(site: FlaskClient) -> None:
    answer = site.get("/file")
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert site.get("/page").headers["Vary"] == "Accept-Encoding, Cookie"


def test_a_download_has_its_file_name(site: FlaskClient) -> None:
    assert site.get("/file").headers["Content-Disposition"] == 'attachment; filename="byar.csv"'


def test_head_tells_the_length_and_sends_nothing(site: FlaskClient) -> None:
    answer = site.head("/file")
    assert answer.data == b""
    assert answer.headers["Content-Length"] == str(len(BODY.encode()))
