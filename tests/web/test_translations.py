"""The Swedish catalogue is whole: every message has its text and no part contradicts another."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from outreach.translations.__main__ import PARTS, SEPARATE_DOMAINS, merged

Key = tuple[str | None, str]
"""A message's context, if it has one, and the message."""
ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def _messages() -> dict[Key, str]:
    """Each message in code and templates, with a place where it stands."""
    found = {}
    for folder, method, pattern in (
        ("outreach", "python", "**.py"),
        ("templates", "jinja2", "**.html"),
        ("templates", "jinja2", "**.txt"),
    ):
        for file, line, message, _comments, context in extract_from_dir(
            ROOT / folder, method_map=[(pattern, method)], keywords=KEYWORDS, options_map={}
        ):
            key = message if isinstance(message, str) else message[0]
            found[context, key] = f"{folder}/{file}:{line}"
    return found


@pytest.fixture(scope="module")
def catalogue() -> dict[Key, str | tuple[str, ...]]:
    parts = sorted(path for path in PARTS.glob("*.po") if path.stem not in SEPARATE_DOMAINS)
    return {
        (
            message.context,
            message.id if isinstance(message.id, str) else message.id[0],
        ): message.string
        for message in merged(parts)
        if message.id
    }


def test_every_message_has_its_swedish(catalogue: dict[Key, str | tuple[str, ...]]) -> None:
    missing = {key: place for key, place in _messages().items() if not catalogue.get(key)}
    assert missing == {}


def test_no_swedish_is_kept_of_messages_that_are_gone(
    catalogue: dict[Key, str | tuple[str, ...]],
) -> None:
    assert catalogue.keys() - _messages().keys() == set()


def test_placeholders_survive_translation(catalogue: dict[Key, str | tuple[str, ...]]) -> None:
    def names(text: str) -> set[str]:
        return set(re.findall(r"%\((\w+)\)", text))

    broken = {
        key: string
        for (_, key), string in catalogue.items()
        if isinstance(string, str) and not names(string) <= names(key)
    }
    assert broken == {}
