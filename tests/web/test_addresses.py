"""Addresses brought along lead nowhere but within this site."""

import pytest

from outreach.web.addresses import safe_next


@pytest.mark.parametrize("address", ["/gap", "/gap?measure=coverage&date=2025-10-01", "/"])
def test_a_path_of_this_site_is_kept(address: str) -> None:
    assert safe_next(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "gap",
    ],
)
def test_anything_else_becomes_the_start_page(address: str | None) -> None:
    assert safe_next(address) == "/"
