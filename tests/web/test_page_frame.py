"""The frame every page stands in, and the page that shows all its parts."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from outreach import create_app
from outreach.web import styleguide
from outreach.web.access import PUBLIC, SIGNED_IN, only, open_to
from outreach.web.errors import PAGES
from tests.settings import settings_for

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def failing(status: int) -> NoReturn:
    abort(status)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    """The application with the style guide and pages for some kinds of reader."""
    app = create_app(settings_for(f"sqlite:///{tmp_path / 'unused.db'}", folder=tmp_path))
    if "styleguide" not in app.blueprints:
        app.register_blueprint(styleguide.blueprint)
    audiences = {"/gap": PUBLIC, "/account": SIGNED_IN, "/review": only("regional_staff")}
    known = {rule.rule for rule in app.url_map.iter_rules()}
    for path, audience in audiences.items():
        if path not in known:
            app.add_url_rule(path, f"page{path}", open_to(audience)(lambda: "page"))
    app.add_url_rule("/error/<int:status>", "error", open_to(PUBLIC)(failing))
    return app


@pytest.fixture
def reader(site: Flask) -> FlaskClient:
    return site.test_client()


def test_the_style_guide_is_in_swedish(reader: FlaskClient) -> None:
    assert '<html lang="sv"' in reader.get("/styleguide").text


def test_the_public_is_offered_what_is_public_and_nothing_else(reader: FlaskClient) -> None:
    page = reader.get("/styleguide").text
    assert ('href="/gap"' in page, 'href="/review"' in page) == (True, False)


def test_the_page_one_is_on_is_marked(site: Flask) -> None:
    site.view_functions["page/gap"] = site.view_functions["styleguide.show"]
    page = site.test_client().get("/gap").text
    assert re.search(r'href="/gap" aria-current="page"', page)


def test_the_language_link_leads_back_with_the_whole_address(reader: FlaskClient) -> None:
    page = reader.get("/styleguide?sort=-name&page=2").text
    assert 'href="/language/en?next=/styleguide?sort%3D-name%26page%3D2"' in page


def test_a_form_without_errors_has_a_plain_title(reader: FlaskClient) -> None:
    assert "<title>Stilguide – Outreach</title>" in reader.get("/styleguide").text


def test_a_form_with_errors_says_so_first_in_its_title(site: Flask) -> None:
    site.config["WTF_CSRF_ENABLED"] = False
    page = site.test_client().post("/styleguide").text
    assert "<title>Fel: Stilguide – Outreach</title>" in page


def test_every_link_of_the_error_summary_leads_to_a_field(site: Flask) -> None:
    site.config["WTF_CSRF_ENABLED"] = False
    page = site.test_client().post("/styleguide").text
    summary = page[page.index('id="error-summary"') : page.index("<form")]
    targets = re.findall(r'href="#([\w-]+)"', summary)
    assert targets == ["village", "dwellings", "municipality", "kind-0"]
    assert [target for target in targets if f'id="{target}"' not in page] == []


def test_what_was_typed_is_still_there_beside_its_error(site: Flask) -> None:
    site.config["WTF_CSRF_ENABLED"] = False
    page = site.test_client().post("/styleguide", data={"dwellings": "1 234,5 st"}).text
    assert 'value="1 234,5 st"' in page


def test_ids_on_the_style_guide_are_unique(reader: FlaskClient) -> None:
    ids = re.findall(r'\sid="([^"]+)"', reader.get("/styleguide").text)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("status", sorted(PAGES))
def test_every_error_has_its_page_with_a_way_on_and_somebody_to_ask(
    reader: FlaskClient, status: int
) -> None:
    answer = reader.get(f"/error/{status}")
    assert (
        answer.status_code,
        f"Fel {status}" in answer.text,
        "Gå till översikten" in answer.text,
        "mailto:" in answer.text,
    ) == (status, True, True, True)


@pytest.mark.parametrize("status", [500, 503])
def test_an_error_page_does_not_look_for_the_reader_in_a_database_that_may_be_away(
    site: Flask, status: int
) -> None:
    def broken() -> None:
        raise AssertionError("the reader was looked for")

    site.login_manager._load_user = broken
    assert site.test_client().get(f"/error/{status}").status_code == status


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_has_styles_or_scripts_inside_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    # A block of JSON is data: nothing runs it, and the content security policy does not mind it.
    runs = r"""<script(?![^>]*(?:\ssrc=|type="application/json"))"""
    found = re.findall(rf"""\sstyle=|<style|\son[a-z]+=|{runs}""", text)
    assert found == []
