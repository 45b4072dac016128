"""The pages about the site, in both languages."""

import pytest
from flask.testing import FlaskClient

PAGES = ("/about", "/sources", "/accessibility", "/privacy", "/contact")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_page_is_in_the_readers_language(
    client: FlaskClient, path: str, language: str
) -> None:
    client.get(f"/language/{language}")
    answer = client.get(path)
    assert (answer.status_code, f'<html lang="{language}"' in answer.text) == (200, True)


def test_the_threshold_on_the_page_is_the_one_in_force(client: FlaskClient) -> None:
    assert "Tal under 5 visas inte" in client.get("/about").text
