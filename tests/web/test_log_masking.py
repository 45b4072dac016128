"""Secrets in addresses never reach a log."""

import logging

import pytest

from outreach.web.log_masking import WithoutSecrets, masked

SECRET = "Zq3_x-8Lk2Vb9NnT4rWc7YpM1sDf6HjA"


@pytest.mark.parametrize(
    ("line", "written"),
    [
        (f"GET /l/{SECRET} HTTP/1.1", "GET /l/… HTTP/1.1"),
        (f"GET /language/en?next=%2Fl%2F{SECRET}", "GET /language/en?next=%2Fl%2F…"),
        (f'"http://localhost/l/{SECRET}"', '"http://localhost/l/…"'),
        (f"GET /questions/follow/{SECRET}", "GET /questions/follow/…"),
        (f"GET /welcome/{SECRET}?a=1", "GET /welcome/…?a=1"),
        (f"GET /reset/{SECRET}.abc.def ", "GET /reset/… "),
        ("POST /l/report/7/draft/discard", "POST /l/report/7/draft/discard"),
        ("GET /l/report/7/receipt", "GET /l/report/7/receipt"),
        ("GET /villages/l/x", "GET /villages/l/x"),
    ],
)
def test_an_address_is_written_without_its_secret(line: str, written: str) -> None:
    assert masked(line) == written


def test_a_record_with_arguments_is_masked_as_a_whole() -> None:
    record = logging.LogRecord("x", 20, "x.py", 1, "%(r)s 100 %%", ({"r": f"/l/{SECRET}"},), None)
    assert WithoutSecrets().filter(record)
    assert record.getMessage() == "/l/… 100 %"
