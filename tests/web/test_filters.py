"""Numbers and dates as a Swedish or English reader expects them."""

from datetime import date

import pytest
from flask import Flask
from flask_babel import force_locale

from outreach import create_app
from outreach.web.filters import closing, count, day, points, share
from tests.settings import BASE

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


@pytest.fixture(params=["sv", "en"])
def language(request: pytest.FixtureRequest, bare_app: Flask) -> str:
    return str(request.param)


@pytest.fixture
def bare_app() -> Flask:
    return create_app(BASE)


@pytest.mark.parametrize(
    ("language", "expected"), [("sv", f"31{NBSP}629"), ("en", "31,629")], indirect=["language"]
)
def test_thousands_are_grouped(bare_app: Flask, language: str, expected: str) -> None:
    with bare_app.test_request_context(), force_locale(language):
        assert count(31_629) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("sv", f"72,6{NBSP}%"), ("en", f"72.6{NBSP}%")],
    indirect=["language"],
)
def test_a_share_is_a_percentage(bare_app: Flask, language: str, expected: str) -> None:
    with bare_app.test_request_context(), force_locale(language):
        assert share(0.7255) == expected


def test_points_carry_their_sign(bare_app: Flask) -> None:
    with bare_app.test_request_context(), force_locale("sv"):
        assert [points(-12.54), points(3.0), points(0.0), points(-0.04)] == [
            f"{MINUS}12,5",
            "+3,0",
            "0,0",
            "0,0",
        ]


def test_a_reported_zero_is_a_zero(bare_app: Flask) -> None:
    with bare_app.test_request_context(), force_locale("sv"):
        assert (count(0), share(0.0)) == ("0", f"0,0{NBSP}%")


def test_unknown_is_a_dash_and_a_word_never_a_zero(bare_app: Flask) -> None:
    with bare_app.test_request_context(), force_locale("en"):
        printed = [str(count(None)), str(share(None)), str(points(None)), str(day(None))]
    assert all("–" in text and "unknown" in text and "0" not in text for text in printed)


def test_a_date_is_written_out(bare_app: Flask) -> None:
    with bare_app.test_request_context(), force_locale("sv"):
        assert day(date(2025, 10, 1)) == "1 oktober 2025"


def test_what_a_template_says_of_a_constant_is_said_in_each_readers_language(
    bare_app: Flask,
) -> None:
    template = bare_app.jinja_env.from_string("{{ none|count }} {{ 'tatort'|settlement_class }}")
    said = []
    for language in ("en", "sv"):
        with bare_app.test_request_context(), force_locale(language):
            said.append(template.render())
    assert "unknown" in said[0]
    assert "uppgift saknas" in said[1]
    assert said[1].endswith("Tätort")


def test_a_name_that_ends_a_sentence_brings_its_own_point() -> None:
    assert closing("Byns Fiber ek. för.") == "Byns Fiber ek. för"
    assert closing("Bynet AB") == "Bynet AB"
